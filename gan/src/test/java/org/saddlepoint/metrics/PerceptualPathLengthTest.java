package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;

/** Path lengths: of linear generators by hand, of torch-fidelity's for another, and paths themselves. */
@ExtendWith(LeakCheck.class)
class PerceptualPathLengthTest {
    private static final FeatureDistance SQUARED =
            (first, second) -> first.sub(second).square().sum(false, 1);
    private static final PathLengthConfig CONFIG = PathLengthConfig.TORCH_FIDELITY;

    @Test
    void ofALinearGeneratorItIsTheSquaredLengthOfItsImageOfThePath() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor from = Tensors.of(new double[] {1, 2}, 1, 2);
            Tensor to = Tensors.of(new double[] {4, -2}, 1, 2);
            Score score = PerceptualPathLength.of(from, to, z -> z.mul(3), SQUARED, CONFIG);
            assertThat(score.mean()).isCloseTo(9 * 25, within(1e-5));
            assertThat(score.standardDeviation()).isZero();
            // On the unit circle a path of angle ω has length ω.
            Tensor east = Tensors.of(new double[] {1, 0}, 1, 2);
            Tensor north = Tensors.of(new double[] {0, 1}, 1, 2);
            for (LatentPath path : new LatentPath[] {LatentPath.SPHERICAL, LatentPath.SPHERICAL_UNIT}) {
                assertThat(PerceptualPathLength.of(east, north, z -> z, SQUARED, CONFIG.with(path))
                                .mean())
                        .isCloseTo(Math.PI * Math.PI / 4, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LINEAR, lerp", "SPHERICAL, slerp_any", "SPHERICAL_UNIT, slerp_unit"})
    void valuesAreThoseOfTorchFidelity(LatentPath path, String name) {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.under(Golden.read("metrics.safetensors"), "ppl/");
            Tensor from = Golden.get(golden, "from");
            Tensor to = Golden.get(golden, "to");
            if (path == LatentPath.SPHERICAL_UNIT) {
                from = from.div(from.norm(1).unsqueeze(1));
                to = to.div(to.norm(1).unsqueeze(1));
            }
            Tensor weight = Golden.get(golden, "weight");
            double[] expected = Golden.get(golden, name).toDoubleArray();
            Score score =
                    PerceptualPathLength.of(from, to, z -> z.matmul(weight).tanh(), SQUARED, CONFIG.with(path));
            assertThat(score.mean()).isCloseTo(expected[0], within(1e-6 * expected[0]));
            assertThat(score.standardDeviation()).isCloseTo(expected[1], within(1e-6 * expected[1]));
        }
    }

    @Test
    void sizesOfBatchesChangeNothing() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor from = random.normal(DType.FLOAT64, 50, 4);
            Tensor to = random.normal(DType.FLOAT64, 50, 4);
            PathLengthConfig one = new PathLengthConfig(LatentPath.LINEAR, 1e-4, 0, 100, 1);
            PathLengthConfig many = new PathLengthConfig(LatentPath.LINEAR, 1e-4, 0, 100, 64);
            assertThat(PerceptualPathLength.of(from, to, Tensor::tanh, SQUARED, one))
                    .isEqualTo(PerceptualPathLength.of(from, to, Tensor::tanh, SQUARED, many));
        }
    }

    @Test
    void pathsBeginAndEndWhereTheyShouldAndGoStraightWhereThereIsNoCircle() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2)) {
            Tensor a = random.normal(5, 3);
            Tensor b = random.normal(5, 3);
            for (LatentPath path : new LatentPath[] {LatentPath.LINEAR, LatentPath.SPHERICAL}) {
                Golden.requireClose("begin", path.at(a, b, 0), a, 1e-6, 0);
                Golden.requireClose("end", path.at(a, b, 1), b, 1e-6, 0);
            }
            Golden.requireClose("parallel", LatentPath.SPHERICAL.at(a, a.mul(2), 0.5), a.mul(1.5), 1e-6, 0);
            Tensor zero = Tensors.zeros(5, 3);
            Golden.requireClose("zero", LatentPath.SPHERICAL.at(zero, b, 0.5), b.mul(0.5), 1e-6, 0);
            Tensor norms = LatentPath.SPHERICAL_UNIT.at(a, b, 0.3).norm(1);
            Golden.requireClose("unit", norms, Tensors.ones(5), 1e-6, 0);
        }
    }

    @Test
    void whatHasNoLengthIsRefused() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor z = Tensors.ones(3, 2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerceptualPathLength.of(z, Tensors.ones(2, 2), t -> t, SQUARED, CONFIG));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerceptualPathLength.of(z, z.mul(0).log(), t -> t, SQUARED, CONFIG))
                    .withMessageContaining("NaN or infinite");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerceptualPathLength.of(z, z, t -> t, (a, b) -> a.sub(b), CONFIG))
                    .withMessage("perceptual path length: distances: expected [3] but was [3, 2]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerceptualPathLength.of(
                            z, z, t -> t, (a, b) -> SQUARED.between(a, b).log(), CONFIG))
                    .withMessageContaining("must be finite");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PathLengthConfig(LatentPath.LINEAR, 0, 1, 99, 64));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PathLengthConfig(LatentPath.LINEAR, 1e-4, 99, 1, 64));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PathLengthConfig(LatentPath.LINEAR, 1e-4, 1, 99, 0));
        }
    }
}
