package org.saddlepoint.lab;

import java.util.Locale;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** The activations that are compared under gradient normalization. */
public enum Bend {
    /** max(x, 0). */
    RELU,
    /** x where x > 0, else 0.2 x. */
    LEAKY_RELU,
    /** Hyperbolic tangent. */
    TANH,
    /** x where x > 0, else eˣ − 1. */
    ELU,
    /** log(1 + eˣ). */
    SOFTPLUS,
    /** x / (1 + e⁻ˣ). */
    SWISH;

    boolean isPiecewiseLinear() {
        return layer().isPiecewiseLinear();
    }

    Activation layer() {
        return switch (this) {
            case RELU -> Activation.relu();
            case LEAKY_RELU -> Activation.leakyRelu(0.2);
            case TANH -> Activation.tanh();
            case ELU -> Activation.of("ELU", false, Bend::elu);
            case SOFTPLUS -> Activation.of("softplus", false, Tensor::softplus);
            case SWISH -> Activation.silu();
        };
    }

    /** The name in texts and figures. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Tensor elu(Tensor x) {
        Tensor below = x.clamp(Double.NEGATIVE_INFINITY, 0); // so that the exponential stays finite on the other side
        return Tensors.where(x.gt(0), x, below.exp().sub(1));
    }
}
