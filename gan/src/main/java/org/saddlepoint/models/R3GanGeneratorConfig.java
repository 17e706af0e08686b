package org.saddlepoint.models;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Generators of R3GAN (Huang et al. 2024, section 3 and appendix) for square images: residual blocks without normalization at each
 * side from a base of 4 or more.
 *
 * @param width channels at the image's side
 * @param maxWidth channels double with each halving of the side, up to this
 * @param blocks residual blocks a side; 2 in the paper
 * @param groupChannels channels of each group of the 3×3 convolutions; 16 in the paper for CIFAR-10 and FFHQ
 */
public record R3GanGeneratorConfig(int width, int maxWidth, int blocks, int groupChannels) implements GeneratorConfig {
    public R3GanGeneratorConfig {
        new R3Gan(width, maxWidth, blocks, groupChannels); // checks
    }

    @Override
    public R3GanGenerator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return new R3GanGenerator(new R3Gan(width, maxWidth, blocks, groupChannels), latent, condition, sample, random);
    }
}
