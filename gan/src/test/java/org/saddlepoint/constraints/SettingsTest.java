package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.constraints.PenaltyPoints.AroundReal;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.Coupling;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.views.InstanceNoise;

/** What is refused, by name, and what to do instead. */
@ExtendWith(LeakCheck.class)
class SettingsTest {
    private static final Shape IMAGE = Shape.of(1, 16, 16);
    private static final PenaltyPoints REAL = new PenaltyPoints.Real();

    private static void refused(ThrowingCallable make, String message) {
        assertThatThrownBy(make).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void settingsOutOfBoundsAreRefusedWithNameBoundAndValue() {
        String notNegative = " must be >= 0 and finite but was ";
        String positive = " must be > 0 and finite but was ";
        refused(() -> new WeightClipping(0), "bound" + positive + "0.0");
        refused(() -> new WeightClipping(-0.01), "bound" + positive + "-0.01");
        refused(() -> new WeightClipping(Double.NaN), "bound" + positive + "NaN");
        refused(() -> new WeightClipping(Double.POSITIVE_INFINITY), "bound" + positive + "Infinity");
        refused(() -> GradientPenalty.wganGp(-10), "weight" + notNegative + "-10.0");
        refused(() -> GradientPenalty.r1(-1), "weight" + notNegative + "-0.5");
        refused(() -> GradientPenalty.r2(Double.NaN), "weight" + notNegative + "NaN");
        refused(() -> new GradientPenalty(REAL, 1, -1, false, 1), "target" + notNegative + "-1.0");
        refused(() -> new GradientPenalty(REAL, 1, 1, false, 0), "every must be >= 1 but was 0");
        refused(() -> new AroundReal(AroundReal.Noise.NORMAL, 0), "scale" + positive + "0.0");
        refused(() -> new SpectralNormalization(0, 0), "iterations must be >= 1 but was 0");
        refused(() -> new SpectralNormalization(1, -1), "initialIterations must be >= 0 but was -1");
        refused(() -> new OrthogonalRegularization(-1, false), "weight" + notNegative + "-1.0");
        refused(() -> new ConsistencyRegularization(-5, true, 0.2), "weight" + notNegative + "-5.0");
        refused(() -> new ConsistencyRegularization(5, true, 1), "translation must be in [0, 1) but was 1.0");
        refused(() -> new ConsistencyRegularization(5, true, -0.1), "translation must be in [0, 1) but was -0.1");
        refused(() -> InstanceNoise.fading(-0.1, 5), "deviation" + notNegative + "-0.1");
        refused(() -> InstanceNoise.fading(0.1, 0), "steps must be >= 1 but was 0");
    }

    static Stream<Arguments> constraintsOfEachSample() {
        return Stream.of(
                Arguments.of(GradientPenalty.wganGp(10), "each sample's own logit", "instance or none"),
                Arguments.of(GradientPenalty.r1(1), "each sample's own logit", "instance or none"),
                Arguments.of(GradientNormalization.PAPER, "each sample's own logit", "instance or none"),
                Arguments.of(new SpectralNormalization(1, 0), "no matrix form", "none"),
                Arguments.of(new WeightNormalization(), "no matrix form", "none"),
                Arguments.of(new OrthogonalRegularization(1e-4, true), "no matrix form", "none"));
    }

    @ParameterizedTest
    @MethodSource("constraintsOfEachSample")
    void batchNormalizationIsRefusedByLayerWithTheRemedy(Constraint constraint, String reason, String remedy) {
        try (RandomGenerator random = new RandomGenerator(0);
                Discriminator d = new DcganDiscriminatorConfig(2, Normalization.BATCH).create(IMAGE, random)) {
            assertThatThrownBy(() -> constraint.apply(d, IMAGE, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot work with the layer layers.3 (BatchNorm)")
                    .hasMessageContaining(reason)
                    .hasMessageContaining("discriminator.normalization: " + remedy);
            try (Discriminator plain = new DcganDiscriminatorConfig(2, Normalization.NONE).create(IMAGE, random)) {
                assertThat(constraint.apply(plain, IMAGE, random).coupling()).isEqualTo(Coupling.NONE);
            }
        }
    }

    @Test
    void constraintsThatNeedNoSingleSampleWorkWithBatchNormalization() {
        try (RandomGenerator random = new RandomGenerator(0);
                Discriminator d = new DcganDiscriminatorConfig(2, Normalization.BATCH).create(IMAGE, random)) {
            assertThat(new WeightClipping(0.01).apply(d, IMAGE, random)).isSameAs(d);
            assertThat(new ConsistencyRegularization(5, true, 0.2).apply(d, IMAGE, random))
                    .isSameAs(d);
        }
    }

    @Test
    void aRefusalLeavesTheDiscriminatorAsItWas() {
        try (RandomGenerator random = new RandomGenerator(0);
                Discriminator d = new Critics.Stack(List.of(
                        new Linear(2, 3, Critics.NORMAL, random),
                        new BatchNorm(3, Critics.NORMAL, random),
                        Activation.relu(),
                        new Linear(3, 1, Critics.NORMAL, random)))) {
            List<String> before = new ArrayList<>(d.stateDict().keySet());
            assertThatThrownBy(() -> new SpectralNormalization(1, 0).apply(d, Shape.of(2), random))
                    .hasMessageContaining("layers.1 (BatchNorm)");
            assertThat(d.stateDict().keySet()).containsExactlyElementsOf(before);
        }
    }

    @Test
    void twoComputationsOfOneWeightAreRefusedByLayer() {
        List<Constraint> computations = List.of(new SpectralNormalization(1, 0), new WeightNormalization());
        for (Constraint first : computations) {
            for (Constraint second : computations) {
                try (RandomGenerator random = new RandomGenerator(0);
                        Discriminator d = Critics.hidden(2, 1, Activation.relu(), random)) {
                    first.apply(d, Shape.of(2), random);
                    assertThatThrownBy(() -> second.apply(d, Shape.of(2), random))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("the layer layers.0:")
                            .hasMessageContaining(
                                    first instanceof WeightNormalization ? "by WeightNorm" : "by SpectralNorm")
                            .hasMessageContaining("leave one of the two out");
                }
            }
        }
    }

    @Test
    void consistencyOfPointsIsRefused() {
        try (RandomGenerator random = new RandomGenerator(0);
                Discriminator d = Critics.hidden(2, 1, Activation.relu(), random)) {
            refused(
                    () -> new ConsistencyRegularization(5, true, 0.2).apply(d, Shape.of(2), random),
                    "consistency regularization mirrors and moves images [C, H, W] but the data is [2]; leave it out for"
                            + " points");
        }
    }

    @Test
    void aDiscriminatorWithoutWeightsHasNothingToNormalize() {
        try (RandomGenerator random = new RandomGenerator(0);
                Discriminator d = new Critics.Stack(List.of(Activation.relu()))) {
            assertThatThrownBy(() -> new SpectralNormalization(1, 0).apply(d, Shape.of(1), random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no layer with a weight");
        }
    }

    @Test
    void theScheduleOfInstanceNoiseFallsInALineTo0() {
        InstanceNoise noise = InstanceNoise.fading(0.4, 8);
        assertThat(noise.deviationAt(after(0))).isEqualTo(0.4);
        assertThat(noise.deviationAt(after(2))).isCloseTo(0.3, within(1e-15));
        assertThat(noise.deviationAt(after(6))).isCloseTo(0.1, within(1e-15));
        assertThat(noise.deviationAt(after(8))).isZero();
        assertThat(noise.deviationAt(after(9))).isZero();
        assertThat(noise.deviationAt(after(Long.MAX_VALUE))).isZero();
        assertThat(new InstanceNoise(Schedule.of(0)).deviationAt(Progress.START))
                .isZero();
    }

    private static Progress after(long steps) {
        return Progress.of(steps, steps, Horizon.UNKNOWN);
    }
}
