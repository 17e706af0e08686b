package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** Initial weights have the statistics that their papers state, checked from both sides. */
@ExtendWith({LeakCheck.class, OneThread.class})
class InitializerTest {
    /** A convolution's weight with fan in 32 · 16 = 512 and fan out 64 · 16 = 1024; 32,768 numbers. */
    private static final long[] SHAPE = {64, 32, 4, 4};

    @Test
    void fansAreCountedAsPyTorchDoes() {
        assertThat(Initializer.Fan.of(SHAPE)).isEqualTo(new Initializer.Fan(512, 1024));
        assertThat(Initializer.Fan.of(3, 5)).isEqualTo(new Initializer.Fan(5, 3));
    }

    @Test
    void constantIsConstant() {
        assertThat(values(Initializer.constant(0.25), 0, SHAPE)).containsOnly(0.25);
    }

    @Test
    void normalHasItsMeanAndDeviation() {
        requireNormal(Initializer.normal(1, 0.02), 1, 0.02);
        requireNormal(Initializer.xavierNormal(2), 0, 2 * Math.sqrt(2.0 / 1536));
        requireNormal(Initializer.kaimingNormal(), 0, Math.sqrt(2.0 / 512));
    }

    @Test
    void uniformFillsItsRange() {
        requireUniform(Initializer.uniform(0.05), 0.05);
        requireUniform(Initializer.pytorchDefault(), 1 / Math.sqrt(512));
        requireUniform(Initializer.xavierUniform(2), 2 * Math.sqrt(6.0 / 1536));
        requireUniform(Initializer.kaimingUniform(), Math.sqrt(6.0 / 512));
    }

    @Test
    void initializationsHoldWhatTheirSourcesSay() {
        requireNormal(Initialization.DCGAN.weight(), 0, 0.02);
        requireNormal(Initialization.DCGAN.normScale(), 1, 0.02);
        assertThat(values(Initialization.DCGAN.bias(), 0, 7)).containsOnly(0);
        requireUniform(Initialization.PYTORCH_DEFAULT.bias(), 1 / Math.sqrt(512));
        assertThat(values(Initialization.PYTORCH_DEFAULT.normScale(), 0, 7)).containsOnly(1);
        requireUniform(Initialization.uniform(0.005).weight(), 0.005);
    }

    @Test
    void biasesOfPyTorchDefaultKnowTheFanOfTheirLayer() {
        try (RandomGenerator random = new RandomGenerator(3);
                Linear layer = new Linear(10_000, 2000, Initialization.PYTORCH_DEFAULT, random);
                TensorScope scope = TensorScope.open()) {
            double largest = layer.stateDict().get("bias").abs().max().item();
            assertThat(largest).isBetween(0.0099, 0.01);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 5, 3", "24, 2, 3", "6, 6, 1", "1, 4, 2"})
    void orthogonalHasOrthogonalRowsOrColumns(long out, long in, long kernel) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(11)) {
            long[] shape = {out, in, kernel, kernel};
            Tensor weight = Initializer.orthogonal(1.5).create(random, Initializer.Fan.of(shape), shape);
            assertThat(weight.shape().toArray()).isEqualTo(shape);
            Tensor matrix = weight.reshape(out, -1);
            long short_ = Math.min(out, matrix.size(1));
            Tensor gram = out <= matrix.size(1)
                    ? matrix.matmul(matrix.transpose(0, 1))
                    : matrix.transpose(0, 1).matmul(matrix);
            double[] products = gram.toDoubleArray();
            for (int i = 0; i < short_; i++) {
                for (int j = 0; j < short_; j++) {
                    assertThat(products[(int) (i * short_ + j)]).isCloseTo(i == j ? 2.25 : 0, within(1e-5));
                }
            }
        }
    }

    @Test
    void orthogonalPrefersNoSignNorDirection() {
        // Without Mezzadri's correction the first entry of Q has always the same sign.
        int positive = 0;
        for (int seed = 0; seed < 200; seed++) {
            positive += values(Initializer.orthogonal(1), seed, 3, 3)[0] > 0 ? 1 : 0;
        }
        assertThat(positive).isBetween(70, 130); // four deviations of a fair coin are 28
    }

    @Test
    void theSeedDecides() {
        for (Initializer initializer : new Initializer[] {
            Initializer.normal(0, 1), Initializer.uniform(1), Initializer.orthogonal(1), Initializer.kaimingNormal()
        }) {
            assertThat(values(initializer, 5, 4, 4)).isEqualTo(values(initializer, 5, 4, 4));
            assertThat(values(initializer, 5, 4, 4)).isNotEqualTo(values(initializer, 6, 4, 4));
        }
    }

    private static void requireNormal(Initializer initializer, double mean, double deviation) {
        double[] values = values(initializer, 1, SHAPE);
        double average = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(value -> (value - average) * (value - average))
                .average()
                .orElseThrow();
        double kurtosis = Arrays.stream(values)
                        .map(value -> Math.pow(value - average, 4))
                        .average()
                        .orElseThrow()
                / (variance * variance);
        assertThat(average).isCloseTo(mean, within(4 * deviation / Math.sqrt(values.length)));
        assertThat(Math.sqrt(variance)).isCloseTo(deviation, within(4 * deviation / Math.sqrt(2.0 * values.length)));
        assertThat(kurtosis).isCloseTo(3, within(0.15)); // 1.8 if it were uniform
    }

    private static void requireUniform(Initializer initializer, double bound) {
        double[] values = values(initializer, 1, SHAPE);
        double deviation = bound / Math.sqrt(3);
        assertThat(Arrays.stream(values).average().orElseThrow())
                .isCloseTo(0, within(4 * deviation / Math.sqrt(values.length)));
        assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(0.999 * bound, bound * (1 + 1e-6));
        assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-bound * (1 + 1e-6), -0.999 * bound);
        double square =
                Arrays.stream(values).map(value -> value * value).average().orElseThrow();
        assertThat(Math.sqrt(square)).isCloseTo(deviation, within(0.01 * deviation));
    }

    private static double[] values(Initializer initializer, long seed, long... shape) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            return initializer
                    .create(random, new Initializer.Fan(512, 1024), shape)
                    .toDoubleArray();
        }
    }
}
