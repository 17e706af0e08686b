package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.PatchGanConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** Which constraints a map of logits can have, and what they mean there. */
@ExtendWith({LeakCheck.class, OneThread.class})
class PatchConstraintsTest {
    private static final Shape IMAGE = Shape.of(1, 16, 16);

    private static Discriminator patches(Normalization normalization, RandomGenerator random) {
        return new PatchGanConfig(1, 2, normalization, new InitialWeights.XavierNormal(1)).create(1, random);
    }

    @Test
    void gradientNormalizationAndConsistencyNeedOneLogitASample() {
        for (Constraint constraint :
                List.of(GradientNormalization.PAPER, new ConsistencyRegularization(5, true, 0.2))) {
            try (RandomGenerator random = new RandomGenerator(0);
                    Discriminator discriminator = patches(Normalization.NONE, random)) {
                assertThatThrownBy(() -> constraint.apply(discriminator, IMAGE, random))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll(
                                "cannot work with PatchGanDiscriminator, which has a logit for each patch",
                                "needs one logit a sample",
                                "leave it out");
            }
        }
    }

    @Test
    void batchNormalizationIsRefusedWithTheRemedy() {
        for (Constraint constraint : List.of(GradientPenalty.wganGp(10), GradientPenalty.r1(1))) {
            try (RandomGenerator random = new RandomGenerator(0);
                    Discriminator batch = patches(Normalization.BATCH, random);
                    Discriminator instance = patches(Normalization.INSTANCE, random)) {
                assertThatThrownBy(() -> constraint.apply(batch, IMAGE, random))
                        .hasMessageContainingAll(
                                "cannot work with the layer model.3 (BatchNorm)",
                                "discriminator.normalization: instance or none");
                assertThat(constraint.apply(instance, IMAGE, random)).isSameAs(instance);
            }
        }
    }

    static List<GradientPenalty> penalties() {
        return List.of(
                new GradientPenalty(new PenaltyPoints.Real(), 10, 1, false, 1),
                new GradientPenalty(new PenaltyPoints.Fake(), 10, 1, true, 1),
                GradientPenalty.r1(0.3));
    }

    /** As the authors' cal_gradient_penalty: the gradient of all logits of a sample together. */
    @ParameterizedTest
    @MethodSource("penalties")
    void aGradientPenaltyIsOfTheMapsSum(GradientPenalty penalty) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                Discriminator discriminator = penalty.apply(patches(Normalization.INSTANCE, random), IMAGE, random)) {
            discriminator.to(DType.FLOAT64);
            Tensor real = random.normal(DType.FLOAT64, 3, 1, 16, 16);
            Tensor fake = random.normal(DType.FLOAT64, 3, 1, 16, 16).mul(0.1);
            Tensor logits = discriminator.forward(real, Conditioning.none());
            DiscriminatorUpdate update = new DiscriminatorUpdate(
                    discriminator, real, fake, logits, Conditioning.none(), random, Progress.START, 0);
            Tensor points = penalty.points() instanceof PenaltyPoints.Real ? real : fake;
            double weight = penalty.weight().at(Progress.START);
            double expected = 0;
            for (int sample = 0; sample < 3; sample++) {
                Tensor x = points.narrow(0, sample, 1).withGrad(true);
                Tensor sum = discriminator.forward(x, Conditioning.none()).sum();
                double norm =
                        Autograd.grad(sum, List.of(x)).get(0).norm(0, 1, 2, 3).item();
                double beyond = norm - penalty.target();
                expected += (penalty.oneSided() ? Math.max(0, beyond) : beyond) * beyond * weight / 3;
            }
            Tensor value = penalty.penalty(update).orElseThrow();
            assertThat(value.item()).isCloseTo(expected, within(1e-10 * Math.max(1, expected)));
            assertThat(expected).isGreaterThan(1e-3);
            // It trains the first convolution: it was differentiated with a graph.
            Tensor gradient = Autograd.grad(
                            value, List.of(discriminator.weights().get(0)))
                    .get(0);
            assertThat(gradient.abs().max().item()).isGreaterThan(1e-4);
        }
    }

    @Test
    void spectralNormalizationBoundsEveryLayer() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                Discriminator discriminator = new SpectralNormalization(1, 50)
                        .apply(patches(Normalization.INSTANCE, random), IMAGE, random)) {
            assertThat(discriminator
                            .forward(random.normal(2, 1, 16, 16), Conditioning.none())
                            .shape())
                    .isEqualTo(Shape.of(2, 1, 6, 6));
            List<WeightLayer> layers = discriminator.modules().values().stream()
                    .filter(WeightLayer.class::isInstance)
                    .map(WeightLayer.class::cast)
                    .toList();
            assertThat(layers).hasSize(3);
            for (WeightLayer layer : layers) {
                assertThat(Linalg.singularValues(layer.matrix().detach()).max().item())
                        .isCloseTo(1, within(1e-3));
            }
        }
    }

    @Test
    void clippingBoundsEveryWeight() {
        try (RandomGenerator random = new RandomGenerator(2);
                Discriminator discriminator =
                        new WeightClipping(0.01).apply(patches(Normalization.BATCH, random), IMAGE, random)) {
            new WeightClipping(0.01).project(discriminator);
            try (TensorScope scope = TensorScope.open()) {
                discriminator
                        .weights()
                        .forEach(weight -> assertThat(weight.abs().max().item()).isLessThanOrEqualTo((double) 0.01f));
            }
        }
    }
}
