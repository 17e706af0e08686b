package org.saddlepoint.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Checks derivatives by {@link Autograd} against central differences, in float64.
 *
 * <pre>f'(x) ≈ (f(x + h) − f(x − h)) / 2h,   h = 1e-5 · max(1, |x|)</pre>
 *
 * <p>A function whose result is no scalar is checked through its product with fixed weights, different for each element,
 * so that errors cannot cancel in a sum. Inputs are float64, away from kinks by more than h, and are not changed; the
 * function must be the same on each call, so one that draws random numbers starts from its seed.
 */
public final class FiniteDifferences {
    /** Largest difference allowed, relative to the largest derivative with respect to the same input. */
    public static final double TOLERANCE = 1e-6;

    private static final double STEP = 1e-5;
    /** Derivatives below this are compared as if the largest were this. */
    private static final double FLOOR = 1e-3;

    private FiniteDifferences() {}

    /**
     * What a check saw.
     *
     * @param error largest difference, relative as in {@link #TOLERANCE}
     * @param largest largest absolute value among the derivatives; 0 tells that the check proved little
     */
    public record Report(double error, double largest) {}

    /**
     * Checks the gradient with respect to each input.
     *
     * @param name what the function is called in the message
     * @throws AssertionError if a derivative differs by more than {@link #TOLERANCE}, or is no number
     */
    public static Report check(String name, Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
        requireDoubles(name, inputs);
        try (TensorScope scope = TensorScope.open();
                OneThread alone = new OneThread()) {
            List<Tensor> leaves = leaves(inputs);
            List<Tensor> gradients = Autograd.grad(scalar(f.apply(leaves)), leaves);
            return compare(name, "gradient", gradients, inputs, point -> {
                try (Autograd.Recording off = Autograd.noGrad()) {
                    return scalar(f.apply(point)).item();
                }
            });
        }
    }

    /**
     * Checks the gradient of a weighted sum of first gradients, made with createGraph, against differences of the first
     * gradients; that is the product of the Hessian with a vector that has no zeros.
     *
     * @param name what the function is called in the message
     * @throws AssertionError if a derivative differs by more than {@link #TOLERANCE}, or is no number
     */
    public static Report checkSecondOrder(String name, Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
        requireDoubles(name, inputs);
        try (TensorScope scope = TensorScope.open();
                OneThread alone = new OneThread()) {
            List<Tensor> leaves = leaves(inputs);
            Tensor sum = slope(f, leaves, true);
            for (Tensor leaf : leaves) {
                sum = sum.add(leaf.sum().mul(0)); // a gradient of zero where the first gradients ignore an input
            }
            List<Tensor> second = Autograd.grad(sum, leaves);
            return compare(name, "second-order gradient", second, inputs, point -> slope(f, leaves(point), false)
                    .item());
        }
    }

    /** Σ ⟨weights, ∂f/∂input⟩. */
    private static Tensor slope(Function<List<Tensor>, Tensor> f, List<Tensor> leaves, boolean createGraph) {
        List<Tensor> gradients = Autograd.grad(List.of(scalar(f.apply(leaves))), leaves, createGraph);
        Tensor sum = scalar(gradients.get(0));
        for (Tensor gradient : gradients.subList(1, gradients.size())) {
            sum = sum.add(scalar(gradient));
        }
        return sum;
    }

    private static Report compare(
            String name, String what, List<Tensor> derivatives, List<Tensor> inputs, ToDoubleFunction<List<Tensor>> f) {
        double worst = 0;
        double largest = 0;
        for (int input = 0; input < inputs.size(); input++) {
            Shape shape = inputs.get(input).shape();
            if (!derivatives.get(input).shape().equals(shape)) {
                throw new AssertionError(name + ": the " + what + " of input " + input + " has the shape "
                        + derivatives.get(input).shape() + " instead of " + shape);
            }
            double[] actual = derivatives.get(input).toDoubleArray();
            double[] expected = new double[actual.length];
            double scale = FLOOR;
            for (int i = 0; i < actual.length; i++) {
                expected[i] = difference(f, inputs, input, i);
                scale = Math.max(scale, Math.max(Math.abs(actual[i]), Math.abs(expected[i])));
                largest = Math.max(largest, Math.abs(expected[i]));
            }
            for (int i = 0; i < actual.length; i++) {
                double error = Math.abs(actual[i] - expected[i]) / scale;
                if (!(error <= TOLERANCE)) { // so written, NaN fails
                    throw new AssertionError(String.format(
                            "%s: the %s with respect to element %d of input %d is %.12g, central differences say %.12g"
                                    + " (relative error %.3g, allowed %.3g)",
                            name, what, i, input, actual[i], expected[i], error, TOLERANCE));
                }
                worst = Math.max(worst, error);
            }
        }
        return new Report(worst, largest);
    }

    private static double difference(ToDoubleFunction<List<Tensor>> f, List<Tensor> inputs, int input, int element) {
        double[] values = inputs.get(input).toDoubleArray();
        double x = values[element];
        double step = STEP * Math.max(1, Math.abs(x));
        double above = x + step;
        double below = x - step;
        return (at(f, inputs, input, values, element, above) - at(f, inputs, input, values, element, below))
                / (above - below);
    }

    private static double at(
            ToDoubleFunction<List<Tensor>> f,
            List<Tensor> inputs,
            int input,
            double[] values,
            int element,
            double value) {
        try (TensorScope scope = TensorScope.open()) {
            values[element] = value;
            List<Tensor> point = new ArrayList<>(inputs);
            point.set(input, Tensors.of(values, inputs.get(input).shape().toArray()));
            return f.applyAsDouble(point);
        }
    }

    /** The product with weights in ±[0.5, 1.5), fixed and without pattern; a scalar counts as it is. */
    private static Tensor scalar(Tensor result) {
        Shape shape = result.shape();
        if (shape.rank() == 0) {
            return result;
        }
        double[] weights = new double[Math.toIntExact(shape.elements())];
        for (int i = 0; i < weights.length; i++) {
            double fraction = (i + 1) * 0.6180339887498949 % 1;
            weights[i] = (fraction + 0.5) * (i % 3 == 1 ? -1 : 1);
        }
        return result.mul(Tensors.of(weights, shape.toArray())).sum();
    }

    private static List<Tensor> leaves(List<Tensor> inputs) {
        return inputs.stream().map(input -> input.copy().withGrad(true)).toList();
    }

    private static void requireDoubles(String name, List<Tensor> inputs) {
        for (Tensor input : inputs) {
            if (input.dtype() != DType.FLOAT64) {
                throw new IllegalArgumentException(
                        name + ": expected inputs of type FLOAT64 but was given " + input.dtype());
            }
        }
    }
}
