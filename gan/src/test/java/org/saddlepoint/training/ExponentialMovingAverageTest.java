package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Bytes;

/** The average of weights against its closed form. */
@ExtendWith(LeakCheck.class)
class ExponentialMovingAverageTest {
    private static Sequential network(RandomGenerator random) {
        return new Sequential(
                new Linear(3, 4, Initialization.PYTORCH_DEFAULT, random),
                new BatchNorm(4, Initialization.DCGAN, random));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.999})
    void theAverageIsItsClosedForm(double decay) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Sequential source = network(random);
                Sequential average = network(random)) {
            ExponentialMovingAverage ema = new ExponentialMovingAverage(source, average, AverageConfig.of(decay));
            assertThat(average.isTraining()).isFalse();
            double[] expected = weight(source);
            assertThat(weight(average)).isEqualTo(expected); // begins at the source
            for (int t = 0; t < 12; t++) {
                train(source, random);
                ema.update(Progress.of(t, 0, Horizon.UNKNOWN));
                double beta = Math.min(decay, (1.0 + t) / (10 + t));
                double[] now = weight(source);
                double[] actual = weight(average);
                for (int i = 0; i < now.length; i++) {
                    expected[i] = beta * expected[i] + (1 - beta) * now[i];
                    assertThat(actual[i]).isCloseTo(expected[i], within(1e-6));
                }
                assertThat(java.util.Arrays.equals(actual, now)).isEqualTo(decay == 0);
                for (String buffer : source.buffers().keySet()) {
                    assertThat(average.buffers().get(buffer).toByteArray())
                            .as(buffer)
                            .isEqualTo(source.buffers().get(buffer).toByteArray());
                }
            }
            assertThat(average.buffers().get("1.num_batches_tracked").item()).isEqualTo(12);
        }
    }

    @Test
    void theFirstUpdatesFollowMoreClosely() {
        // (1 + t) / (10 + t): 0.1 of the start is left after the first update, whatever the decay.
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Sequential source = network(random);
                Sequential average = network(random)) {
            ExponentialMovingAverage ema = new ExponentialMovingAverage(source, average, AverageConfig.of(0.9999));
            source.stateDict().get("0.bias").assign(Tensors.ones(4));
            average.stateDict().get("0.bias").assign(Tensors.zeros(4));
            ema.update(Progress.of(0, 0, Horizon.UNKNOWN));
            assertThat(average.stateDict().get("0.bias").toFloatArray())
                    .containsExactly(new float[] {0.9f, 0.9f, 0.9f, 0.9f}, within(1e-6f));
            average.stateDict().get("0.bias").assign(Tensors.zeros(4));
            ema.update(Progress.of(1_000_000, 0, Horizon.UNKNOWN));
            assertThat(average.stateDict().get("0.bias").toFloatArray())
                    .containsExactly(new float[] {1e-4f, 1e-4f, 1e-4f, 1e-4f}, within(1e-6f));
        }
    }

    @Test
    void theSourceIsLeftAlone() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Sequential source = network(random);
                Sequential average = network(random)) {
            ExponentialMovingAverage ema = new ExponentialMovingAverage(source, average, AverageConfig.of(0.5));
            train(source, random);
            Map<String, byte[]> before = Snapshot.of(source.stateDict());
            ema.update(Progress.of(3, 0, Horizon.UNKNOWN));
            Bytes.requireSame(Snapshot.of(source.stateDict()), before);
            assertThat(source.isTraining()).isTrue();
        }
    }

    @Test
    void decaysOutOfBoundsAreRefused() {
        for (double decay : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> AverageConfig.of(decay))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the decay of the average must be in [0, 1) but was " + decay);
        }
    }

    /** Other weights, and running statistics that moved. */
    private static void train(Sequential network, RandomGenerator random) {
        for (Tensor weight : network.weights()) {
            weight.assign(random.normal(weight.shape().toArray()));
        }
        network.forward(random.normal(5, 3));
    }

    private static double[] weight(Sequential network) {
        return network.stateDict().get("0.weight").toDoubleArray();
    }

    @Test
    void aHalfLifeIsToldInExamples() {
        AverageConfig config =
                new AverageConfig(Schedule.of(0), Schedule.of(1000), 0, false, 0, AverageConfig.Buffers.COPIED);
        Horizon batches = new Horizon(100, 250, 10_000);
        double kept = config.decayAt(Progress.of(3, 750, batches));
        assertThat(Math.pow(kept, 4)).as("four batches of 250").isCloseTo(0.5, within(1e-12));
        Schedule growing = new Schedule.Linear(0, 1000, 0, 10, Unit.STEPS);
        AverageConfig later = new AverageConfig(Schedule.of(0), growing, 0, false, 0, AverageConfig.Buffers.COPIED);
        assertThat(later.decayAt(Progress.of(0, 0, batches)))
                .as("nothing is kept")
                .isZero();
        assertThat(later.decayAt(Progress.of(10, 2500, batches))).isEqualTo(kept);
        assertThat(later.isNone()).isFalse();
        assertThatThrownBy(() ->
                        new AverageConfig(Schedule.of(0.9), Schedule.of(5), 0, false, 0, AverageConfig.Buffers.COPIED))
                .hasMessageContaining("0 where its half-life is told");
    }

    @Test
    void aRampUpBoundsTheHalfLifeByAShareOfWhatWasSeen() {
        Horizon batches = new Horizon(1000, 64, 10_000);
        AverageConfig ramped =
                new AverageConfig(Schedule.of(0), Schedule.of(10_000), 0, false, 0.05, AverageConfig.Buffers.COPIED);
        assertThat(ramped.decayAt(Progress.of(0, 0, batches)))
                .as("nothing was seen, so that nothing is kept")
                .isZero();
        // 6,400 examples were seen: half is forgotten after 320, which are five batches of 64.
        double kept = ramped.decayAt(Progress.of(100, 6_400, batches));
        assertThat(Math.pow(kept, 5)).isCloseTo(0.5, within(1e-12));
        // From 200,000 examples on 5 % are more than the half-life.
        double whole = Math.pow(0.5, 64 / 10_000.0);
        assertThat(ramped.decayAt(Progress.of(3_124, 199_936, batches))).isLessThan(whole);
        assertThat(ramped.decayAt(Progress.of(3_126, 200_064, batches))).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.05, 1})
    void aRampUpBoundsADecayToo(double rampUp) {
        Horizon batches = new Horizon(1000, 64, 10_000);
        AverageConfig ramped =
                new AverageConfig(Schedule.of(0.99), Schedule.of(0), 0, false, rampUp, AverageConfig.Buffers.COPIED);
        for (int step = 1; step < 10_000; step *= 3) {
            assertThat(ramped.decayAt(Progress.of(step, 64L * step, batches)))
                    .isCloseTo(Math.min(0.99, Math.pow(2, -1 / (rampUp * step))), within(1e-12));
        }
    }

    @Test
    void withoutARampUpTheDecayIsWhatItWas() {
        for (int step : new int[] {0, 1, 1000}) {
            assertThat(new AverageConfig(Schedule.of(0.99), Schedule.of(0), 0, false, 0, AverageConfig.Buffers.COPIED)
                            .decayAt(Progress.of(step, 64L * step, new Horizon(1000, 64, 10_000))))
                    .isEqualTo(0.99);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void rampUpsOutOfBoundsAreRefused(double rampUp) {
        assertThatThrownBy(() -> new AverageConfig(
                        Schedule.of(0.9), Schedule.of(0), 0, false, rampUp, AverageConfig.Buffers.COPIED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the rampUp of the average");
    }
}
