package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.FiniteDifferences;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** A function with parameters is a layer as any other. */
@ExtendWith({LeakCheck.class, OneThread.class})
class FunctionLayerTest {
    private static final Initializer NORMAL = Initializer.normal(0, 0.7);

    /** s · tanh(x Wᵀ + b), from [N, 3] to [N, 5]. */
    private static FunctionLayer scaledTanh(RandomGenerator random) {
        return FunctionLayer.with(random)
                .weight("weight", NORMAL, 5, 3)
                .weight("bias", NORMAL, 5)
                .weight("scale", Initializer.constant(1.5))
                .computing((w, x) -> Functional.linear(x, w.get("weight"), w.get("bias"))
                        .tanh()
                        .mul(w.get("scale")));
    }

    @Test
    void itComputesItsFunctionOfWeightsDrawnInTheirOrder() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4);
                FunctionLayer layer = scaledTanh(random);
                RandomGenerator again = new RandomGenerator(4)) {
            Tensor weight = again.normal(5, 3).mul(0.7).add(0.0);
            Tensor bias = again.normal(5).mul(0.7).add(0.0);
            Tensor x = again.normal(7, 3);
            assertThat(layer.forward(x).toFloatArray())
                    .containsExactly(
                            Functional.linear(x, weight, bias).tanh().mul(1.5).toFloatArray());
            assertThat(layer.parameterCount()).isEqualTo(15 + 5 + 1);
            assertThat(layer.isPiecewiseLinear()).isFalse();
            assertThat(layer.coupling()).isEqualTo(Coupling.NONE);
        }
    }

    @Test
    void itStartsAsALayerWithSuchWeights() {
        try (RandomGenerator random = new RandomGenerator(4);
                FunctionLayer layer = FunctionLayer.with(random)
                        .weight("weight", Initializer.pytorchDefault(), 5, 3, 2, 2)
                        .computing((w, x) -> x);
                RandomGenerator again = new RandomGenerator(4);
                Conv2d same = new Conv2d(new ConvConfig(3, 5, 2, 1, 0, false), Initialization.PYTORCH_DEFAULT, again)) {
            assertThat(layer.weights().get(0).toFloatArray())
                    .containsExactly(same.weights().get(0).toFloatArray());
        }
    }

    @Test
    void itsStateGoesRoundByNames() {
        try (RandomGenerator random = new RandomGenerator(5);
                Sequential first = new Sequential(scaledTanh(random), Activation.relu());
                Sequential second = new Sequential(scaledTanh(random), Activation.relu());
                TensorScope scope = TensorScope.open()) {
            assertThat(first.stateDict().keySet()).containsExactly("0.weight", "0.bias", "0.scale");
            Tensor x = random.normal(4, 3);
            float[] expected = first.forward(x).toFloatArray();
            assertThat(second.forward(x).toFloatArray()).isNotEqualTo(expected);
            second.loadStateDict(first.stateDict());
            assertThat(second.forward(x).toFloatArray()).containsExactly(expected);

            Map<String, Tensor> misnamed = new LinkedHashMap<>(first.stateDict());
            misnamed.put("0.wieght", Tensors.zeros(5, 3));
            misnamed.remove("0.weight");
            assertThatThrownBy(() -> second.loadStateDict(misnamed))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("missing [0.weight], unknown [0.wieght]");
            assertThat(second.forward(x).toFloatArray()).containsExactly(expected);
        }
    }

    @Test
    void itsGradientIsThatOfItsFunction() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6);
                FunctionLayer layer = scaledTanh(random)) {
            layer.to(DType.FLOAT64);
            Tensor x = random.normal(DType.FLOAT64, 4, 3);
            List<Tensor> inputs = new ArrayList<>(layer.weights());
            inputs.add(x);
            FiniteDifferences.Report report = FiniteDifferences.check(
                    "the function itself",
                    point -> Functional.linear(point.get(3), point.get(0), point.get(1))
                            .tanh()
                            .mul(point.get(2)),
                    inputs);
            assertThat(report.largest()).isGreaterThan(0.1);
            FiniteDifferences.Report throughTheLayer =
                    FiniteDifferences.check("the layer", point -> layer.forward(point.get(0)), List.of(x));
            assertThat(throughTheLayer.largest()).isGreaterThan(0.1);

            // With respect to its own weights: differences of its output as each of them moves.
            Tensor loss = layer.forward(x).square().sum();
            List<Tensor> gradients = Autograd.grad(loss, layer.weights());
            for (int i = 0; i < gradients.size(); i++) {
                Tensor weight = layer.weights().get(i);
                double[] values = weight.toDoubleArray();
                double[] gradient = gradients.get(i).toDoubleArray();
                for (int element = 0; element < values.length; element++) {
                    double slope = (moved(layer, x, i, element, 1e-5) - moved(layer, x, i, element, -1e-5)) / 2e-5;
                    assertThat(gradient[element])
                            .isCloseTo(slope, org.assertj.core.api.Assertions.within(1e-7 * (1 + Math.abs(slope))));
                }
            }
        }
    }

    private static double moved(FunctionLayer layer, Tensor x, int parameter, int element, double by) {
        Tensor weight = layer.weights().get(parameter);
        double[] before = weight.toDoubleArray();
        double[] after = before.clone();
        after[element] += by;
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            weight.assign(Tensors.of(after, weight.shape().toArray()));
            double loss = layer.forward(x).square().sum().item();
            weight.assign(Tensors.of(before, weight.shape().toArray()));
            return loss;
        }
    }

    @Test
    void wrongNamesAndShapesAreRefused() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(7);
                FunctionLayer layer = FunctionLayer.with(random)
                        .weight("gain", NORMAL, 3)
                        .weight("shift", NORMAL, 3)
                        .computing((w, x) -> x.mul(w.get("gian")));
                FunctionLayer bare = FunctionLayer.with(random).computing((w, x) -> w.get("gain"))) {
            Tensor x = random.normal(2, 3);
            refused(() -> layer.forward(x), "there is no weight \"gian\" in this layer; there are gain, shift");
            refused(() -> bare.forward(x), "there is no weight \"gain\" in this layer; there are none");
            FunctionLayer.Builder builder = FunctionLayer.with(random).weight("gain", NORMAL, 3);
            refused(() -> builder.weight("gain", NORMAL, 3), "the weight gain is there already; name each once");
            refused(() -> builder.weight("a.b", NORMAL, 3), "must have letters and no dots but was \"a.b\"");
            refused(() -> builder.weight("", NORMAL, 3), "must have letters and no dots but was \"\"");
            refused(() -> builder.weight("none", NORMAL, 3, 0), "the weight none must have sizes >= 1 but was given");
            Initializer wrong = (from, fan, shape) -> from.normal(4);
            refused(
                    () -> builder.weight("wide", wrong, 3).computing((w, input) -> input),
                    "the weight wide: expected initial values of shape [3] but was given [4]");
        }
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void whatItSaysOfItselfIsKept() {
        try (RandomGenerator random = new RandomGenerator(8);
                FunctionLayer layer = FunctionLayer.with(random)
                        .weight("gain", NORMAL, 1)
                        .piecewiseLinear()
                        .coupling(Coupling.STATISTICS)
                        .computing((w, x) -> x.sub(x.mean(true, 0)).mul(w.get("gain")))) {
            assertThat(layer.isPiecewiseLinear()).isTrue();
            assertThat(layer.coupling()).isEqualTo(Coupling.STATISTICS);
        }
    }
}
