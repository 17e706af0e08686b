package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.tensor.OptimizerKernels.AdamSettings;
import org.saddlepoint.tensor.OptimizerKernels.AdamState;
import org.saddlepoint.tensor.OptimizerKernels.SgdSettings;

@ExtendWith(LeakCheck.class)
class OptimizerKernelsTest {
    private static final Offset<Double> CLOSE = offset(1e-12);
    private static final double[] START = {1, -2, 3};
    private static final double[] FIRST = {0.5, -0.25, 2};
    private static final double[] SECOND = {-1, 0.75, 0.5};

    @Test
    void adamIsAlgorithmOneOfKingmaAndBa() {
        double[] theta = START.clone();
        double[] m = new double[3];
        double[] v = new double[3];
        try (TensorScope scope = TensorScope.open()) {
            Tensor parameter = vector(START);
            Tensor first = Tensors.zerosLike(parameter);
            Tensor second = Tensors.zerosLike(parameter);
            Tensor step = Tensors.scalar(0);
            for (int t = 1; t <= 2; t++) {
                double[] gradient = t == 1 ? FIRST : SECOND;
                OptimizerKernels.adam(
                        List.of(parameter),
                        List.of(vector(gradient)),
                        new AdamState(List.of(first), List.of(second), List.of(step)),
                        new AdamSettings(0.1, 0.5, 0.9, 1e-3, 0.01));
                for (int i = 0; i < 3; i++) {
                    double g = gradient[i] + 0.01 * theta[i];
                    m[i] = 0.5 * m[i] + 0.5 * g;
                    v[i] = 0.9 * v[i] + 0.1 * g * g;
                    double mHat = m[i] / (1 - Math.pow(0.5, t));
                    double vHat = v[i] / (1 - Math.pow(0.9, t));
                    theta[i] -= 0.1 * mHat / (Math.sqrt(vHat) + 1e-3);
                }
                assertThat(parameter.toDoubleArray()).containsExactly(theta, CLOSE);
                assertThat(first.toDoubleArray()).containsExactly(m, CLOSE);
                assertThat(second.toDoubleArray()).containsExactly(v, CLOSE);
                assertThat(step.item()).isEqualTo(t);
            }
        }
    }

    @Test
    void adamCountsTheStepsOfEachParameter() {
        try (TensorScope scope = TensorScope.open()) {
            List<Tensor> parameters = List.of(Tensors.zeros(1), Tensors.zeros(1));
            List<Tensor> steps = List.of(Tensors.scalar(0), Tensors.scalar(9));
            OptimizerKernels.adam(
                    parameters,
                    List.of(Tensors.ones(1), Tensors.ones(1)),
                    new AdamState(
                            List.of(Tensors.zeros(1), Tensors.zeros(1)),
                            List.of(Tensors.zeros(1), Tensors.zeros(1)),
                            steps),
                    new AdamSettings(1, 0.5, 0.9, 0, 0));
            assertThat(steps.get(0).item()).isEqualTo(1);
            assertThat(steps.get(1).item()).isEqualTo(10);
            assertThat(parameters.get(0).item()).isCloseTo(-1, offset(1e-6));
            double late = 0.5 / (1 - Math.pow(0.5, 10)) / Math.sqrt(0.1 / (1 - Math.pow(0.9, 10)));
            assertThat(parameters.get(1).item()).isCloseTo(-late, offset(1e-6));
        }
    }

    @Test
    void sgdMovesAgainstTheGradientWithMomentumAndDecay() {
        double[] theta = START.clone();
        double[] v = new double[3];
        try (TensorScope scope = TensorScope.open()) {
            Tensor parameter = vector(START);
            Tensor momentum = vector(new double[] {9, 9, 9}); // of no effect at the first step
            for (int t = 1; t <= 2; t++) {
                double[] gradient = t == 1 ? FIRST : SECOND;
                OptimizerKernels.sgd(
                        List.of(parameter),
                        List.of(vector(gradient)),
                        List.of(momentum),
                        new SgdSettings(0.1, 0.8, 0.01),
                        t == 1);
                for (int i = 0; i < 3; i++) {
                    double g = gradient[i] + 0.01 * theta[i];
                    v[i] = t == 1 ? g : 0.8 * v[i] + g;
                    theta[i] -= 0.1 * v[i];
                }
                assertThat(parameter.toDoubleArray()).containsExactly(theta, CLOSE);
                assertThat(momentum.toDoubleArray()).containsExactly(v, CLOSE);
            }
        }
    }

    @Test
    void sgdWithoutMomentumTakesMomentaOrNone() {
        try (TensorScope scope = TensorScope.open()) {
            for (List<Tensor> momenta : List.of(List.of(vector(START)), List.<Tensor>of())) {
                Tensor parameter = vector(START);
                OptimizerKernels.sgd(
                        List.of(parameter), List.of(vector(FIRST)), momenta, new SgdSettings(0.5, 0, 0), false);
                assertThat(parameter.toDoubleArray()).containsExactly(new double[] {0.75, -1.875, 2}, CLOSE);
            }
        }
    }

    @Test
    void rmsPropDividesByTheRootOfTheMeanSquare() {
        double[] theta = START.clone();
        double[] s = new double[3];
        try (TensorScope scope = TensorScope.open()) {
            Tensor parameter = vector(START);
            Tensor square = Tensors.zerosLike(parameter);
            for (double[] gradient : List.of(FIRST, SECOND)) {
                OptimizerKernels.rmsProp(
                        List.of(parameter), List.of(vector(gradient)), List.of(square), 0.1, 0.75, 1e-3);
                for (int i = 0; i < 3; i++) {
                    s[i] = 0.75 * s[i] + 0.25 * gradient[i] * gradient[i];
                    theta[i] -= 0.1 * gradient[i] / (Math.sqrt(s[i]) + 1e-3);
                }
                assertThat(parameter.toDoubleArray()).containsExactly(theta, CLOSE);
                assertThat(square.toDoubleArray()).containsExactly(s, CLOSE);
            }
        }
    }

    @Test
    void lerpMovesAveragesTowardsValuesAndLeavesTheValues() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor average = vector(START);
            Tensor value = vector(FIRST);
            OptimizerKernels.lerp(List.of(average), List.of(value), 0.25);
            assertThat(average.toDoubleArray()).containsExactly(new double[] {0.875, -1.5625, 2.75}, CLOSE);
            assertThat(value.toDoubleArray()).containsExactly(FIRST);
        }
    }

    /** Memory orders in which automatic differentiation hands out gradients: the values agree, the strides do not. */
    static Stream<Arguments> memoryOrders() {
        UnaryOperator<Tensor> channelsLast = Tensor::channelsLast;
        UnaryOperator<Tensor> transposed = t -> t.transpose(0, 1).contiguous().transpose(0, 1);
        UnaryOperator<Tensor> row = t -> t.narrow(0, 0, 1).expand(t.shape().toArray());
        UnaryOperator<Tensor> number =
                t -> t.flatten(0).select(0, 0).expand(t.shape().toArray());
        UnaryOperator<Tensor> sliced =
                t -> Tensors.stack(List.of(t, t.neg()), t.shape().rank()).select(-1, 0);
        return Stream.of(
                Arguments.of("channels last", new long[] {4, 3, 3, 2}, channelsLast),
                Arguments.of("transposed", new long[] {3, 5}, transposed),
                Arguments.of("transposed images", new long[] {4, 3, 2, 2}, transposed),
                Arguments.of("one row, expanded", new long[] {3, 5}, row),
                Arguments.of("one number, expanded", new long[] {7}, number),
                Arguments.of("every second number", new long[] {3, 5}, sliced));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("memoryOrders")
    void theMemoryOrderOfGradientsDoesNotMatter(String name, long[] shape, UnaryOperator<Tensor> order) {
        requireSameUpdates(shape, order, UnaryOperator.identity());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("memoryOrders")
    void norDoesThatOfParameters(String name, long[] shape, UnaryOperator<Tensor> order) {
        // Parameters are dense: what is an expanded view here becomes memory of its own.
        requireSameUpdates(shape, UnaryOperator.identity(), t -> order.apply(t).copy());
        requireSameUpdates(shape, order, t -> order.apply(t).copy());
    }

    private static void requireSameUpdates(
            long[] shape, UnaryOperator<Tensor> gradientOrder, UnaryOperator<Tensor> parameterOrder) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor gradient = gradientOrder.apply(random.normal(shape));
            Tensor plainGradient = Tensors.of(gradient.toFloatArray(), shape);
            Tensor start = parameterOrder.apply(random.normal(shape));
            Tensor plainStart = Tensors.of(start.toFloatArray(), shape);
            for (int kernel = 0; kernel < 4; kernel++) {
                Tensor expected = plainStart.copy();
                Tensor actual = start.copy();
                for (int step = 1; step <= 2; step++) {
                    update(kernel, expected, plainGradient);
                    update(kernel, actual, gradient);
                }
                assertThat(actual.toFloatArray())
                        .as("kernel " + kernel)
                        .containsExactly(expected.toFloatArray(), offset(1e-6f));
                assertThat(expected.sub(plainStart).abs().max().item()).isGreaterThan(1e-3);
            }
        }
    }

    private static void update(int kernel, Tensor parameter, Tensor gradient) {
        List<Tensor> p = List.of(parameter);
        List<Tensor> g = List.of(gradient);
        List<Tensor> first = List.of(Tensors.zerosLike(parameter));
        List<Tensor> second = List.of(Tensors.zerosLike(parameter));
        switch (kernel) {
            case 0 ->
                OptimizerKernels.adam(
                        p,
                        g,
                        new AdamState(first, second, List.of(Tensors.scalar(0))),
                        new AdamSettings(0.1, 0.5, 0.9, 1e-8, 0.1));
            case 1 -> OptimizerKernels.sgd(p, g, first, new SgdSettings(0.1, 0.9, 0.1), true);
            case 2 -> OptimizerKernels.rmsProp(p, g, second, 0.1, 0.9, 1e-3);
            default -> OptimizerKernels.lerp(p, g, 0.3);
        }
    }

    @Test
    void gradientsOfAutogradAreTakenAsTheyCome() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor weight = Tensors.ones(3, 2).withGrad(true);
            // The gradient of a sum is one number expanded; that through a transpose is transposed.
            Tensor gradient = Autograd.grad(weight.sum(), List.of(weight)).get(0);
            OptimizerKernels.sgd(List.of(weight), List.of(gradient), List.of(), new SgdSettings(0.25, 0, 0), true);
            assertThat(weight.toFloatArray()).containsOnly(0.75f);

            Tensor x = Tensors.of(new float[] {1, 2}, 1, 2);
            Tensor ramp = Tensors.of(new float[] {1, 10, 100}, 1, 3);
            Tensor through = Autograd.grad(
                            x.matmul(weight.transpose(0, 1)).mul(ramp).sum(), List.of(weight))
                    .get(0);
            OptimizerKernels.sgd(List.of(weight), List.of(through), List.of(), new SgdSettings(1, 0, 0), true);
            assertThat(weight.toFloatArray()).containsExactly(-.25f, -1.25f, -9.25f, -19.25f, -99.25f, -199.25f);
        }
    }

    @Test
    void sizesOfOneHaveNoOrder() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor parameter = Tensors.zeros(2, 3, 1, 1);
            Tensor state = Tensors.zeros(2, 3, 1, 1).channelsLast();
            OptimizerKernels.sgd(
                    List.of(parameter),
                    List.of(Tensors.ones(2, 3, 1, 1)),
                    List.of(state),
                    new SgdSettings(1, 0.5, 0),
                    true);
            assertThat(parameter.toFloatArray()).containsOnly(-1f);
            assertThat(state.toFloatArray()).containsOnly(1f);
        }
    }

    @Test
    void wrongListsAreRefusedBeforeMemoryIsTouched() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor p = Tensors.zeros(2, 3);
            Tensor g = Tensors.ones(2, 3);
            List<Tensor> one = List.of(p);
            assertThatThrownBy(() -> OptimizerKernels.sgd(one, List.of(g, g), one, new SgdSettings(1, 0.5, 0), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected one gradient a parameter, 1, but was given 2");
            assertThatThrownBy(() ->
                            OptimizerKernels.sgd(one, List.of(Tensors.ones(3)), one, new SgdSettings(1, 0.5, 0), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the gradient of parameter 0: expected FLOAT32 [2, 3] but was FLOAT32 [3]");
            assertThatThrownBy(
                            () -> OptimizerKernels.rmsProp(one, List.of(g.to(DType.FLOAT64)), List.of(g), 1, 0.5, 1e-8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the gradient of parameter 0: expected FLOAT32 [2, 3] but was FLOAT64 [2, 3]");
            Tensor turned = Tensors.zeros(3, 2).transpose(0, 1);
            assertThatThrownBy(() -> OptimizerKernels.adam(
                            one,
                            List.of(g),
                            new AdamState(List.of(turned), List.of(g), List.of(Tensors.scalar(0))),
                            new AdamSettings(1, 0, 0, 1, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the first moment of parameter 0 lies in memory in another order than the parameter;"
                            + " make it with Tensors.zerosLike");
            assertThatThrownBy(() -> OptimizerKernels.adam(
                            one,
                            List.of(g),
                            new AdamState(List.of(p), List.of(g), List.of()),
                            new AdamSettings(1, 0, 0, 1, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected one step count a parameter, 1, but was given 0");
            Tensor view = Tensors.zeros(2, 6).narrow(1, 0, 3);
            assertThatThrownBy(() ->
                            OptimizerKernels.sgd(List.of(view), List.of(g), List.of(), new SgdSettings(1, 0, 0), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("parameter 0 of shape [2, 3] is a view with gaps in memory");
            assertThat(p.abs().max().item()).isZero();
        }
    }

    @Test
    void emptyListsDoNothing() {
        try (TensorScope scope = TensorScope.open()) {
            OptimizerKernels.sgd(List.of(), List.of(), List.of(), new SgdSettings(1, 0.9, 0), true);
            OptimizerKernels.adam(
                    List.of(),
                    List.of(),
                    new AdamState(List.of(), List.of(), List.of()),
                    new AdamSettings(1, 0.9, 0, 1, 0));
            OptimizerKernels.lerp(List.of(), List.of(), 1);
            assertThat(TensorScope.statistics().scopedTensors()).isZero();
        }
    }

    @Test
    void updatesOfWeightsThatGatherGradientsAreNotRecorded() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor weight = vector(START).withGrad(true);
            OptimizerKernels.sgd(List.of(weight), List.of(vector(FIRST)), List.of(), new SgdSettings(1, 0, 0), true);
            OptimizerKernels.lerp(List.of(weight), List.of(vector(FIRST)), 1);
            Tensor gradient =
                    Autograd.grad(weight.square().sum(), List.of(weight)).get(0);
            assertThat(gradient.toDoubleArray()).containsExactly(new double[] {1, -0.5, 4}, CLOSE);
        }
    }

    private static Tensor vector(double[] values) {
        return Tensors.of(values, values.length);
    }
}
