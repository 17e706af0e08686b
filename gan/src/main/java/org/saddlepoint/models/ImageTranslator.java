package org.saddlepoint.models;

import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Tensor;

/** G of pix2pix and CycleGAN: maps images of one domain to images of another, as large. */
public interface ImageTranslator extends Network {
    /**
     * The images in the other domain.
     *
     * @param images [N, C, H, W] in [−1, 1]
     * @return [N, C′, H, W] in [−1, 1]
     * @throws IllegalArgumentException if channels or sides do not fit the network; see {@link TranslatorConfig#requireSides}
     */
    Tensor translate(Tensor images);
}
