package org.saddlepoint.models;

import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.SpectralNorm;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.tensor.RandomGenerator;

/**
 * Spectral normalization that belongs to a network, as in generators of SAGAN and BigGAN and in FastGAN, where batch normalization is beside
 * it; that of other discriminators is a constraint.
 */
final class Spectral {
    private Spectral() {}

    /**
     * Divides the weight of every layer by its largest singular value from now on, but for tables of classes: with those
     * normalized too BigGAN's authors saw worse samples (Brock et al. 2019, authors' code).
     */
    static void normalize(Network network, RandomGenerator random) {
        for (WeightLayer layer : network.modules(WeightLayer.class).values()) {
            if (!layer.isTable()) {
                layer.parametrize((weight, outputAxis) -> new SpectralNorm(weight, outputAxis, 1, 0, random));
            }
        }
    }
}
