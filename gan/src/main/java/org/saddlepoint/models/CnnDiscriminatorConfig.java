package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * The "standard CNN" discriminators of SN-GAN (Miyato et al. 2018, appendix B.4, table 3) and GN-GAN (Wu et al. 2021) for square
 * images: 3×3 convolutions and 4×4 ones of stride 2 take turns. They have no normalization layers; a constraint is added from
 * outside.
 *
 * @param width channels at the image's side; twice as many with each halving: 64 to 512 in the papers
 * @param activation behind each convolution: LeakyReLU in the papers; others are an ablation of GN-GAN's
 * @param slope of LeakyReLU: 0.1 in the papers
 * @param weights how all layers start
 */
public record CnnDiscriminatorConfig(int width, Nonlinearity activation, double slope, InitialWeights weights)
        implements DiscriminatorConfig {
    public CnnDiscriminatorConfig {
        Require.atLeast(1, "width", width);
        if (!(slope >= 0 && slope < 1)) {
            throw new IllegalArgumentException("slope must be in [0, 1) but was " + slope);
        }
    }

    @Override
    public CnnDiscriminator create(Shape sample, RandomGenerator random) {
        return new CnnDiscriminator(this, sample, random);
    }

    @Override
    public long keptForBackward(Shape sample) {
        int halvings = Cnn.halvings(sample);
        long side = sample.size(1);
        long numbers = width * side * side;
        for (int halving = 1; halving <= halvings; halving++) {
            side /= 2;
            numbers += 2 * ((long) width << halving) * side * side;
        }
        return numbers;
    }
}
