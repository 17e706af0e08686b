package org.saddlepoint.models;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Discriminators of R3GAN (Huang et al. 2024, section 3 and appendix) for square images: residual blocks without normalization at each
 * side from a base of 4 or more.
 *
 * @param width channels at the image's side
 * @param maxWidth channels double with each halving of the side, up to this
 * @param blocks residual blocks a side; 2 in the paper
 * @param groupChannels channels of each group of the 3×3 convolutions; 16 in the paper for CIFAR-10 and FFHQ
 */
public record R3GanDiscriminatorConfig(int width, int maxWidth, int blocks, int groupChannels)
        implements DiscriminatorConfig {
    public R3GanDiscriminatorConfig {
        new R3Gan(width, maxWidth, blocks, groupChannels); // checks
    }

    @Override
    public R3GanDiscriminator create(Shape sample, RandomGenerator random) {
        return new R3GanDiscriminator(new R3Gan(width, maxWidth, blocks, groupChannels), sample, random);
    }

    @Override
    public long keptForBackward(Shape sample) {
        R3Gan settings = new R3Gan(width, maxWidth, blocks, groupChannels);
        long side = sample.size(1);
        long numbers = 0;
        for (int halvings = 0; halvings < settings.sides(sample); halvings++) {
            numbers += blocks * (2L * R3Gan.EXPANSION + 1) * settings.channels(halvings) * side * side;
            side /= 2;
        }
        return numbers;
    }
}
