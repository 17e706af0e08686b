package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.constraints.DiscriminatorUpdate;
import org.saddlepoint.constraints.Reconstruction;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** FastGAN's discriminator, and the decoders that make it an encoder too. */
@ExtendWith({LeakCheck.class, OneThread.class})
class FastGanDiscriminatorTest {
    private static final FastGanDiscriminatorConfig SMALL =
            new FastGanDiscriminatorConfig(2, Normalization.BATCH, true);

    private static Tensor error(Discriminator discriminator, Tensor real, RandomGenerator random) {
        Tensor logits = discriminator.forward(real, Conditioning.none());
        return new Reconstruction(1)
                .penalty(new DiscriminatorUpdate(
                        discriminator, real, real, logits, Conditioning.none(), random, Progress.START, 0))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128, 256})
    void eachWeightIsTrainedByTheLossWithReconstruction(int side) {
        Shape sample = Shape.of(3, side, side);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator plain = SMALL.create(sample, random);
                Discriminator discriminator = new Reconstruction(1).apply(plain, sample, random)) {
            Tensor real = random.normal(2, 3, side, side).tanh();
            Tensor logits = discriminator.forward(real, Conditioning.none());
            assertThat(logits.shape()).isEqualTo(Shape.of(2, 1, 10, 5));
            Tensor loss = logits.mean().add(error(discriminator, real, random));
            List<Tensor> gradients = Autograd.grad(loss, discriminator.weights());
            assertThat(gradients)
                    .allSatisfy(gradient ->
                            assertThat(gradient.isFinite().all().item()).isEqualTo(1));
        }
    }

    /** Values of golden_fastgan.py. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "skips"})
    void logitsMapsAndReconstructionAreThoseOfPyTorch(String name) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Map<String, Tensor> golden = Golden.under(Golden.read("fastgan.safetensors"), name + "/");
            Tensor images = Golden.get(golden, "images");
            Shape sample = Shape.of(3, images.size(2), images.size(2));
            FastGanDiscriminatorConfig config = new FastGanDiscriminatorConfig(4, Normalization.BATCH, false);
            try (Discriminator discriminator =
                    new Reconstruction(1).apply(config.create(sample, random), sample, random)) {
                discriminator.to(DType.FLOAT64);
                discriminator.loadStateDict(Golden.under(golden, "discriminator/"));
                discriminator.train(false);
                Tensor logits = discriminator.forward(images, Conditioning.none());
                Golden.requireClose("logits", logits, Golden.get(golden, "logits"), 1e-11, 0);
                Tensor errors = Golden.get(golden, "errors");
                for (int image = 0; image < images.size(0); image++) {
                    requireEachQuadrant(discriminator, images.narrow(0, image, 1), errors.select(0, image), random);
                }
            }
        }
    }

    /** The quadrant is drawn; each has its own value, and all are met. */
    private static void requireEachQuadrant(
            Discriminator discriminator, Tensor image, Tensor errors, RandomGenerator random) {
        boolean[] met = new boolean[4];
        for (int i = 0; i < 40; i++) {
            double error = error(discriminator, image, random).item();
            for (int part = 0; part < met.length; part++) {
                met[part] |= Math.abs(error - errors.select(0, part).item()) < 1e-11;
            }
        }
        assertThat(met).containsOnly(true);
    }

    /** A batch mixes quadrants; its error is the mean of those of its images. */
    @Test
    void eachImageHasItsOwnQuadrant() {
        Shape sample = Shape.of(1, 32, 32);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                Discriminator plain = SMALL.create(sample, random);
                Discriminator discriminator = new Reconstruction(1).apply(plain, sample, random)) {
            discriminator.train(false);
            Tensor image = random.normal(1, 1, 32, 32);
            Set<Double> single = new HashSet<>();
            Set<Double> pairs = new HashSet<>();
            for (int i = 0; i < 60; i++) {
                single.add(rounded(error(discriminator, image, random)));
                pairs.add(rounded(error(discriminator, Tensors.cat(List.of(image, image), 0), random)));
            }
            assertThat(single).hasSize(4);
            assertThat(pairs).as("unordered pairs of quadrants").hasSize(10);
        }
    }

    private static double rounded(Tensor value) {
        return Math.round(value.item() * 1e5) / 1e5;
    }

    @Test
    void otherSidesAreRefused() {
        try (RandomGenerator random = new RandomGenerator(1)) {
            for (Shape sample : List.of(Shape.of(1, 28, 28), Shape.of(1, 16, 16), Shape.of(3, 48, 48), Shape.of(2))) {
                assertThatThrownBy(() -> SMALL.create(sample, random))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("32, 64, 128")
                        .hasMessageContaining(sample.toString());
            }
        }
    }

    @Test
    void reconstructionNeedsMapsAndIsNamedOnce() {
        Shape sample = Shape.of(1, 32, 32);
        try (RandomGenerator random = new RandomGenerator(1);
                Discriminator other = new DcganDiscriminatorConfig(1, Normalization.NONE).create(sample, random);
                Discriminator discriminator = SMALL.create(sample, random)) {
            assertThatThrownBy(() -> new Reconstruction(1).apply(other, sample, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "DcganDiscriminator has none to decode; set discriminator.family: fastgan, without a condition");
            Discriminator once = new Reconstruction(1).apply(discriminator, sample, random);
            assertThatThrownBy(() -> new Reconstruction(1).apply(once, sample, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("once");
        }
    }
}
