package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of inputs are those of libtorch, and so are their derivatives. */
@ExtendWith(LeakCheck.class)
class InputGradientTest {
    private static final double TOLERANCE = 1e-12;

    /**
     * A pass of an input, between a first and a last product with the weight so that second derivatives of all parts count.
     *
     * @param input shape of the input
     * @param weight shape of the weight
     * @param function of input and weight
     */
    private record Pass(Shape input, Shape weight, BinaryOperator<Tensor> function) {}

    private static final Map<String, Pass> KNOWN = known();

    private static Map<String, Pass> known() {
        Map<String, Pass> all = new LinkedHashMap<>();
        Shape images = Shape.of(2, 4, 8, 8);
        all.put("conv2d", images(Shape.of(6, 4, 3, 3), (x, w) -> Functional.conv2d(x, w, null, 1, 1)));
        all.put("conv2d, strided", images(Shape.of(6, 4, 4, 4), (x, w) -> Functional.conv2d(x, w, null, 2, 1)));
        all.put("conv2d, a rest", images(Shape.of(6, 4, 3, 3), (x, w) -> Functional.conv2d(x, w, null, 2, 1)));
        all.put(
                "conv2d, rests of other sizes",
                images(Shape.of(6, 4, 2, 4), (x, w) -> Functional.conv2d(x, w, null, 3, 0)));
        all.put(
                "conv2d, groups and dilation",
                images(
                        Shape.of(6, 2, 3, 3),
                        (x, w) -> Functional.conv2d(x, w, null, new Functional.Convolution(2, 2, 2, 2))));
        all.put(
                "conv2d, channels last",
                images(Shape.of(6, 4, 3, 3), (x, w) -> Functional.conv2d(x.channelsLast(), w, null, 1, 1)));
        all.put("avgPool2d", images(Shape.of(1), (x, w) -> Functional.avgPool2d(x.mul(w), 2, 2, 0, false)));
        all.put("sum", images(Shape.of(1), (x, w) -> x.mul(w).sum()));
        all.put("sum of axes", images(Shape.of(4), (x, w) -> x.sum(false, 2, -1).mul(w)));
        all.put("sum that keeps", images(Shape.of(4, 1, 1), (x, w) -> x.sum(true, 2, 3)
                .mul(w)));
        all.put("mean", images(Shape.of(1), (x, w) -> x.mul(w).mean()));
        all.put("mean of axes", images(Shape.of(4), (x, w) -> x.mean(false, 2, 3)
                .mul(w)));
        Shape rows = Shape.of(3, 5);
        all.put("linear", new Pass(rows, Shape.of(4, 5), (x, w) -> Functional.linear(x, w, null)));
        all.put("add", new Pass(rows, rows, (x, w) -> x.add(x.mul(w)).add(1)));
        all.put("sub", new Pass(rows, rows, (x, w) -> w.sub(x.mul(w)).sub(x).sub(1)));
        all.put("neg", new Pass(rows, rows, (x, w) -> x.mul(w).neg()));
        all.put("div", new Pass(rows, rows, (x, w) -> x.div(w.square().add(1)).div(3)));
        all.put("products of what depends", new Pass(rows, rows, (x, w) -> x.mul(w)
                .mul(x)));
        all.put("broadcast input", new Pass(Shape.of(3, 1), rows, (x, w) -> x.mul(w)
                .add(x)));
        all.put("fewer axes", new Pass(Shape.of(5), rows, (x, w) -> w.mul(x).add(x)));
        all.put("shapes", new Pass(images, Shape.of(256), (x, w) -> x.flatten(1)
                .mul(w)
                .reshape(2, 1, 256)
                .squeeze(1)
                .unsqueeze(0)));
        all.put("relu", new Pass(rows, rows, (x, w) -> x.mul(w).relu().mul(w)));
        all.put(
                "leakyRelu",
                new Pass(rows, rows, (x, w) -> x.mul(w).leakyRelu(0.2).mul(w)));
        all.put("a way that ends elsewhere", new Pass(rows, rows, (x, w) -> {
            x.exp();
            return x.mul(w);
        }));
        return all;
    }

    private static Pass images(Shape weight, BinaryOperator<Tensor> function) {
        return new Pass(Shape.of(2, 4, 8, 8), weight, function);
    }

    static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void knownOperations(String name) {
        Pass pass = KNOWN.get(name);
        requireEqual(pass.input(), pass.weight(), pass.function(), true);
    }

    @Test
    void whatIsNotKnownIsDifferentiatedByLibtorch() {
        Shape rows = Shape.of(3, 5);
        requireEqual(rows, rows, (x, w) -> x.mul(w).exp(), false);
        requireEqual(rows, rows, (x, w) -> w.div(x.square().add(1)), false);
        requireEqual(rows, Shape.of(4, 5), (x, w) -> w.matmul(x.transpose(0, 1)), false);
        requireEqual(Shape.of(2, 4, 8, 8), Shape.of(1), (x, w) -> Functional.avgPool2d(x.mul(w), 3, 2, 1, true), false);
    }

    private static void requireEqual(Shape input, Shape weight, BinaryOperator<Tensor> function, boolean known) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(7)) {
            Tensor x = random.normal(DType.FLOAT64, input.toArray()).withGrad(true);
            Tensor w = random.normal(DType.FLOAT64, weight.toArray()).withGrad(true);
            UnaryOperator<Tensor> whole = it -> function.apply(it.mul(0.5), w);
            InputGradient pass = InputGradient.of(x);
            Tensor output;
            try (pass;
                    TensorScope layers = TensorScope.open()) { // what layers make on the way is freed
                output = layers.promote(whole.apply(x));
            }
            assertThat(pass.knowsTheWayTo(output)).isEqualTo(known);
            Tensor plain = whole.apply(x);
            assertThat(output.toDoubleArray()).containsExactly(plain.toDoubleArray(), within(TOLERANCE));
            Tensor found = pass.gradient(output);
            Tensor expected = Autograd.grad(List.of(plain), List.of(x), true).get(0);
            requireClose(found, expected);
            requireClose(
                    Autograd.grad(List.of(found.square()), List.of(w), true).get(0),
                    Autograd.grad(List.of(expected.square()), List.of(w), true).get(0));
            requireClose(
                    Autograd.grad(List.of(output.square()), List.of(x), true).get(0),
                    Autograd.grad(plain.square(), List.of(x)).get(0));
        }
    }

    private static void requireClose(Tensor found, Tensor expected) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        assertThat(found.sub(expected).abs().max().item())
                .isLessThan(TOLERANCE * (1 + expected.abs().max().item()));
    }

    /** A bias in front of the activation moves no gradient: libtorch says so with zeros, for which it passes through all below. */
    @Test
    void noZerosAreCarriedThroughSlopes() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.of(new double[] {-2, 3}, 2).withGrad(true);
            Tensor bias = Tensors.of(new double[] {0.1, 0.1}, 2).withGrad(true);
            Tensor plain = x.mul(2).add(bias).leakyRelu(0.2);
            Tensor ofPlain = Autograd.grad(List.of(plain), List.of(x), true).get(0);
            assertThat(Autograd.grad(ofPlain.square(), List.of(bias)).get(0).toDoubleArray())
                    .containsOnly(0);
            InputGradient pass = InputGradient.of(x);
            Tensor held;
            try (pass) {
                held = x.mul(2).add(bias).leakyRelu(0.2);
            }
            Tensor ofHeld = pass.gradient(held);
            assertThatThrownBy(() -> Autograd.grad(ofHeld.square(), List.of(bias)))
                    .isInstanceOf(TensorException.class);
        }
    }

    /** As of a normalized discriminator under a penalty: the inner gradient is part of what the outer one goes through. */
    @Test
    void passesWithinPasses() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(7)) {
            Tensor x = random.normal(DType.FLOAT64, 3, 5).withGrad(true);
            Tensor w = random.normal(DType.FLOAT64, 3, 5).withGrad(true);
            InputGradient outer = InputGradient.of(x);
            Tensor output;
            try (outer) {
                InputGradient inner = InputGradient.of(x);
                Tensor product;
                try (inner) {
                    product = x.mul(w).mul(x);
                }
                output = product.mul(inner.gradient(product)); // 2 x³ w²
            }
            requireClose(outer.gradient(output), x.square().mul(w.square()).mul(6));
            Tensor again;
            InputGradient lost = InputGradient.of(x);
            try (lost) {
                Tensor curve = x.exp().mul(w);
                again = Autograd.grad(List.of(curve), List.of(x), true).get(0);
                again = again.mul(x);
            }
            assertThat(lost.knowsTheWayTo(again)).isFalse();
            requireClose(lost.gradient(again), x.exp().mul(w).mul(x.add(1)));
        }
    }

    @Test
    void anOutputOfSomethingElseIsRefused() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.of(new double[] {1, 2}, 2).withGrad(true);
            Tensor other = Tensors.of(new double[] {1, 2}, 2).withGrad(true);
            InputGradient pass = InputGradient.of(x);
            try (pass) {
                assertThatThrownBy(() -> pass.gradient(other.mul(2))).isInstanceOf(TensorException.class);
            }
        }
    }
}
