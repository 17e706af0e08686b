package org.saddlepoint.constraints;

import org.saddlepoint.input.Require;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.SpectralNorm;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Spectral normalization of every layer of D (SN-GAN; Miyato et al. 2018): each weight is divided by its largest singular
 * value, so that each layer is 1-Lipschitz; see {@link SpectralNorm}.
 *
 * @param iterations power iterations each time a weight is used in training, at least 1; 1 in the paper
 * @param initialIterations power iterations at the start, at least 0: 0 in the authors' code, 15 in PyTorch's
 */
public record SpectralNormalization(int iterations, int initialIterations) implements Constraint {
    public SpectralNormalization {
        Require.atLeast(1, "iterations", iterations);
        Require.atLeast(0, "initialIterations", initialIterations);
    }

    @Override
    public Discriminator apply(Discriminator discriminator, Shape sample, RandomGenerator random) {
        Layers.parametrize(
                discriminator,
                "spectral normalization",
                (weight, outputAxis) -> new SpectralNorm(weight, outputAxis, iterations, initialIterations, random));
        return discriminator;
    }
}
