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
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;

/** Precision, recall, density and coverage: by hand, laws, torch-fidelity's values and counted ones. */
@ExtendWith(LeakCheck.class)
class ManifoldMetricsTest {
    @Test
    void pointsOnALineAreCountedByHand() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = Tensors.of(new double[] {0, 1, 3, 7}, 4, 1); // radii for k = 1: 1, 1, 2, 4
            Tensor generated = Tensors.of(new double[] {-1, 2, 2.5, 20}, 4, 1); // radii: 3, 0.5, 0.5, 17.5
            PrecisionRecall pr = PrecisionRecall.of(generated, real, 1);
            assertThat(pr.precision()).isEqualTo(3 / 4.0); // −1 and 2 lie on rims, 20 outside
            assertThat(pr.recall()).isEqualTo(4 / 4.0); // 0 and 1 in the first's ball, 3 on a rim, 7 in the last's
            DensityCoverage dc = DensityCoverage.of(generated, real, 1);
            assertThat(dc.density()).isEqualTo(2 / 4.0); // 2 and 2.5 within 2 of 3; rims do not count
            assertThat(dc.coverage()).isEqualTo(1 / 4.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"wide, 3", "wide, 5", "narrow, 3", "narrow, 5", "few, 3", "few, 5"})
    void valuesAreThoseOfTorchFidelityAndOfCounting(String set, int k) {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.under(Golden.read("metrics.safetensors"), set + "/");
            Tensor generated = Golden.get(golden, "generated");
            Tensor real = Golden.get(golden, "real");
            double[] prc = Golden.get(golden, "prc/" + k).toDoubleArray(); // shares in float32
            PrecisionRecall pr = PrecisionRecall.of(generated, real, k);
            assertThat((float) pr.precision()).isEqualTo((float) prc[0]);
            assertThat((float) pr.recall()).isEqualTo((float) prc[1]);
            assertThat(pr.fScore()).isCloseTo(prc[2], within(1e-7));
            double[] prdc = Golden.get(golden, "prdc/" + k).toDoubleArray();
            DensityCoverage dc = DensityCoverage.of(generated, real, k);
            assertThat(dc.density()).isCloseTo(prdc[0], within(1e-12));
            assertThat(dc.coverage()).isCloseTo(prdc[1], within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100}) // summed by coordinate, and by matrix products
    void aCollapsedCloudIsPreciseButRecallsAndCoversLittle(int dimension) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor real = random.normal(500, dimension);
            Tensor collapsed = random.normal(500, dimension).mul(1e-3);
            PrecisionRecall pr = PrecisionRecall.of(collapsed, real, 3);
            assertThat(pr.precision()).isGreaterThan(0.95);
            assertThat(pr.recall()).isLessThan(0.05);
            Tensor repeated = real.narrow(0, 7, 1).expand(500, dimension);
            assertThat(PrecisionRecall.of(repeated, real, 3)).isEqualTo(new PrecisionRecall(1, 1 / 500.0));
            assertThat(DensityCoverage.of(repeated, real, 5).coverage()).isLessThan(0.05);
            PrecisionRecall swapped = PrecisionRecall.of(real, collapsed, 3);
            assertThat(swapped.precision()).isEqualTo(pr.recall());
            assertThat(swapped.recall()).isEqualTo(pr.precision());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100})
    void ofASetAndItselfAllButDensityAreOne(int dimension) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2)) {
            Tensor set = random.normal(300, dimension);
            assertThat(PrecisionRecall.of(set, set, 3)).isEqualTo(new PrecisionRecall(1, 1));
            assertThat(PrecisionRecall.of(set, set, 3).fScore()).isEqualTo(1);
            DensityCoverage dc = DensityCoverage.of(set, set, 5);
            assertThat(dc.coverage()).isEqualTo(1);
            assertThat(dc.density()).isCloseTo(1, within(0.2)); // its own point and the k − 1 nearest, of k
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void ofOneDistributionDensityIsOneAndCoverageLacksTwoToTheMinusK(int k) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            DensityCoverage dc = DensityCoverage.of(random.normal(3000, 3), random.normal(3000, 3), k);
            assertThat(dc.density()).isCloseTo(1, within(0.06)); // a new point is in a ball with chance k/n
            assertThat(dc.coverage()).isCloseTo(1 - Math.pow(2, -k), within(0.03));
        }
    }

    @Test
    void theNoiseOfPrecisionFallsAsOneOverRootN() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            double few = deviationOfRuns(random, 60);
            double many = deviationOfRuns(random, 960);
            assertThat(few / many).isBetween(4 / 1.6, 4 * 1.6);
        }
    }

    private static double deviationOfRuns(RandomGenerator random, int count) {
        double[] values = new double[80];
        for (int i = 0; i < values.length; i++) {
            try (TensorScope run = TensorScope.open()) {
                values[i] = PrecisionRecall.of(random.normal(count, 2).add(1.5), random.normal(count, 2), 3)
                        .precision();
            }
        }
        return Score.of(values).standardDeviation();
    }

    @Test
    void whatHasNoManifoldIsRefused() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5)) {
            Tensor three = random.normal(3, 2);
            Tensor many = random.normal(10, 2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PrecisionRecall.of(three, many, 3))
                    .withMessage("precision and recall: generated features: at least 4 samples are needed but 3 given");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DensityCoverage.of(many, three, 3))
                    .withMessageContaining("density and coverage: real features");
            assertThatIllegalArgumentException().isThrownBy(() -> PrecisionRecall.of(many, many, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> DensityCoverage.of(many, random.normal(10, 3), 3));
            assertThatIllegalArgumentException().isThrownBy(() -> PrecisionRecall.of(many.log(), many, 3));
        }
    }
}
