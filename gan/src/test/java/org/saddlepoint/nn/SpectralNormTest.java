package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** Spectral normalization against the singular values themselves. */
@ExtendWith({LeakCheck.class, OneThread.class})
class SpectralNormTest {
    private static final Initialization NORMAL =
            new Initialization(Initializer.normal(0, 0.7), Initializer.normal(0, 0.7), Initializer.constant(1));

    private record Case(String name, Function<RandomGenerator, WeightLayer> build) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> layers() {
        ConvConfig conv = ConvConfig.of(3, 5, 3);
        return List.of(
                new Case("Linear", r -> new Linear(6, 4, NORMAL, r)),
                new Case("Conv2d", r -> new Conv2d(conv, NORMAL, r)),
                new Case("ConvTranspose2d", r -> new ConvTranspose2d(conv, NORMAL, r)),
                new Case("Embedding", r -> new Embedding(7, 4, NORMAL, r)));
    }

    private static double largestSingularValue(Tensor matrix) {
        return Linalg.singularValues(matrix).max().item();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void onceConvergedTheLargestSingularValueIs1(Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                WeightLayer layer = each.build().apply(random)) {
            layer.to(DType.FLOAT64);
            Tensor matrix = layer.matrix().detach().copy();
            double sigma = largestSingularValue(matrix);
            assertThat(sigma).isGreaterThan(1.2); // so that something is left to do
            layer.parametrize((weight, axis) -> new SpectralNorm(weight, axis, 1, 0, random));
            double first = largestSingularValue(layer.matrix().detach());
            for (int i = 0; i < 300; i++) {
                layer.weight();
            }
            Tensor normalized = layer.matrix().detach();
            assertThat(largestSingularValue(normalized)).isCloseTo(1, within(1e-10));
            assertThat(Math.abs(first - 1)).as("one iteration does not suffice").isGreaterThan(1e-6);
            assertThat(normalized.mul(sigma).sub(matrix).abs().max().item()).isLessThan(1e-9);
        }
    }

    @Test
    void theConvolutionsMatrixHasOneRowAnOutput() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                WeightLayer conv = new Conv2d(ConvConfig.of(3, 5, 2), NORMAL, random);
                WeightLayer transposed = new ConvTranspose2d(ConvConfig.of(3, 5, 2), NORMAL, random)) {
            assertThat(conv.matrix().shape().toArray()).containsExactly(5, 12);
            assertThat(transposed.matrix().shape().toArray()).containsExactly(5, 12);
            Tensor weight = transposed.weight(); // [in, out, k, k]
            float[] row = transposed.matrix().select(0, 2).toFloatArray();
            assertThat(row).isEqualTo(weight.select(1, 2).flatten(0).toFloatArray());
        }
    }

    @Test
    void theNormOfADiagonalMatrixIsItsLargestElement() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                SpectralNorm norm = new SpectralNorm(Tensors.of(new double[] {3, 0, 0, 1}, 2, 2), 0, 1, 40, random)) {
            assertThat(norm.weight().toDoubleArray())
                    .containsExactly(new double[] {1, 0, 0, 1 / 3.0}, within(1e-15)); // σ = 3
        }
    }

    @Test
    void onePowerIterationIsThatOfAlgorithm1() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                SpectralNorm norm = new SpectralNorm(Tensors.of(new double[] {2, 0, 1, 1}, 2, 2), 0, 1, 0, random)) {
            Map<String, Tensor> buffers = norm.buffers();
            buffers.get("0._v").assign(Tensors.of(new double[] {1, 0}, 2));
            double[] weight = norm.weight().toDoubleArray();
            double root5 = Math.sqrt(5); // u = (2, 1)/√5, Wᵀu = (5, 1)/√5, v = (5, 1)/√26, σ = uᵀWv = √26/√5
            assertThat(buffers.get("0._u").toDoubleArray())
                    .containsExactly(new double[] {2 / root5, 1 / root5}, within(1e-15));
            assertThat(buffers.get("0._v").toDoubleArray())
                    .containsExactly(new double[] {5 / Math.sqrt(26), 1 / Math.sqrt(26)}, within(1e-15));
            assertThat(weight[0]).isCloseTo(2 / Math.sqrt(26 / 5.0), within(1e-14));
        }
    }

    @Test
    void uAndVMoveInTrainingOnlyAndEachTime() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                WeightLayer layer = new Linear(6, 4, NORMAL, random)) {
            layer.parametrize((weight, axis) -> new SpectralNorm(weight, axis, 1, 0, random));
            for (String name : List.of("parametrizations.weight.0._u", "parametrizations.weight.0._v")) {
                layer.train(true);
                float[] start = layer.stateDict().get(name).toFloatArray();
                layer.weight();
                float[] once = layer.stateDict().get(name).toFloatArray();
                layer.weight();
                float[] twice = layer.stateDict().get(name).toFloatArray();
                assertThat(once).isNotEqualTo(start);
                assertThat(twice).isNotEqualTo(once);
                layer.train(false);
                layer.weight();
                assertThat(layer.stateDict().get(name).toFloatArray()).isEqualTo(twice);
            }
        }
    }

    @Test
    void theGraphOfOneUseSurvivesTheNext() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                WeightLayer layer = new Linear(3, 4, NORMAL, random)) {
            layer.parametrize((weight, axis) -> new SpectralNorm(weight, axis, 1, 0, random));
            List<Tensor> original = List.of(
                    layer.parameters().get("parametrizations.weight.original").tensor());
            byte[] u = layer.stateDict().get("parametrizations.weight.0._u").toByteArray();
            byte[] v = layer.stateDict().get("parametrizations.weight.0._v").toByteArray();
            float[] alone = Autograd.grad(layer.weight().square().sum(), original)
                    .get(0)
                    .toFloatArray();
            layer.stateDict().get("parametrizations.weight.0._u").assign(Tensors.ofBytes(DType.FLOAT32, u, 4));
            layer.stateDict().get("parametrizations.weight.0._v").assign(Tensors.ofBytes(DType.FLOAT32, v, 3));
            Tensor loss = layer.weight().square().sum();
            layer.weight(); // as for a penalty, before the loss is differentiated
            assertThat(Autograd.grad(loss, original).get(0).toFloatArray()).isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void theDerivativeIsThatOfTheWeightOverItsLargestSingularValue(Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                WeightLayer layer = each.build().apply(random)) {
            layer.to(DType.FLOAT64);
            Tensor start = layer.weight().detach().copy();
            int axis = each.name().equals("ConvTranspose2d") ? 1 : 0;
            layer.parametrize((weight, ignored) -> new SpectralNorm(weight, axis, 1, 400, random));
            layer.train(false);
            Tensor original =
                    layer.parameters().get("parametrizations.weight.original").tensor();
            Tensor probe = random.normal(DType.FLOAT64, start.shape().toArray());
            double[] gradient = Autograd.grad(layer.weight().mul(probe).sum(), List.of(original))
                    .get(0)
                    .toDoubleArray();
            // Of W / σ(W) with σ from the decomposition, by differences: no u and v are involved.
            double[] values = start.toDoubleArray();
            for (int i = 0; i < values.length; i += 3) {
                double h = 1e-5;
                double difference = (byDecomposition(values, i, h, start, probe, axis)
                                - byDecomposition(values, i, -h, start, probe, axis))
                        / (2 * h);
                assertThat(gradient[i]).isCloseTo(difference, within(1e-7));
            }
        }
    }

    private static double byDecomposition(double[] values, int i, double h, Tensor like, Tensor probe, int axis) {
        double[] moved = values.clone();
        moved[i] += h;
        Tensor weight = Tensors.of(moved, like.shape().toArray());
        return weight.mul(probe).sum().item() / largestSingularValue(WeightLayer.matrix(weight, axis));
    }

    @Test
    void aZeroWeightIsNoDivisionByZeroOfTheVectors() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                SpectralNorm norm = new SpectralNorm(Tensors.zeros(2, 2), 0, 1, 3, random)) {
            assertThat(norm.buffers().values())
                    .allSatisfy(
                            vector -> assertThat(vector.isFinite().all().item()).isEqualTo(1));
        }
    }

    @Test
    void uAndVTravelWithTheState() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                WeightLayer first = new Linear(3, 4, NORMAL, random);
                WeightLayer second = new Linear(3, 4, NORMAL, random);
                WeightLayer third = new Linear(3, 4, NORMAL, random)) {
            for (WeightLayer layer : List.of(first, second, third)) {
                layer.parametrize((weight, axis) -> new SpectralNorm(weight, axis, 1, 0, random));
            }
            first.weight();
            second.loadStateDict(first.stateDict());
            third.parameters().forEach((name, value) -> value.tensor()
                    .assign(first.parameters().get(name).tensor()));
            float[] next = first.weight().toFloatArray(); // u and v move on, the same way
            assertThat(second.weight().toFloatArray()).isEqualTo(next);
            assertThat(third.weight().toFloatArray()).isNotEqualTo(next); // the same weights without u and v
        }
    }
}
