package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * The "standard CNN" generators of SN-GAN (Miyato et al. 2018, appendix B.4, table 3) and GN-GAN (Wu et al. 2021) for square
 * images: a linear layer makes a small image, up to three 4×4 transposed convolutions of stride 2 double its side, and a 3×3
 * convolution ends it.
 *
 * @param width channels at the image's side; twice as many with each halving: 64 to 512 in the papers
 * @param weights how all layers start
 */
public record CnnGeneratorConfig(int width, InitialWeights weights) implements GeneratorConfig {
    public CnnGeneratorConfig {
        Require.atLeast(1, "width", width);
    }

    @Override
    public CnnGenerator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return new CnnGenerator(this, latent, condition, sample, random);
    }
}
