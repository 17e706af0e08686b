package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.saddlepoint.nn.Coupling;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** The patches that a logit of PatchGAN sees, and what depends on the batch. */
@ExtendWith({LeakCheck.class, OneThread.class})
class PatchGanTest {
    /** Large enough that gradients do not vanish; LeakyReLU stops none. */
    private static final InitialWeights START = new InitialWeights.Normal(0.5);

    private static PatchGanConfig config(int layers, Normalization normalization) {
        return new PatchGanConfig(layers, 1, normalization, START);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 16", "2, 34", "3, 70", "4, 142", "5, 286"})
    void aLogitSeesAsManyPixelsAsThePaperSays(int layers, int pixels) {
        assertThat(config(layers, Normalization.NONE).receptiveField()).isEqualTo(pixels);
        if (layers > 4) {
            return; // at that depth the gradient of the outermost pixels is lost in rounding
        }
        int side = 2 * pixels + 32;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator discriminator = config(layers, Normalization.NONE).create(1, random)) {
            Tensor image = random.normal(1, 1, side, side).withGrad(true);
            Tensor map = discriminator.forward(image, Conditioning.none());
            assertThat(map.shape().size(2))
                    .isEqualTo(config(layers, Normalization.NONE).mapSide(side));
            Tensor logit = map.select(3, map.size(3) / 2).select(2, map.size(2) / 2);
            Tensor seen = Autograd.grad(logit, List.of(image)).get(0).eq(0);
            for (int axis : new int[] {2, 3}) {
                float[] blind =
                        seen.to(DType.FLOAT32).mean(false, 0, 1, 5 - axis).toFloatArray();
                int first = 0;
                int last = side - 1;
                while (blind[first] == 1) {
                    first++;
                }
                while (blind[last] == 1) {
                    last--;
                }
                assertThat(last - first + 1).isEqualTo(pixels);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 7, 5", "1, 8, 9", "3, 256, 256", "3, 70, 33", "5, 256, 300"})
    void theMapIsAsLargeAsItSays(int layers, int height, int width) {
        PatchGanConfig config = config(layers, Normalization.INSTANCE);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator discriminator = config.create(6, random)) {
            Tensor map = discriminator.forward(random.normal(2, 6, height, width), Conditioning.none());
            assertThat(map.shape()).isEqualTo(Shape.of(2, 1, config.mapSide(height), config.mapSide(width)));
        }
        assertThat(config(3, Normalization.BATCH).mapSide(256)).isEqualTo(30); // Isola et al.'s code: 30×30
    }

    @Test
    void itTakesImagesFromItsSmallestSideOnAndRefusesOthers() {
        for (int layers = 0; layers <= 4; layers++) {
            PatchGanConfig config = config(layers, Normalization.NONE);
            int smallest = config.smallest();
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(1);
                    Discriminator discriminator = config.create(1, random)) {
                assertThat(discriminator
                                .forward(random.normal(1, 1, smallest, smallest), Conditioning.none())
                                .shape())
                        .isEqualTo(Shape.of(1, 1, 1, 1));
                if (layers > 0) {
                    assertThatThrownBy(() -> discriminator.forward(
                                    random.normal(1, 1, smallest, smallest - 1), Conditioning.none()))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContainingAll(
                                    "images of " + (smallest - 1) + "x" + smallest + " are too small for a PatchGAN of "
                                            + layers + " layers",
                                    "at least " + smallest);
                }
                assertThatThrownBy(() -> discriminator.forward(random.normal(1, 2, 64, 64), Conditioning.none()))
                        .hasMessage("images: expected [*, 1, *, *] but was [1, 2, 64, 64]");
            }
        }
        assertThat(config(3, Normalization.NONE).smallest()).isEqualTo(24);
    }

    /** With batch normalization a sample's logits change with the others of the batch, and only then. */
    @ParameterizedTest
    @EnumSource(Normalization.class)
    void whetherLogitsDependOnTheBatchIsAsItSays(Normalization normalization) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator discriminator = config(1, normalization).create(1, random)) {
            Tensor images = random.normal(3, 1, 12, 12);
            Tensor together = discriminator.forward(images, Conditioning.none()).narrow(0, 0, 1);
            Tensor alone = discriminator.forward(images.narrow(0, 0, 1), Conditioning.none());
            double difference = together.sub(alone).abs().max().item();
            assertThat(difference > 1e-4).isEqualTo(discriminator.coupling() != Coupling.NONE);
            assertThat(discriminator.coupling())
                    .isEqualTo(normalization == Normalization.BATCH ? Coupling.NORMALIZATION : Coupling.NONE);
            assertThat(discriminator.hasPatchLogits()).isTrue();
        }
    }

    @Test
    void settingsOutOfBoundsAreRefusedByName() {
        assertThatThrownBy(() -> config(-1, Normalization.NONE)).hasMessage("layers must be in [0, 16] but was -1");
        assertThatThrownBy(() -> config(17, Normalization.NONE)).hasMessage("layers must be in [0, 16] but was 17");
        assertThatThrownBy(() -> new PatchGanConfig(3, 0, Normalization.NONE, START))
                .hasMessage("width must be >= 1 but was 0");
    }
}
