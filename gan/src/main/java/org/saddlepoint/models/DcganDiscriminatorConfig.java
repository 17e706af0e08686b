package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Discriminators of Radford et al. (2016) for square images: the side is halved down to a base of 4 or more, with one
 * strided convolution a halving, and the channels double with each.
 *
 * @param width channels next to the image, at half its side; 128 in the paper
 * @param normalization behind all convolutions but the first and the last; batch in the paper
 * @param attention sides at which a {@link org.saddlepoint.nn.SelfAttention} stands before the next halving
 */
public record DcganDiscriminatorConfig(int width, Normalization normalization, List<Integer> attention)
        implements DiscriminatorConfig {
    public DcganDiscriminatorConfig {
        Require.atLeast(1, "width", width);
        attention = Attention.requireSides(attention);
    }

    /** Without attention. */
    public DcganDiscriminatorConfig(int width, Normalization normalization) {
        this(width, normalization, List.of());
    }

    @Override
    public DcganDiscriminator create(Shape sample, RandomGenerator random) {
        return new DcganDiscriminator(this, sample, random);
    }

    @Override
    public long keptForBackward(Shape sample) {
        int halvings = Dcgan.halvings(sample);
        long side = sample.size(1);
        long numbers = 0;
        for (int halving = 1; halving <= halvings; halving++) {
            side /= 2;
            numbers += Dcgan.channels(width, halving) * side * side;
        }
        return numbers;
    }
}
