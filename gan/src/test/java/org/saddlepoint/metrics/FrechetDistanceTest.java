package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;

/** The Fréchet distance: closed forms, laws, singular covariances, and torch-fidelity's values. */
@ExtendWith(LeakCheck.class)
class FrechetDistanceTest {
    @Test
    void threePointsGiveElevenNinths() {
        FeatureStatistics x = new FeatureStatistics(2).add(new double[] {0, 0, 1, 1, 2, 0});
        FeatureStatistics y = new FeatureStatistics(2).add(new double[] {1, 0, 0, 1, 3, 2});
        assertThat(FrechetDistance.between(x, y)).isCloseTo(11 / 9.0, within(1e-14));
    }

    @Test
    void betweenUnitGaussiansItIsTheSquaredShift() {
        double[] identity = {1, 0, 0, 1};
        assertThat(FrechetDistance.between(new double[] {0, 0}, identity, new double[] {3, 4}, identity))
                .isCloseTo(25, within(1e-12));
    }

    @Test
    void ofCommutingCovariancesItIsTheSquaredDifferenceOfRoots() {
        double[] zero = new double[3];
        double[] first = {4, 0, 0, 0, 9, 0, 0, 0, 0.25};
        double[] second = {1, 0, 0, 0, 25, 0, 0, 0, 0}; // rank 2
        assertThat(FrechetDistance.between(zero, first, zero, second)).isCloseTo(1 + 4 + 0.25, within(1e-12));
    }

    @Test
    void pointMassesAreTheirSquaredDistanceApart() {
        double[] none = new double[4];
        assertThat(FrechetDistance.between(new double[] {1, 1}, none, new double[] {4, 5}, none))
                .isEqualTo(25);
        assertThat(FrechetDistance.between(new double[2], none, new double[2], new double[] {2, 0, 0, 3}))
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 17, 40, 41, 500})
    void ofASetAndItselfItIsZeroEvenWhereItsCovarianceIsSingular(int count) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(count)) {
            FeatureStatistics set =
                    FeatureStatistics.of(random.normal(count, 40).mul(3));
            assertThat(FrechetDistance.between(set, set)).isBetween(0.0, 1e-10);
        }
    }

    @Test
    void quicklyDecayingVariancesCostNoDigits() {
        int d = 60;
        double[] scales = new double[d];
        for (int i = 0; i < d; i++) {
            scales[i] = Math.pow(10, -i / 6.0); // variances from 1 to 1e-20
        }
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(9)) {
            Tensor turned = random.normal(DType.FLOAT64, 400, d)
                    .mul(Tensors.of(scales, d))
                    .matmul(Linalg.qr(random.normal(DType.FLOAT64, d, d)).q());
            FeatureStatistics set = FeatureStatistics.of(turned);
            assertThat(FrechetDistance.between(set, set)).isBetween(0.0, 1e-12);
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "10, 200", "200, 10", "200, 200", "2, 2"})
    void itIsSymmetricAndTurnsWithTheSpace(int n, int m) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(n + m)) {
            Tensor x = random.normal(DType.FLOAT64, n, 24);
            Tensor y = random.normal(DType.FLOAT64, m, 24).mul(1.5).add(0.3);
            double forth = distance(x, y);
            assertThat(distance(y, x)).isCloseTo(forth, within(1e-11 * forth));
            Tensor rotation = Linalg.qr(random.normal(DType.FLOAT64, 24, 24)).q();
            assertThat(distance(x.matmul(rotation), y.matmul(rotation))).isCloseTo(forth, within(1e-11 * forth));
            assertThat(distance(x.mul(10), y.mul(10))).isCloseTo(100 * forth, within(1e-9 * forth));
        }
    }

    @Test
    void itAgreesWithRootsOfTheSymmetricProduct() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5)) {
            Tensor x = random.normal(DType.FLOAT64, 300, 20);
            Tensor y = random.normal(DType.FLOAT64, 300, 20).matmul(random.normal(DType.FLOAT64, 20, 20));
            FeatureStatistics p = FeatureStatistics.of(x);
            FeatureStatistics q = FeatureStatistics.of(y);
            Tensor s1 = Tensors.of(p.covariance(), 20, 20);
            Tensor s2 = Tensors.of(q.covariance(), 20, 20);
            Linalg.Eigen eigen = Linalg.eigenSymmetric(s1);
            Tensor root = eigen.vectors()
                    .mul(eigen.values().sqrt())
                    .matmul(eigen.vectors().transpose(0, 1));
            double cross = Linalg.eigenSymmetric(root.matmul(s2).matmul(root))
                    .values()
                    .sqrt()
                    .sum()
                    .item();
            double expected = -2 * cross;
            for (int i = 0; i < 20; i++) {
                expected += Math.pow(p.mean()[i] - q.mean()[i], 2) + p.covariance()[21 * i] + q.covariance()[21 * i];
            }
            assertThat(FrechetDistance.between(p, q)).isCloseTo(expected, within(1e-10 * expected));
        }
    }

    @Test
    void itsNoiseBetweenHalvesFallsAsOneOverN() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6)) {
            double few = 0;
            double many = 0;
            for (int run = 0; run < 20; run++) {
                few += distance(random.normal(200, 8), random.normal(200, 8)) / 20;
                many += distance(random.normal(3200, 8), random.normal(3200, 8)) / 20;
            }
            assertThat(few / many).isBetween(16 / 1.4, 16 * 1.4); // a squared distance: its root falls as 1/√N
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wide", "narrow", "few"})
    void valuesAreThoseOfTorchFidelity(String set) {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.under(Golden.read("metrics.safetensors"), set + "/");
            double expected = Golden.get(golden, "fid").item();
            assertThat(distance(Golden.get(golden, "generated"), Golden.get(golden, "real")))
                    .isCloseTo(expected, within(1e-6 * expected));
        }
    }

    @Test
    void whatIsNoPairOfGaussiansIsRefused() {
        FeatureStatistics one = new FeatureStatistics(2).add(new double[] {1, 2});
        FeatureStatistics two = new FeatureStatistics(2).add(new double[] {1, 2, 3, 4});
        FeatureStatistics wide = new FeatureStatistics(3).add(new double[6]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.between(two, one))
                .withMessage("Fréchet distance: second statistics: at least 2 samples are needed but 1 given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.between(two, wide))
                .withMessageContaining("2 and 3");
        double[] mean = new double[2];
        double[] unit = {1, 0, 0, 1};
        for (double[] wrong :
                new double[][] {{1, 0, 0}, {1, 0.5, 0, 1}, {1, 2, 2, 1}, {-1, 0, 0, -1}, {1, 0, 0, Double.NaN}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> FrechetDistance.between(mean, unit, mean, wrong));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.between(mean, unit, new double[] {1, 1e200}, unit))
                .withMessageContaining("overflow");
    }

    private static double distance(Tensor x, Tensor y) {
        return FrechetDistance.between(FeatureStatistics.of(x), FeatureStatistics.of(y));
    }
}
