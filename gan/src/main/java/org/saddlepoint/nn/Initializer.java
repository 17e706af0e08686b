package org.saddlepoint.nn;

import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Computes the initial values of a weight. */
@FunctionalInterface
public interface Initializer {
    /**
     * Initial values, float32.
     *
     * @param random the source of random numbers
     * @param fan how many inputs and outputs one unit of the layer has, as PyTorch counts them
     * @param shape sizes of the weight
     */
    Tensor create(RandomGenerator random, Fan fan, long... shape);

    /**
     * Inputs and outputs of a unit; for a convolution with weight [a, b, k, k], in = b k² and out = a k².
     *
     * @param in inputs
     * @param out outputs
     */
    record Fan(long in, long out) {
        /** Counts them from a weight's shape. */
        public static Fan of(long... shape) {
            long receptive = 1;
            for (int axis = 2; axis < shape.length; axis++) {
                receptive *= shape[axis];
            }
            return new Fan(shape[1] * receptive, shape[0] * receptive);
        }
    }

    /** A constant. */
    static Initializer constant(double value) {
        return (random, fan, shape) -> Tensors.full(value, DType.FLOAT32, shape);
    }

    /** N(mean, deviation²). */
    static Initializer normal(double mean, double deviation) {
        return (random, fan, shape) -> random.normal(shape).mul(deviation).add(mean);
    }

    /** U(−bound, bound). */
    static Initializer uniform(double bound) {
        return (random, fan, shape) -> random.uniform(-bound, bound, shape);
    }

    /** U(−1/√in, 1/√in): PyTorch's default for weights and biases of linear and convolutional layers. */
    static Initializer pytorchDefault() {
        return (random, fan, shape) -> {
            double bound = 1 / Math.sqrt((double) fan.in());
            return random.uniform(-bound, bound, shape);
        };
    }

    /** U(±gain √(6 / (in + out))) (Glorot and Bengio 2010). */
    static Initializer xavierUniform(double gain) {
        return (random, fan, shape) -> {
            double bound = gain * Math.sqrt(6.0 / (fan.in() + fan.out()));
            return random.uniform(-bound, bound, shape);
        };
    }

    /** N(0, gain² · 2 / (in + out)) (Glorot and Bengio 2010). */
    static Initializer xavierNormal(double gain) {
        return (random, fan, shape) -> random.normal(shape).mul(gain * Math.sqrt(2.0 / (fan.in() + fan.out())));
    }

    /** N(0, 2 / in), for layers followed by ReLU (He et al. 2015). */
    static Initializer kaimingNormal() {
        return (random, fan, shape) -> random.normal(shape).mul(Math.sqrt(2.0 / fan.in()));
    }

    /** U(±√(6 / in)), for layers followed by ReLU (He et al. 2015). */
    static Initializer kaimingUniform() {
        return (random, fan, shape) -> {
            double bound = Math.sqrt(6.0 / fan.in());
            return random.uniform(-bound, bound, shape);
        };
    }

    /** Orthonormal rows or columns, times a gain (Saxe et al. 2014); a convolution counts as [out, in · k²]. */
    static Initializer orthogonal(double gain) {
        return (random, fan, shape) -> {
            try (TensorScope scratch = TensorScope.open()) {
                long rows = shape[0];
                Tensor flat = random.normal(shape).reshape(rows, -1);
                boolean wide = flat.size(1) > rows;
                Linalg.QR factors = Linalg.qr(wide ? flat.transpose(0, 1) : flat);
                // The sign makes the distribution uniform over orthogonal matrices (Mezzadri 2007).
                long columns = factors.r().size(1);
                Tensor diagonal = factors.r()
                        .mul(Tensors.eye(columns, DType.FLOAT32))
                        .sum(false, 1)
                        .sign();
                Tensor orthogonal = factors.q().mul(diagonal);
                Tensor weight = (wide ? orthogonal.transpose(0, 1) : orthogonal).mul(gain);
                return scratch.promote(weight.reshape(shape).contiguous());
            }
        };
    }
}
