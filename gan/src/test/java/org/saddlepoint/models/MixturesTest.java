package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.nn.Embedding;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

@ExtendWith(LeakCheck.class)
class MixturesTest {
    static List<GeneratorConditioning> ways() {
        return List.of(
                new GeneratorConditioning.Concatenation(),
                new GeneratorConditioning.Embedded(4),
                new GeneratorConditioning.Multiplied(),
                new GeneratorConditioning.BatchNormalized());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aMixtureOfOneClassIsThatClassAndOthersLieBetween(GeneratorConditioning way) {
        ConditionShape condition = new ConditionShape.Classes(2, true);
        Latent latent = new Latent(3, Latent.Distribution.NORMAL);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Generator generator =
                        way.build(new DcganGeneratorConfig(2), condition, latent, Shape.of(1, 8, 8), random)) {
            generator.train(false);
            Tensor z = random.normal(1, 3).expand(3, 3);
            double[] pure = generator.forward(z, Conditioning.labels(0, 1, 2)).toDoubleArray();
            Conditioning corners = new Conditioning.Mixtures(Tensors.eye(3, DType.FLOAT32));
            double[] same = generator.forward(z, corners).toDoubleArray();
            for (int i = 0; i < pure.length; i++) {
                assertThat(same[i]).isCloseTo(pure[i], within(1e-6));
            }
            Conditioning half = new Conditioning.Mixtures(
                    Tensors.of(new float[] {1, 0, 0, 0.999f, 0.001f, 0, 0.5f, 0.5f, 0}, 3, 3));
            double[] mixed = generator.forward(z, half).toDoubleArray();
            int pixels = mixed.length / 3;
            double near = 0;
            double far = 0;
            for (int i = 0; i < pixels; i++) {
                near = Math.max(near, Math.abs(mixed[pixels + i] - mixed[i]));
                far = Math.max(far, Math.abs(mixed[2 * pixels + i] - mixed[i]));
            }
            assertThat(near).as("a little of another class").isPositive().isLessThan(far / 20);
        }
    }

    @Test
    void anEmbeddingOfAMixtureIsTheMixtureOfTheEmbeddings() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Embedding embedding = new Embedding(3, 2, Initialization.PYTORCH_DEFAULT, random)) {
            double[] table = embedding.weight().toDoubleArray();
            double[] found = embedding
                    .forward(Tensors.of(new float[] {0.25f, 0, 0.75f}, 1, 3))
                    .toDoubleArray();
            assertThat(found[0]).isCloseTo(0.25 * table[0] + 0.75 * table[4], within(1e-6));
            assertThat(found[1]).isCloseTo(0.25 * table[1] + 0.75 * table[5], within(1e-6));
        }
    }

    @Test
    void mixturesThatDoNotFitAreRefused() {
        ConditionShape classes = ConditionShape.Classes.of(3);
        try (TensorScope scope = TensorScope.open()) {
            Conditioning two = new Conditioning.Mixtures(Tensors.zeros(4, 2));
            assertThatThrownBy(() -> classes.require(two, 4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mixtures: expected [*, 3]");
            Conditioning three = new Conditioning.Mixtures(Tensors.zeros(4, 3));
            classes.require(three, 4);
            assertThatThrownBy(() -> classes.require(three, 5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("5 of them, but there were 4");
            assertThatThrownBy(() -> new ConditionShape.Vector(3).require(three, 4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected vectors but was given Mixtures");
            Conditioning part = three.narrow(1, 2);
            classes.require(part, 2);
            classes.require(part.twice(), 4);
        }
    }
}
