package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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

/** MMD: by hand, against the closed form of two Gaussians, no bias, and the median heuristic. */
@ExtendWith(LeakCheck.class)
class MaximumMeanDiscrepancyTest {
    @Test
    void twoPointsAreCountedByHand() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.of(new double[] {0, 1}, 2, 1);
            Tensor y = Tensors.of(new double[] {0, 2}, 2, 1);
            double k1 = Math.exp(-0.5);
            double k2 = Math.exp(-2);
            double cross = 2 * (1 + k2 + 2 * k1) / 4;
            assertThat(MaximumMeanDiscrepancy.biased(x, y, 1))
                    .isCloseTo((2 + 2 * k1) / 4 + (2 + 2 * k2) / 4 - cross, within(1e-15));
            assertThat(MaximumMeanDiscrepancy.unbiased(x, y, 1)).isCloseTo(k1 + k2 - cross, within(1e-15));
            assertThat(MaximumMeanDiscrepancy.biased(x, x, 1)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40}) // the last by matrix products
    void betweenGaussiansItHasTheClosedForm(int d) {
        double s2 = 2.25;
        double shift = 1;
        // E k(x, y) = (σ²/(σ² + 2))^{d/2} exp(−|μ|²/(2(σ² + 2))) for unit Gaussians a shift μ apart
        double own = Math.pow(s2 / (s2 + 2), d / 2.0);
        double expected = 2 * own * (1 - Math.exp(-shift * shift * d / (2 * (s2 + 2))));
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(d)) {
            double[] values = new double[60];
            for (int i = 0; i < values.length; i++) {
                try (TensorScope run = TensorScope.open()) {
                    Tensor x = random.normal(100, d);
                    Tensor y = random.normal(80, d).add(shift);
                    values[i] = MaximumMeanDiscrepancy.unbiased(x, y, Math.sqrt(s2));
                    assertThat(MaximumMeanDiscrepancy.biased(x, y, Math.sqrt(s2)))
                            .isGreaterThan(values[i]);
                    assertThat(MaximumMeanDiscrepancy.unbiased(y, x, Math.sqrt(s2)))
                            .isCloseTo(values[i], within(1e-12));
                }
            }
            Score score = Score.of(values);
            double standardError = score.standardDeviation() / Math.sqrt(values.length);
            assertThat((score.mean() - expected) / standardError).isBetween(-3.0, 3.0);
        }
    }

    @Test
    void medianBandwidthIsTheMedianDistanceOfAllPoints() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor x = Tensors.of(new double[] {0, 1}, 2, 1);
            Tensor y = Tensors.of(new double[] {5}, 1, 1);
            assertThat(MaximumMeanDiscrepancy.medianBandwidth(x, y)).isEqualTo(4); // of 1, 4, 5
            Tensor many = random.normal(DType.FLOAT64, 3000, 50);
            // |x − y|² is about 2d ± √(8d)
            assertThat(MaximumMeanDiscrepancy.medianBandwidth(many, many.narrow(0, 0, 1)))
                    .isCloseTo(Math.sqrt(100), within(0.2));
        }
    }

    @Test
    void whatHasNoDiscrepancyIsRefused() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.ones(3, 2);
            for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThatIllegalArgumentException().isThrownBy(() -> MaximumMeanDiscrepancy.biased(x, x, wrong));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MaximumMeanDiscrepancy.unbiased(x, x.narrow(0, 0, 1), 1))
                    .withMessage("maximum mean discrepancy: second samples: at least 2 samples are needed but 1 given");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MaximumMeanDiscrepancy.medianBandwidth(x, x))
                    .withMessageContaining("bandwidth must be > 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MaximumMeanDiscrepancy.biased(x, Tensors.ones(3, 4), 1));
        }
    }
}
