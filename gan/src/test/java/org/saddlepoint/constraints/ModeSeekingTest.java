package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.FiniteDifferences;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** Mode seeking against equation 3 of Mao et al. (2019). */
@ExtendWith({LeakCheck.class, OneThread.class})
class ModeSeekingTest {
    private static final int COUNT = 4;
    private static final int LATENTS = 3;
    private static final int NUMBERS = 5;

    private static GeneratorUpdate update(
            UnaryOperator<Tensor> generator, Tensor inputs, RandomGenerator random, long step) {
        Progress progress = Progress.of(step, step, new Horizon(10, 1, 1));
        return new GeneratorUpdate(generator, Activation.relu(), inputs, generator.apply(inputs), random, progress);
    }

    private static ModeSeeking weighted(double weight, int every) {
        return new ModeSeeking(Schedule.of(weight), every);
    }

    private static double value(ModeSeeking seeking, GeneratorUpdate update) {
        try (Memory memory = new Memory()) {
            double value = seeking.penalty(update, memory).map(Tensor::item).orElse(Double.NaN);
            assertThat(memory.state()).isEmpty();
            return value;
        }
    }

    /** λ / (mean |G(z₁) − G(z₂)| / mean |z₁ − z₂| + 1e-5), in plain numbers. */
    private static double expected(double weight, double[] latents, double[] samples) {
        return weight / (apart(samples, NUMBERS) / apart(latents, LATENTS) + 1e-5);
    }

    private static double apart(double[] rows, int columns) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += Math.abs(rows[i] - rows[(i + columns) % rows.length]); // the next sample, behind the last the first
        }
        return sum / rows.length;
    }

    @Test
    void theValueIsThatOfThePaper() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6)) {
            Tensor z = random.normal(DType.FLOAT64, COUNT, LATENTS);
            Tensor weight = random.normal(DType.FLOAT64, LATENTS, NUMBERS);
            UnaryOperator<Tensor> generator = inputs -> inputs.matmul(weight).tanh();
            byte[] drawn = random.state();
            double expected =
                    expected(1.7, z.toDoubleArray(), generator.apply(z).toDoubleArray());
            assertThat(value(weighted(1.7, 1), update(generator, z, random, 0))).isCloseTo(expected, within(1e-12));
            assertThat(random.state()).isEqualTo(drawn); // nothing is drawn

            // samples that ignore their latents cost the most there can be
            assertThat(value(weighted(1, 1), update(inputs -> inputs.mul(0), z, random, 0)))
                    .isCloseTo(1e5, within(1e-6));
            // as far apart as the latents
            assertThat(value(weighted(1, 1), update(inputs -> inputs.mul(-1), z, random, 0)))
                    .isCloseTo(1 / (1 + 1e-5), within(1e-12));
        }
    }

    @Test
    void theGradientIsThatOfTheValue() {
        try (TensorScope scope = TensorScope.open();
                Memory memory = new Memory();
                RandomGenerator random = new RandomGenerator(6)) {
            Tensor z = random.normal(DType.FLOAT64, COUNT, LATENTS);
            FiniteDifferences.Report report = FiniteDifferences.check(
                    "mode seeking",
                    weights -> weighted(0.8, 1)
                            .penalty(
                                    update(
                                            inputs -> inputs.matmul(weights.get(0))
                                                    .tanh(),
                                            z,
                                            random,
                                            0),
                                    memory)
                            .orElseThrow(),
                    List.of(random.normal(DType.FLOAT64, LATENTS, NUMBERS)));
            assertThat(report.largest()).isGreaterThan(0.05);
        }
    }

    @Test
    void lazilyItCountsEachKthUpdateKTimes() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6)) {
            Tensor z = random.normal(DType.FLOAT64, COUNT, LATENTS);
            UnaryOperator<Tensor> generator = Tensor::tanh;
            double once = value(weighted(0.5, 1), update(generator, z, random, 0));
            ModeSeeking lazy = weighted(0.5, 3);
            for (long step = 0; step < 7; step++) {
                double value = value(lazy, update(generator, z, random, step));
                if (step % 3 == 0) {
                    assertThat(value).isCloseTo(3 * once, within(1e-12));
                } else {
                    assertThat(value).isNaN(); // no penalty
                }
            }
        }
    }

    @Test
    void theWeightFollowsItsScheduleAndNothingIsComputedFor0() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6)) {
            Tensor z = random.normal(DType.FLOAT64, COUNT, LATENTS);
            ModeSeeking fading = new ModeSeeking(new Schedule.Linear(1, 0, 0, 4, Unit.STEPS), 1);
            double whole = value(fading, update(Tensor::tanh, z, random, 0));
            assertThat(value(fading, update(Tensor::tanh, z, random, 1))).isCloseTo(0.75 * whole, within(1e-12));
            assertThat(value(fading, update(Tensor::tanh, z, random, 4))).isNaN();
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> weighted(-1, 1)).hasMessage("weight must be >= 0 and finite but was -1.0");
        assertThatThrownBy(() -> weighted(1, 0)).hasMessage("every must be >= 1 but was 0");
        try (TensorScope scope = TensorScope.open();
                Memory memory = new Memory();
                RandomGenerator random = new RandomGenerator(6)) {
            GeneratorUpdate alone = update(Tensor::tanh, random.normal(1, LATENTS), random, 0);
            assertThatThrownBy(() -> weighted(1, 1).penalty(alone, memory))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("mode seeking compares the samples of a batch with each other, but the generator's"
                            + " batches have 1; set batchSize to 2 or more, or leave mode seeking out");
        }
    }
}
