package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What golden values do not show. */
@ExtendWith(LeakCheck.class)
class FunctionalTest {
    @Test
    void normalizingOneValueIsRefusedAsItHasNoVariance() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor variance = Tensors.ones(3);
            assertThatThrownBy(() -> Functional.batchNorm(
                            Tensors.ones(1, 3),
                            null,
                            null,
                            new Functional.RunningStatistics(Tensors.zeros(3), variance, 0.1),
                            true,
                            1e-5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("batchNorm: expected more than one value a channel but the input's shape was [1, 3]");
            assertThat(variance.toFloatArray()).containsOnly(1);
            assertThatThrownBy(() -> Functional.instanceNorm(Tensors.ones(5, 3, 1, 1), null, null, 1e-5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("instanceNorm: expected more than one value a channel");

            assertThat(Functional.batchNorm(
                                    Tensors.ones(1, 3),
                                    null,
                                    null,
                                    new Functional.RunningStatistics(Tensors.zeros(3), variance, 0.1),
                                    false,
                                    0)
                            .toFloatArray())
                    .containsOnly(1);
            assertThat(Functional.batchNorm(Tensors.ones(1, 3, 1, 2), null, null, null, true, 1e-5)
                            .toFloatArray())
                    .containsOnly(0);
        }
    }

    @Test
    void inEvaluationBatchNormLeavesTheRunningStatistics() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor mean = Tensors.zeros(3);
            Tensor variance = Tensors.ones(3);
            Functional.batchNorm(
                    random.normal(8, 3),
                    null,
                    null,
                    new Functional.RunningStatistics(mean, variance, 0.1),
                    false,
                    1e-5);
            assertThat(mean.toFloatArray()).containsOnly(0);
            assertThat(variance.toFloatArray()).containsOnly(1);
            Functional.batchNorm(
                    random.normal(8, 3), null, null, new Functional.RunningStatistics(mean, variance, 0.1), true, 1e-5);
            assertThat(mean.abs().min().item()).isGreaterThan(0);
        }
    }

    @Test
    void convTranspose2dIsTheTransposeOfConv2d() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2)) {
            Tensor weight = random.normal(DType.FLOAT64, 3, 2, 4, 4);
            Tensor x = random.normal(DType.FLOAT64, 1, 2, 8, 8);
            Tensor y = random.normal(DType.FLOAT64, 1, 3, 4, 4);
            double forward =
                    Functional.conv2d(x, weight, null, 2, 1).mul(y).sum().item();
            Tensor back = Functional.convTranspose2d(y, weight, null, 2, 1, 0);
            assertThat(back.mul(x).sum().item()).isCloseTo(forward, org.assertj.core.data.Offset.offset(1e-10));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void dropoutZeroesAtItsRateAndKeepsTheMean(double probability) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Tensor dropped = Functional.dropout(Tensors.full(2, DType.FLOAT64, 100, 200), probability, random);
            assertThat(dropped.dtype()).isEqualTo(DType.FLOAT64);
            double four = 4 * Math.sqrt(probability * (1 - probability) / 20_000); // standard errors
            assertThat(dropped.eq(0).to(DType.FLOAT64).mean().item()).isBetween(probability - four, probability + four);
            double kept = 2 / (1 - probability);
            assertThat(dropped.mul(dropped.sub(kept)).abs().max().item()).isLessThan(1e-5); // 0 or kept
        }
    }

    @Test
    void dropoutOfZeroDrawsNothingAndOtherRatesAreChecked() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Tensor x = Tensors.ones(4);
            byte[] state = random.state();
            assertThat(Functional.dropout(x, 0, random).toFloatArray()).containsOnly(1);
            assertThat(random.state()).isEqualTo(state);
            for (double wrong : List.of(-0.1, 1.0, Double.NaN)) {
                assertThatThrownBy(() -> Functional.dropout(x, wrong, random))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("the dropout probability must be in [0, 1) but was " + wrong);
            }
        }
    }
}
