package org.saddlepoint.models;

import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Tensor;

/** G: maps latents to samples of the data's shape; images lie in [−1, 1]. */
public interface Generator extends Network {
    /**
     * Samples.
     *
     * @param latent z, [N, latent size]
     * @return [N, C, H, W] or, for points, [N, D]
     */
    Tensor forward(Tensor latent, Conditioning conditioning);
}
