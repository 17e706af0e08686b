package org.saddlepoint.models;

import org.saddlepoint.nn.Activation;

/** The function behind the convolutions of a network; gradient normalization's bounds need a piecewise linear one (Wu et al. 2021). */
public enum Nonlinearity {
    /** x where x &gt; 0, else slope · x: piecewise linear. */
    LEAKY_RELU,
    /** max(x, 0): piecewise linear. */
    RELU,
    /** x where x &gt; 0, else eˣ − 1 (Clevert et al. 2016). */
    ELU,
    /** x / (1 + e⁻ˣ) (Hendrycks and Gimpel 2016). */
    SILU,
    /** ln(1 + eˣ), the smooth form of ReLU. */
    SOFTPLUS,
    /** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). */
    TANH;

    /** The layer; only {@link #LEAKY_RELU} has a slope. */
    Activation layer(double slope) {
        return switch (this) {
            case LEAKY_RELU -> Activation.leakyRelu(slope);
            case RELU -> Activation.relu();
            case ELU -> Activation.elu();
            case SILU -> Activation.silu();
            case SOFTPLUS -> Activation.softplus();
            case TANH -> Activation.tanh();
        };
    }
}
