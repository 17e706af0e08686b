package org.saddlepoint.nn;

import org.saddlepoint.tensor.Autocast;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Spectral normalization (Miyato et al. 2018, equation 8 and Algorithm 1): the weight divided by its largest singular
 * value, of its matrix [outputs, inputs · kernel].
 *
 * <pre>
 * u ← W v / ‖W v‖,   v ← Wᵀ u / ‖Wᵀ u‖     (in training, each time the weight is used)
 * σ = uᵀ W v,   W_SN = W / σ
 * </pre>
 *
 * <p>σ is differentiated with respect to W, with u and v constant, which is the derivative of the singular value once u
 * and v have converged. Parameter {@code original}, buffers {@code 0._u} [outputs] and {@code 0._v} [inputs · kernel].
 */
public final class SpectralNorm extends Parametrization {
    /** Norms below this count as this, as in Miyato et al.'s code. */
    public static final double EPSILON = 1e-12;

    private static final String U = "0._u";
    private static final String V = "0._v";

    private final Parameter original;
    private final int outputAxis;
    private final int iterations;

    /**
     * Begins at this weight, with u and v drawn from N(0, I).
     *
     * @param iterations power iterations each time the weight is used in training, at least 1
     * @param initialIterations power iterations now, at least 0
     */
    public SpectralNorm(Tensor weight, int outputAxis, int iterations, int initialIterations, RandomGenerator random) {
        this.outputAxis = outputAxis;
        this.iterations = iterations;
        original = parameter("original", weight);
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            Tensor matrix = WeightLayer.matrix(weight, outputAxis);
            buffer(U, normalized(random.normal(weight.dtype(), matrix.size(0)).to(weight.device())));
            buffer(V, normalized(random.normal(weight.dtype(), matrix.size(1)).to(weight.device())));
            iterate(matrix, initialIterations);
        }
    }

    @Override
    public Tensor weight() {
        Tensor weight = original.tensor();
        try (TensorScope scratch = TensorScope.open();
                Autocast full = Autocast.off(weight.device())) {
            Tensor matrix = WeightLayer.matrix(weight, outputAxis);
            if (isTraining()) {
                try (Autograd.Recording off = Autograd.noGrad()) {
                    iterate(matrix, iterations);
                }
            }
            // Copies: the graph must keep these values when the next use moves the buffers on.
            Tensor u = buffer(U).copy();
            Tensor v = buffer(V).copy();
            Tensor sigma = u.mul(matrix.matmul(v)).sum();
            return scratch.promote(weight.div(sigma));
        }
    }

    @Override
    public Tensor trained() {
        return original.tensor();
    }

    private void iterate(Tensor matrix, int times) {
        for (int i = 0; i < times; i++) {
            try (TensorScope scratch = TensorScope.open()) {
                buffer(U).assign(normalized(matrix.matmul(buffer(V))));
                buffer(V).assign(normalized(matrix.transpose(0, 1).matmul(buffer(U))));
            }
        }
    }

    private static Tensor normalized(Tensor vector) {
        return vector.div(vector.norm(0).clamp(EPSILON, Double.POSITIVE_INFINITY));
    }
}
