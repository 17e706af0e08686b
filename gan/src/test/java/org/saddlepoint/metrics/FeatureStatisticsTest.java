package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Mean and covariance of batches: exact, the same however batched, sound far from 0, and restorable bit for bit. */
@ExtendWith(LeakCheck.class)
class FeatureStatisticsTest {
    @Test
    void meanAndCovarianceAreThoseOfTheDefinition() {
        FeatureStatistics statistics = new FeatureStatistics(2).add(new double[] {0, 0, 1, 1, 2, 0});
        assertThat(statistics.count()).isEqualTo(3);
        assertThat(statistics.mean()).containsExactly(new double[] {1, 1 / 3.0}, within(1e-15));
        assertThat(statistics.covariance()).containsExactly(new double[] {1, 0, 0, 1 / 3.0}, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 1024, 1500, 3000})
    void howRowsWereBatchedChangesNoBit(int batchSize) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor features = random.normal(3000, 5);
            FeatureStatistics batched = new FeatureStatistics(5);
            for (int start = 0; start < 3000; start += batchSize) {
                batched.add(features.narrow(0, start, Math.min(batchSize, 3000 - start)));
            }
            assertSame(batched, FeatureStatistics.of(features));
        }
    }

    @Test
    void aMeanFarFromZeroCostsNoDigits() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2)) {
            Tensor features = random.integers(1000, 2000, 3).to(DType.FLOAT64);
            double[] near = FeatureStatistics.of(features).covariance();
            double[] far = FeatureStatistics.of(features.add(1e12)).covariance(); // exact: integers below 2⁵³
            assertThat(far).containsExactly(near, within(1e-3)); // of 83,000; E[x²] − E[x]² has no digit left here
        }
    }

    @Test
    void mergingIsAddingAndLeavesTheOtherAlone() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Tensor features = random.normal(DType.FLOAT64, 700, 4).add(3);
            FeatureStatistics whole = FeatureStatistics.of(features);
            FeatureStatistics left = FeatureStatistics.of(features.narrow(0, 0, 123));
            FeatureStatistics right = FeatureStatistics.of(features.narrow(0, 123, 577));
            double[] before = right.covariance();
            left.merge(right);
            assertThat(left.count()).isEqualTo(700);
            assertThat(left.mean()).containsExactly(whole.mean(), within(1e-14));
            assertThat(left.covariance()).containsExactly(whole.covariance(), within(1e-13));
            assertThat(right.covariance()).isEqualTo(before);
            assertSame(new FeatureStatistics(4).merge(whole), whole);
        }
    }

    @Test
    void restoredStatisticsGoOnBitForBit() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor features = random.normal(2900, 3);
            FeatureStatistics half = FeatureStatistics.of(features.narrow(0, 0, 1400));
            FeatureStatistics restored = FeatureStatistics.restore(half.state());
            restored.add(features.narrow(0, 1400, 1500));
            assertSame(restored, FeatureStatistics.of(features));
        }
    }

    @Test
    void damagedStateIsRefused() {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> state =
                    new LinkedHashMap<>(FeatureStatistics.of(Tensors.ones(4, 3)).state());
            state.put("scatter", Tensors.zeros(DType.FLOAT64, 2, 2));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FeatureStatistics.restore(state))
                    .withMessageContaining("scatter: expected [3, 3] but was [2, 2]");
            state.remove("scatter");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FeatureStatistics.restore(state))
                    .withMessageContaining("there is no scatter");
        }
    }

    @Test
    void whatIsNoBatchIsRefusedAndNothingAdded() {
        FeatureStatistics statistics = new FeatureStatistics(2);
        try (TensorScope scope = TensorScope.open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> statistics.add(Tensors.of(new float[] {1, 2, 3, Float.NaN}, 2, 2)))
                    .withMessage("feature statistics: batch: 1 of 4 values are NaN or infinite");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> statistics.add(Tensors.ones(2, 3)))
                    .withMessageContaining("3 and 2");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> statistics.add(new double[3]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statistics.add(new double[] {1, Double.POSITIVE_INFINITY}));
        assertThat(statistics.count()).isZero();
        assertThatIllegalArgumentException().isThrownBy(statistics::mean);
        statistics.add(new double[] {1, 2});
        assertThatIllegalArgumentException()
                .isThrownBy(statistics::covariance)
                .withMessage("covariance: features: at least 2 samples are needed but 1 given");
    }

    private static void assertSame(FeatureStatistics actual, FeatureStatistics expected) {
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(actual.mean()).isEqualTo(expected.mean());
        assertThat(actual.covariance()).isEqualTo(expected.covariance());
    }
}
