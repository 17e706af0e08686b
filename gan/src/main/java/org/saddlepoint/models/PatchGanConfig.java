package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Settings of PatchGAN (Isola et al. 2017, section 3.2.2), a discriminator that says of each patch of an image whether it is
 * real. Its depth is the size of the patches: 0 layers see 1×1 pixels, 1, 2, 3, 4 and 5 see 16, 34, 70, 142 and 286.
 *
 * @param layers how many convolutions halve the side, in [0, 16]; 0 is PixelGAN, of 1×1 convolutions
 * @param width channels of the first convolution; they double with the next, up to 8 times
 * @param normalization behind all convolutions but the first and the last
 * @param weights how all layers start
 */
public record PatchGanConfig(int layers, int width, Normalization normalization, InitialWeights weights)
        implements DiscriminatorConfig {

    private static final int MAX_LAYERS = 16;
    private static final int MAX_MULTIPLE = 8;

    public PatchGanConfig {
        Require.that(layers >= 0 && layers <= MAX_LAYERS, "layers", "in [0, " + MAX_LAYERS + "]", layers);
        Require.atLeast(1, "width", width);
    }

    /** {@inheritDoc} The images may have any sides that are large enough; where it sees pairs, channels are of both. */
    @Override
    public PatchGanDiscriminator create(Shape sample, RandomGenerator random) {
        if (sample.rank() != 3) {
            throw new IllegalArgumentException("a PatchGAN needs images [C, H, W] but the data is " + sample);
        }
        return create((int) sample.size(0), random);
    }

    /** A discriminator of images of this many channels and any sides. */
    public PatchGanDiscriminator create(int channels, RandomGenerator random) {
        return new PatchGanDiscriminator(this, channels, random);
    }

    /** Side in pixels of what a logit depends on: r ← (r − 1) · stride + kernel, from the last convolution to the first. */
    public int receptiveField() {
        int field = 1;
        List<ConvConfig> convolutions = convolutions(1);
        for (int i = convolutions.size() - 1; i >= 0; i--) {
            field = (field - 1) * convolutions.get(i).stride()
                    + convolutions.get(i).kernel();
        }
        return field;
    }

    /** Side of the map of logits of images of this side, or less than 1 where they are too small. */
    public long mapSide(long side) {
        for (ConvConfig convolution : convolutions(1)) {
            side = Math.floorDiv(side + 2L * convolution.padding() - convolution.kernel(), convolution.stride()) + 1;
        }
        return side;
    }

    /** Smallest side in pixels of square images that it can take. */
    public int smallest() {
        int side = 1;
        while (mapSide(side) < 1) {
            side++;
        }
        return side;
    }

    /** All convolutions, from the images to the logits. */
    List<ConvConfig> convolutions(int channels) {
        boolean biased = normalization.biasBefore();
        if (layers == 0) {
            return List.of(
                    ConvConfig.of(channels, width, 1),
                    new ConvConfig(width, 2 * width, 1, 1, 0, biased),
                    new ConvConfig(2 * width, 1, 1, 1, 0, biased));
        }
        List<ConvConfig> convolutions = new ArrayList<>();
        convolutions.add(new ConvConfig(channels, width, 4, 2, 1, true));
        for (int i = 1; i <= layers; i++) {
            convolutions.add(new ConvConfig(widened(i - 1), widened(i), 4, i < layers ? 2 : 1, 1, biased));
        }
        convolutions.add(new ConvConfig(widened(layers), 1, 4, 1, 1, true));
        return convolutions;
    }

    private int widened(int layer) {
        return width * Math.min(1 << layer, MAX_MULTIPLE);
    }
}
