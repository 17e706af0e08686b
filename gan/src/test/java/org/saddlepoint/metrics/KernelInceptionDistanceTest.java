package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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
import org.saddlepoint.testing.Golden;

/** KID: a closed form, no bias, noise that falls as 1/√N, and torch-fidelity's values. */
@ExtendWith(LeakCheck.class)
class KernelInceptionDistanceTest {
    @Test
    void threePointsGiveTheNegativeValueOfTheFormula() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.of(new double[] {0, 0, 1, 1, 2, 0}, 3, 2);
            Tensor y = Tensors.of(new double[] {1, 0, 0, 1, 3, 2}, 3, 2);
            assertThat(KernelInceptionDistance.unbiased(x, y)).isCloseTo(-16.375, within(1e-12));
            assertThat(KernelInceptionDistance.unbiased(y, x)).isCloseTo(-16.375, within(1e-12));
        }
    }

    @Test
    void onAverageItIsZeroForOneDistributionWhateverTheNumbers() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            double[] values = new double[400];
            for (int i = 0; i < values.length; i++) {
                try (TensorScope run = TensorScope.open()) {
                    values[i] = KernelInceptionDistance.unbiased(
                            random.normal(DType.FLOAT64, 15, 6), random.normal(DType.FLOAT64, 25, 6));
                }
            }
            Score score = Score.of(values);
            double standardError = score.standardDeviation() / Math.sqrt(values.length);
            assertThat(score.mean() / standardError).isBetween(-3.0, 3.0);
        }
    }

    @Test
    void itsNoiseAwayFromZeroFallsAsOneOverRootN() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2)) {
            double few = deviationOfRuns(random, 100);
            double many = deviationOfRuns(random, 1600);
            assertThat(few / many).isBetween(4 / 1.5, 4 * 1.5);
        }
    }

    private static double deviationOfRuns(RandomGenerator random, int count) {
        double[] values = new double[150];
        for (int i = 0; i < values.length; i++) {
            try (TensorScope run = TensorScope.open()) {
                values[i] = KernelInceptionDistance.unbiased(
                        random.normal(DType.FLOAT64, count, 4),
                        random.normal(DType.FLOAT64, count, 4).add(1));
            }
        }
        return Score.of(values).standardDeviation();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wide", "narrow", "few"})
    void valuesAreThoseOfTorchFidelityOnItsSubsets(String set) {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.under(Golden.read("metrics.safetensors"), set + "/");
            double[] expected = Golden.get(golden, "kid").toDoubleArray();
            Score score = KernelInceptionDistance.overSubsets(
                    Golden.get(golden, "generated"),
                    Golden.get(golden, "real"),
                    indices(Golden.get(golden, "kid_generated")),
                    indices(Golden.get(golden, "kid_real")));
            assertThat(score.mean()).isCloseTo(expected[0], within(1e-10 * expected[0]));
            assertThat(score.standardDeviation()).isCloseTo(expected[1], within(1e-10 * expected[1]));
        }
    }

    @Test
    void subsetsOfAWholeSetAreTheSetAndOthersDependOnTheSeedAlone() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator draw = new RandomGenerator(3);
                RandomGenerator one = new RandomGenerator(4);
                RandomGenerator same = new RandomGenerator(4)) {
            Tensor x = draw.normal(40, 5);
            Tensor y = draw.normal(40, 5).add(0.5);
            Score whole = KernelInceptionDistance.between(x, y, 3, 40, draw);
            assertThat(whole.mean()).isCloseTo(KernelInceptionDistance.unbiased(x, y), within(1e-12));
            assertThat(whole.standardDeviation()).isCloseTo(0, within(1e-12));
            assertThat(KernelInceptionDistance.between(x, y, 5, 10, one))
                    .isEqualTo(KernelInceptionDistance.between(x, y, 5, 10, same));
        }
    }

    @Test
    void whatHasNoDistanceIsRefused() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5)) {
            Tensor x = random.normal(20, 3);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KernelInceptionDistance.between(x, x, 100, 1000, random))
                    .withMessage(
                            "Kernel Inception Distance: first features: at least 1000 samples are needed but 20 given");
            assertThatIllegalArgumentException().isThrownBy(() -> KernelInceptionDistance.between(x, x, 0, 5, random));
            assertThatIllegalArgumentException().isThrownBy(() -> KernelInceptionDistance.between(x, x, 5, 1, random));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KernelInceptionDistance.unbiased(x, random.normal(20, 4)))
                    .withMessageContaining("3 and 4");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KernelInceptionDistance.unbiased(x, x.log())) // of negative numbers: NaN
                    .withMessageContaining("NaN or infinite");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            KernelInceptionDistance.overSubsets(x, x, new long[][] {{0, 20}}, new long[][] {{0, 1}}))
                    .withMessageContaining("20");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KernelInceptionDistance.unbiased(
                            x.to(DType.FLOAT64).mul(1e200), x)); // the kernel overflows
        }
    }

    private static long[][] indices(Tensor table) {
        long[][] rows = new long[Math.toIntExact(table.size(0))][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = table.select(0, i).toLongArray();
        }
        return rows;
    }
}
