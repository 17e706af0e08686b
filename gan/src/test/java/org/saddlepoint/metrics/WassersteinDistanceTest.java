package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Wasserstein distances: closed forms, the axioms of a metric, and agreement between the ways to compute them. */
@ExtendWith(LeakCheck.class)
class WassersteinDistanceTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void ofATranslatedSetItIsTheNormOfTheShift(int dimension) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(dimension)) {
            Tensor x = random.normal(DType.FLOAT64, 200, dimension);
            Tensor shift = random.normal(DType.FLOAT64, 1, dimension);
            Tensor moved = x.add(shift).indexSelect(0, random.permutation(200));
            double norm = shift.norm(1).item();
            assertThat(WassersteinDistance.exact(x, moved)).isCloseTo(norm, within(1e-9 * norm));
            assertThat(WassersteinDistance.exact(x, x)).isZero();
        }
    }

    @Test
    void itIsAMetric() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            for (int i = 0; i < 10; i++) {
                Tensor x = random.normal(60, 3);
                Tensor y = random.normal(60, 3).mul(2);
                Tensor z = random.uniform(-1, 3, 60, 3);
                double xy = WassersteinDistance.exact(x, y);
                assertThat(WassersteinDistance.exact(y, x)).isCloseTo(xy, within(1e-12));
                assertThat(xy)
                        .isPositive()
                        .isLessThanOrEqualTo(WassersteinDistance.exact(x, z) + WassersteinDistance.exact(z, y));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 77, 400})
    void onALineItIsTheFormOfQuantiles(int count) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(count)) {
            Tensor x = random.normal(DType.FLOAT64, count, 1);
            Tensor y = random.uniform(DType.FLOAT64, -2, 4, count, 1);
            double line = WassersteinDistance.oneDimensional(x.toDoubleArray(), y.toDoubleArray(), 1);
            assertThat(WassersteinDistance.exact(x, y)).isCloseTo(line, within(1e-12));
            assertThat(WassersteinDistance.sliced(x, y, 7, 1, random)).isCloseTo(line, within(1e-12));
        }
    }

    @Test
    void quantilesOfDifferentlyManySamplesAreCut() {
        assertThat(WassersteinDistance.oneDimensional(new double[] {0}, new double[] {3, 1, 2}, 1))
                .isCloseTo(2, within(1e-15));
        assertThat(WassersteinDistance.oneDimensional(new double[] {1, 0}, new double[] {0, 1, 2}, 1))
                .isCloseTo(0.5, within(1e-15)); // 1/6 from 0 to 1 and 1/3 from 1 to 2
        assertThat(WassersteinDistance.oneDimensional(new double[] {0}, new double[] {3, 4}, 2))
                .isCloseTo(Math.sqrt(12.5), within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({"5, 7", "12, 12", "30, 20", "1, 9", "64, 48"})
    void weightedIsExactOnRepeatedPoints(int n, int m) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(n)) {
            Tensor x = random.normal(DType.FLOAT64, n, 2).mul(1e6);
            Tensor y = random.normal(DType.FLOAT64, m, 2).mul(1e6).add(1);
            int[] ones = new int[n];
            int[] alsoOnes = new int[m];
            Arrays.fill(ones, 1);
            Arrays.fill(alsoOnes, 1);
            double flow = WassersteinDistance.weighted(x, ones, y, alsoOnes);
            int common = n * m / gcd(n, m);
            double assignment = WassersteinDistance.exact(repeat(x, common / n), repeat(y, common / m));
            assertThat(flow).isCloseTo(assignment, within(1e-9 * assignment));
            assertThat(WassersteinDistance.weighted(y, alsoOnes, x, ones)).isCloseTo(flow, within(1e-9 * flow));
        }
    }

    @Test
    void weightsCountPointsAsOften() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.of(new double[] {0, 1}, 2, 1);
            Tensor y = Tensors.of(new double[] {0, 1, 5}, 3, 1);
            // x is 3/4 at 0 and 1/4 at 1; y is 1/2 at 0, 1/4 at 1, 1/4 at 5.
            assertThat(WassersteinDistance.weighted(x, new int[] {3, 1}, y, new int[] {2, 1, 1}))
                    .isCloseTo(1.25, within(1e-12));
            assertThat(WassersteinDistance.weighted(x, new int[] {3, 1}, x, new int[] {6, 2}))
                    .isCloseTo(0, within(1e-12));
            int large = 1 << 30; // whose sum is no int, and shares no multiple with 3
            assertThat(WassersteinDistance.weighted(x, new int[] {large, large}, y, new int[] {1, 1, 1}))
                    .isCloseTo(5 / 3.0 - 0.5 + 1 / 3.0, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void slicedIsBelowExactAndTendsToTheMeanOverLines(int dimension) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(9)) {
            Tensor x = random.normal(DType.FLOAT64, 100, dimension);
            Tensor y = random.normal(DType.FLOAT64, 100, dimension).mul(1.5).add(1);
            double sliced = WassersteinDistance.sliced(x, y, 500, 1, random);
            assertThat(sliced).isPositive().isLessThanOrEqualTo(WassersteinDistance.exact(x, y) * (1 + 1e-12));
            assertThat(WassersteinDistance.sliced(x, y, 500, 2, random)).isGreaterThan(sliced * 0.99);
            Tensor shift = Tensors.full(2, DType.FLOAT64, 1, dimension);
            // E⟨θ, s⟩² = |s|²/d
            assertThat(WassersteinDistance.sliced(x, x.add(shift), 4000, 2, random))
                    .isCloseTo(2, within(0.1));
        }
    }

    @Test
    void itsNoiseFallsAsOneOverRootN() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            assertThat(deviationOfRuns(random, 100) / deviationOfRuns(random, 1600))
                    .isBetween(4 / 1.5, 4 * 1.5);
        }
    }

    private static double deviationOfRuns(RandomGenerator random, int count) {
        double[] values = new double[150];
        for (int i = 0; i < values.length; i++) {
            try (TensorScope run = TensorScope.open()) {
                values[i] = WassersteinDistance.oneDimensional(
                        random.normal(count).toDoubleArray(),
                        random.normal(count).add(2).toDoubleArray(),
                        1);
            }
        }
        return Score.of(values).standardDeviation();
    }

    @Test
    void whatHasNoDistanceIsRefused() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor x = random.normal(4, 2);
            Tensor five = random.normal(5, 2);
            int[] four = {1, 1, 1, 1};
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WassersteinDistance.exact(x, five))
                    .withMessage(
                            "Wasserstein distance: an assignment needs equally many samples but there were 4 and 5");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WassersteinDistance.exact(x, random.normal(4, 3)))
                    .withMessageContaining("2 and 3");
            assertThatIllegalArgumentException().isThrownBy(() -> WassersteinDistance.exact(x, x.log()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WassersteinDistance.exact(x, random.normal(0, 2)))
                    .withMessageContaining("at least 1 sample is needed but 0 given");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WassersteinDistance.exact(Tensors.full(1e300, DType.FLOAT64, 4, 2), x))
                    .withMessageContaining("overflow");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WassersteinDistance.weighted(x, four, x, new int[] {1, 1, 1}));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WassersteinDistance.weighted(x, four, x, new int[] {1, 1, 1, 0}));
            assertThatIllegalArgumentException().isThrownBy(() -> WassersteinDistance.sliced(x, x, 0, 1, random));
            assertThatIllegalArgumentException().isThrownBy(() -> WassersteinDistance.sliced(x, x, 1, 0.5, random));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WassersteinDistance.oneDimensional(new double[0], new double[1], 1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WassersteinDistance.oneDimensional(new double[] {Double.NaN}, new double[1], 1));
        }
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static Tensor repeat(Tensor points, int times) {
        Tensor[] copies = new Tensor[times];
        Arrays.fill(copies, points);
        return Tensors.cat(List.of(copies), 0);
    }
}
