package org.saddlepoint.nn;

import java.util.function.UnaryOperator;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;

/** A layer without weights: a function of each element, or a change of shape. */
public final class Activation extends Layer {
    private final UnaryOperator<Tensor> function;

    private Activation(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    /** max(x, 0). */
    public static Activation relu() {
        return new Activation(Tensor::relu);
    }

    /** x where x > 0, else slope · x. */
    public static Activation leakyRelu(double slope) {
        return new Activation(input -> input.leakyRelu(slope));
    }

    /** Hyperbolic tangent. */
    public static Activation tanh() {
        return new Activation(Tensor::tanh);
    }

    /** 1 / (1 + e⁻ˣ). */
    public static Activation sigmoid() {
        return new Activation(Tensor::sigmoid);
    }

    /** x / (1 + e⁻ˣ). */
    public static Activation silu() {
        return new Activation(Functional::silu);
    }

    /** Largest of each group of this many neighbouring features, [N, units · pieces] to [N, units] (Goodfellow 2013). */
    public static Activation maxout(int pieces) {
        return new Activation(input -> input.reshape(input.size(0), -1, pieces).max(false, 2));
    }

    /** Merges all axes but the first. */
    public static Activation flatten() {
        return new Activation(input -> input.flatten(1));
    }

    /** Any function of a tensor. */
    public static Activation of(UnaryOperator<Tensor> function) {
        return new Activation(function);
    }

    @Override
    public Tensor forward(Tensor input) {
        return function.apply(input);
    }
}
