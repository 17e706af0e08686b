package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.FiniteDifferences;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** Skip-layer excitation by hand. */
@ExtendWith({LeakCheck.class, OneThread.class})
class SkipExcitationTest {
    private static final Initialization NORMAL =
            new Initialization(Initializer.normal(0, 0.5), Initializer.constant(0), Initializer.constant(1));

    @Test
    void smallFeaturesScaleTheChannelsOfLargeOnes() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                SkipExcitation skip = new SkipExcitation(3, 2, 2, NORMAL, random)) {
            skip.to(DType.FLOAT64);
            Tensor low = random.normal(DType.FLOAT64, 1, 3, 4, 4);
            Tensor high = random.normal(DType.FLOAT64, 1, 2, 5, 7);
            double[] x = low.toDoubleArray();
            Map<String, Tensor> state = skip.stateDict();
            double[] squeeze = state.get("squeeze.weight").toDoubleArray();
            double[] excite = state.get("excite.weight").toDoubleArray();
            double[] hidden = new double[2];
            for (int o = 0; o < 2; o++) {
                for (int c = 0; c < 3; c++) {
                    for (int i = 0; i < 16; i++) {
                        int place = i / 8 * 2 + i % 4 / 2; // of the square of four that pixel i is in
                        hidden[o] += squeeze[(o * 3 + c) * 4 + place] * x[c * 16 + i] / 4;
                    }
                }
                hidden[o] /= 1 + Math.exp(-hidden[o]);
            }
            double[] made = skip.forward(low, high).toDoubleArray();
            double[] given = high.toDoubleArray();
            for (int o = 0; o < 2; o++) {
                double gain = 1 / (1 + Math.exp(-excite[2 * o] * hidden[0] - excite[2 * o + 1] * hidden[1]));
                for (int i = 0; i < 35; i++) {
                    assertThat(made[o * 35 + i]).isCloseTo(given[o * 35 + i] * gain, within(1e-12));
                }
            }
        }
    }

    @Test
    void gradientsReachBothFeatures() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                SkipExcitation skip = new SkipExcitation(2, 3, 2, NORMAL, random)) {
            skip.to(DType.FLOAT64);
            FiniteDifferences.Report report = FiniteDifferences.check(
                    "skip excitation",
                    values ->
                            skip.forward(values.get(0), values.get(1)).square().sum(),
                    List.of(random.normal(DType.FLOAT64, 2, 2, 4, 4), random.normal(DType.FLOAT64, 2, 3, 4, 4)));
            assertThat(report.largest()).isGreaterThan(1e-3);
            assertThat(Autograd.grad(
                            skip.forward(
                                            random.normal(DType.FLOAT64, 2, 2, 4, 4),
                                            random.normal(DType.FLOAT64, 2, 3, 4, 4))
                                    .sum(),
                            skip.weights()))
                    .allSatisfy(
                            gradient -> assertThat(gradient.abs().max().item()).isPositive());
        }
    }

    @Test
    void featuresThatTheKernelDoesNotDivideAreRefused() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                SkipExcitation skip = new SkipExcitation(2, 3, 4, NORMAL, random)) {
            assertThatThrownBy(() -> skip.forward(random.normal(1, 2, 6, 6), random.normal(1, 3, 8, 8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("small features must be squares whose side 4 divides but were " + Shape.of(1, 2, 6, 6));
        }
    }
}
