package org.saddlepoint.models;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.tensor.Shape;

/** What generators and discriminators of Radford et al. (2016) share: how sides and channels go with each halving. */
final class Dcgan {
    /** Slope of the discriminator's LeakyReLU (Radford et al. 2016, section 4). */
    static final double SLOPE = 0.2;

    /** Channels stop doubling at this multiple of the width, which is where the paper's networks for 64 pixels end. */
    private static final int MAX_MULTIPLE = 8;

    /**
     * From this many images on, channels innermost in memory make a training step on a CPU faster, by about a tenth at 64;
     * at 4 the gradients of the weights, which then lie so too and must be copied, cost half as much again.
     */
    private static final int CHANNELS_LAST_FROM = 32;

    private Dcgan() {}

    /** How often the side is halved: while it is even and half of it is at least 4 pixels. */
    static int halvings(Shape sample) {
        if (sample.rank() != 3 || sample.size(1) != sample.size(2)) {
            throw new IllegalArgumentException("this network needs square images [C, S, S] but the data is " + sample
                    + "; for points use the recipe gan-points or another whose name ends so");
        }
        long side = sample.size(1);
        int halvings = 0;
        while (side % 2 == 0 && side / 2 >= 4) {
            side /= 2;
            halvings++;
        }
        if (halvings == 0) {
            throw new IllegalArgumentException(
                    "this network needs images whose side is even and at least 8 pixels, such"
                            + " as 28, 32, 48 or 64, but it was " + side + "; set images.size to one of them, and"
                            + " images.upscale to true if the images are smaller");
        }
        return halvings;
    }

    /** Whether a batch of this many images is best laid out with channels innermost in memory. */
    static boolean prefersChannelsLast(long images) {
        return images >= CHANNELS_LAST_FROM;
    }

    /** Channels after this many halvings, 1 or more, of a network with so many at half the image's side. */
    static int channels(int width, int halving) {
        return width * Math.min(1 << (halving - 1), MAX_MULTIPLE);
    }

    /** Channels of the features of a network of this width, by their side. */
    static Map<Integer, Integer> channelsBySide(Shape sample, int width, int halvings) {
        Map<Integer, Integer> channels = new LinkedHashMap<>();
        for (int halving = 1; halving <= halvings; halving++) {
            channels.put((int) sample.size(1) >> halving, channels(width, halving));
        }
        return channels;
    }
}
