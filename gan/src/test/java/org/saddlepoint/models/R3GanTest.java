package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** The published sizes and initial weights; {@code golden_r3gan.py} has the outputs, {@link FamilyLawsTest} the rest. */
@ExtendWith({LeakCheck.class, OneThread.class})
class R3GanTest {
    private static final Latent LATENT = new Latent(64, Latent.Distribution.NORMAL);

    /** Of the configurations of the authors' code. */
    @ParameterizedTest
    @CsvSource({
        "CIFAR-10, 32, 768, 768, 2, 16, 20732160, 20683776",
        "FFHQ-256, 256, 96, 768, 2, 16, 23057952, 23009568",
        "small, 32, 64, 64, 1, 16, 145600, 141568",
    })
    void parametersAreThoseOfThePaper(
            String name, int side, int width, int maxWidth, int blocks, int group, long generator, long discriminator) {
        Shape image = Shape.of(3, side, side);
        try (RandomGenerator random = new RandomGenerator(0);
                Generator g = new R3GanGeneratorConfig(width, maxWidth, blocks, group).create(LATENT, image, random);
                Discriminator d = new R3GanDiscriminatorConfig(width, maxWidth, blocks, group).create(image, random)) {
            assertThat(g.parameterCount()).as(name).isEqualTo(generator);
            assertThat(d.parameterCount()).as(name).isEqualTo(discriminator);
        }
    }

    private static double deviation(Network network, String name) {
        Parameter weight = network.parameters().get(name);
        assertThat(weight).as(name).isNotNull();
        return Math.sqrt(weight.tensor().square().mean().item());
    }

    @Test
    void weightsStartAsInTheAuthorsCode() {
        Shape image = Shape.of(3, 32, 32);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Generator g = new R3GanGeneratorConfig(768, 768, 2, 16).create(LATENT, image, random);
                Discriminator d = new R3GanDiscriminatorConfig(768, 768, 2, 16).create(image, random)) {
            // √(2 / 1.04) · 8^(−1/4) / √in: 0.029754 of 768 channels, 0.068714 of 16 · 9.
            assertThat(deviation(g, "layers.0.residual.0.weight")).isCloseTo(0.029754, withinPercentage(0.5));
            assertThat(deviation(g, "layers.0.residual.2.weight")).isCloseTo(0.068714, withinPercentage(0.5));
            assertThat(deviation(g, "layers.0.residual.4.weight")).isZero();
            assertThat(deviation(g, "basis")).isCloseTo(1, withinPercentage(2));
            assertThat(deviation(g, "scale.weight")).isCloseTo(1 / 8.0, withinPercentage(2));
            assertThat(deviation(d, "layers.12.weight")).isCloseTo(1 / 4.0, withinPercentage(2));
            Tensor samples = g.forward(LATENT.sample(8, random), Conditioning.none());
            // Blocks start as the identity: what is left is interpolation and projections of unit gain.
            assertThat(samples.square().mean().item()).isBetween(0.2, 2.0);
        }
    }

    @Test
    void whatCannotBeBuiltIsRefused() {
        try (RandomGenerator random = new RandomGenerator(0)) {
            assertThatThrownBy(() -> new R3GanGeneratorConfig(6, 6, 1, 5).create(LATENT, Shape.of(1, 8, 8), random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "groupChannels must divide 2 times the channels of each side but was 5 where these are 6;"
                                    + " change one of them");
            assertThatThrownBy(() -> new R3GanDiscriminatorConfig(8, 4, 1, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxWidth must be >= 8 but was 4");
            assertThatThrownBy(() -> new R3GanGeneratorConfig(4, 4, 1, 2)
                            .create(LATENT, new ConditionShape.Classes(3, false), Shape.of(1, 8, 8), random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("conditioning.generator.way to embedding or concatenation");
        }
    }
}
