package org.saddlepoint.metrics;

import org.saddlepoint.tensor.Tensor;

/** How different two images look, pair by pair. */
@FunctionalInterface
public interface FeatureDistance {
    /**
     * The distance of each image to its partner; for path lengths it must be quadratic in small differences, as LPIPS and
     * squared distances of features are.
     *
     * @param first [N, …]
     * @param second of the same shape
     * @return [N], at least 0
     */
    Tensor between(Tensor first, Tensor second);
}
