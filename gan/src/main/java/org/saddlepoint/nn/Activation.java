package org.saddlepoint.nn;

import java.util.function.UnaryOperator;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;

/** A layer without weights: a function of each element, or a change of shape. */
public final class Activation extends Layer {
    private final String name;
    private final boolean piecewiseLinear;
    private final UnaryOperator<Tensor> function;

    private Activation(String name, boolean piecewiseLinear, UnaryOperator<Tensor> function) {
        this.name = name;
        this.piecewiseLinear = piecewiseLinear;
        this.function = function;
    }

    /** max(x, 0). */
    public static Activation relu() {
        return new Activation("ReLU", true, Tensor::relu);
    }

    /** x where x > 0, else slope · x. */
    public static Activation leakyRelu(double slope) {
        return new Activation("LeakyReLU", true, input -> input.leakyRelu(slope));
    }

    /** Hyperbolic tangent. */
    public static Activation tanh() {
        return new Activation("tanh", false, Tensor::tanh);
    }

    /** 1 / (1 + e⁻ˣ). */
    public static Activation sigmoid() {
        return new Activation("sigmoid", false, Tensor::sigmoid);
    }

    /** x / (1 + e⁻ˣ). */
    public static Activation silu() {
        return new Activation("SiLU", false, Functional::silu);
    }

    /** x where x &gt; 0, else eˣ − 1 (Clevert et al. 2016). */
    public static Activation elu() {
        return new Activation("ELU", false, input -> input.relu()
                .add(input.neg().relu().neg().exp().sub(1)));
    }

    /** ln(1 + eˣ). */
    public static Activation softplus() {
        return new Activation("softplus", false, Tensor::softplus);
    }

    /** Largest of each group of this many neighbouring features, [N, units · pieces] to [N, units] (Goodfellow 2013). */
    public static Activation maxout(int pieces) {
        return new Activation("maxout", true, input -> input.reshape(input.size(0), -1, pieces)
                .max(false, 2));
    }

    /** Merges all axes but the first. */
    public static Activation flatten() {
        return new Activation("flatten", true, input -> input.flatten(1));
    }

    /** Any function of a tensor, under a name for error messages. */
    public static Activation of(String name, boolean piecewiseLinear, UnaryOperator<Tensor> function) {
        return new Activation(name, piecewiseLinear, function);
    }

    @Override
    public Tensor forward(Tensor input) {
        return function.apply(input);
    }

    @Override
    public boolean isPiecewiseLinear() {
        return piecewiseLinear;
    }

    @Override
    public String toString() {
        return name;
    }
}
