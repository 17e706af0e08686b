package org.saddlepoint.nn;

/**
 * Schemes of initial weights: one record per scheme, each the {@link Initialization} that its layers are made
 * with. Below, a linear layer or convolution has {@code in} inputs and {@code out} outputs a unit, see
 * {@link Initializer.Fan}.
 */
public sealed interface InitialWeights {
    /** What layers are made with. */
    Initialization initialization();

    /**
     * Weights U(−range, range), zero biases, norm scales 1, as in the code of Goodfellow et al. (2014).
     *
     * @param range bound of the weights, > 0
     */
    record Uniform(double range) implements InitialWeights {
        public Uniform {
            requirePositive("range", range);
        }

        @Override
        public Initialization initialization() {
            return Initialization.uniform(range);
        }
    }

    /**
     * Weights N(0, deviation²), zero biases, norm scales N(1, deviation²), as in the code of Radford et al. (2016): with a
     * deviation of 0.02 it is {@link Initialization#DCGAN}.
     *
     * @param deviation standard deviation of weights and norm scales, > 0
     */
    record Normal(double deviation) implements InitialWeights {
        public Normal {
            requirePositive("deviation", deviation);
        }

        @Override
        public Initialization initialization() {
            return new Initialization(
                    Initializer.normal(0, deviation), Initializer.constant(0), Initializer.normal(1, deviation));
        }
    }

    /**
     * Weights N(0, 2 / in), zero biases, norm scales 1: keeps the second moment through layers that are followed by ReLU
     * (He et al. 2015, equation 10). The choice of GN-GAN (Wu et al. 2021).
     */
    record KaimingNormal() implements InitialWeights {
        @Override
        public Initialization initialization() {
            return weightsOnly(Initializer.kaimingNormal());
        }
    }

    /** Weights U(−√(6 / in), √(6 / in)), of the variance of {@link KaimingNormal}; zero biases, norm scales 1. */
    record KaimingUniform() implements InitialWeights {
        @Override
        public Initialization initialization() {
            return weightsOnly(Initializer.kaimingUniform());
        }
    }

    /**
     * Weights N(0, gain² · 2 / (in + out)), zero biases, norm scales 1 (Glorot and Bengio 2010).
     *
     * @param gain factor of the weights, > 0; 1 in the article
     */
    record XavierNormal(double gain) implements InitialWeights {
        public XavierNormal {
            requirePositive("gain", gain);
        }

        @Override
        public Initialization initialization() {
            return weightsOnly(Initializer.xavierNormal(gain));
        }
    }

    /**
     * Weights U(±gain √(6 / (in + out))), zero biases, norm scales 1 (Glorot and Bengio 2010, equation 16). The choice of
     * SN-GAN (Miyato et al. 2018).
     *
     * @param gain factor of the weights, > 0; 1 in the article
     */
    record XavierUniform(double gain) implements InitialWeights {
        public XavierUniform {
            requirePositive("gain", gain);
        }

        @Override
        public Initialization initialization() {
            return weightsOnly(Initializer.xavierUniform(gain));
        }
    }

    /**
     * Weights with orthonormal rows or columns, times a gain; zero biases, norm scales 1 (Saxe et al. 2014). A convolution
     * counts as the matrix [out, in · k²].
     *
     * @param gain factor of the weights, > 0
     */
    record Orthogonal(double gain) implements InitialWeights {
        public Orthogonal {
            requirePositive("gain", gain);
        }

        @Override
        public Initialization initialization() {
            return weightsOnly(Initializer.orthogonal(gain));
        }
    }

    /** Weights and biases U(−1/√in, 1/√in), norm scales 1: the defaults of PyTorch's layers. */
    record PytorchDefault() implements InitialWeights {
        @Override
        public Initialization initialization() {
            return Initialization.PYTORCH_DEFAULT;
        }
    }

    private static Initialization weightsOnly(Initializer weight) {
        return new Initialization(weight, Initializer.constant(0), Initializer.constant(1));
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be > 0 and finite but was " + value);
        }
    }
}
