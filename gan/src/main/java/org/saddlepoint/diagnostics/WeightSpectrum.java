package org.saddlepoint.diagnostics;

import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Largest singular values of a network's weights, by power iteration from the same vector each time, so that a reading does not depend
 * on earlier ones, which a resumed run has not made.
 *
 * <pre>v ← Wᵀ(W v) / ‖Wᵀ(W v)‖,   σ₁ ≈ ‖W v‖</pre>
 */
final class WeightSpectrum {
    private static final int ITERATIONS = 10;
    private static final long SEED = 0x5ade;

    private double largest;
    private double leastStableRank = Double.POSITIVE_INFINITY;

    private WeightSpectrum() {}

    /** Measures the weights with which the layers work; to be called where that may change buffers. */
    static WeightSpectrum of(Network network) {
        WeightSpectrum spectrum = new WeightSpectrum();
        try (RandomGenerator random = new RandomGenerator(SEED)) {
            for (WeightLayer layer : network.modules(WeightLayer.class).values()) {
                if (!layer.isTable()) {
                    try (TensorScope scratch = TensorScope.open()) {
                        spectrum.add(layer.matrix().detach(), random);
                    }
                }
            }
        }
        return spectrum;
    }

    private void add(Tensor matrix, RandomGenerator random) {
        Tensor v = random.normal(matrix.size(1), 1).to(matrix.device()).to(matrix.dtype());
        Tensor product = matrix.matmul(v);
        for (int i = 0; i < ITERATIONS; i++) {
            v = unit(matrix.transpose(0, 1).matmul(product));
            product = matrix.matmul(v);
        }
        double sigma = product.square().sum().sqrt().item();
        double frobenius = matrix.square().sum().item();
        largest = Math.max(largest, sigma);
        if (sigma > 0 && matrix.size(0) > 1) {
            leastStableRank = Math.min(leastStableRank, frobenius / (sigma * sigma));
        }
    }

    private static Tensor unit(Tensor vector) {
        return vector.div(vector.square().sum().sqrt().add(1e-12));
    }

    double largest() {
        return largest;
    }

    double leastStableRank() {
        return leastStableRank;
    }
}
