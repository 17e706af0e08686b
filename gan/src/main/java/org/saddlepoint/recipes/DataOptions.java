package org.saddlepoint.recipes;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.data.pairs.PairFormat;

/**
 * How a data source is opened. Each source uses what concerns it.
 *
 * @param imageFormat what images are made into
 * @param points how many points a synthetic source draws, at least 1
 * @param seed of the synthetic sources
 * @param cacheBytes memory for the decoded images of a folder or zip, at least 0
 * @param pairFormat what pairs of images are made into; empty where pairs are not wanted
 * @param links which are followed in folders of images
 */
public record DataOptions(
        ImageFormat imageFormat, int points, long seed, long cacheBytes, Optional<PairFormat> pairFormat, Links links) {

    /** Images as the source chooses; 100,000 synthetic points, as PacGAN (Lin et al., 2018) trains on, of seed 0. */
    public static final DataOptions DEFAULT =
            new DataOptions(ImageFormat.AS_STORED, 100_000, 0, ImageCollection.DEFAULT_CACHE_BYTES);

    private static final int IMAGE_AXES = 3;

    /**
     * Where pairs are not wanted, and no link out of a folder is followed.
     *
     * @throws IllegalArgumentException when a number is out of range
     */
    public DataOptions(ImageFormat imageFormat, int points, long seed, long cacheBytes) {
        this(imageFormat, points, seed, cacheBytes, Optional.empty(), Links.INSIDE);
    }

    /** @throws IllegalArgumentException when a number is out of range */
    public DataOptions {
        if (points < 1) {
            throw new IllegalArgumentException("points must be at least 1 but was " + points);
        }
        if (cacheBytes < 0) {
            throw new IllegalArgumentException("cacheBytes must be at least 0 but was " + cacheBytes);
        }
    }

    /** These options with another image format. */
    public DataOptions withImageFormat(ImageFormat format) {
        return new DataOptions(format, points, seed, cacheBytes, pairFormat, links);
    }

    /** These options with another seed for the synthetic sources. */
    public DataOptions withSeed(long newSeed) {
        return new DataOptions(imageFormat, points, newSeed, cacheBytes, pairFormat, links);
    }

    /** These options for pairs of images of this format, and nothing else. */
    public DataOptions withPairFormat(PairFormat format) {
        return new DataOptions(imageFormat, points, seed, cacheBytes, Optional.of(format), links);
    }

    /** These options with a choice of the links that are followed. */
    public DataOptions withLinks(Links followed) {
        return new DataOptions(imageFormat, points, seed, cacheBytes, pairFormat, followed);
    }

    /**
     * These options with the channels of a run, where they leave them to the source: what it assumes from a sample may be
     * another in a later version.
     *
     * @param shape of an example as {@code run.json} has it: channels, height and width, for pairs of A and then of B
     */
    public DataOptions withChannelsOf(List<Integer> shape) {
        if (shape.size() == IMAGE_AXES && imageFormat.channels().isEmpty()) {
            return withImageFormat(imageFormat.withChannels(shape.get(0)));
        }
        return shape.size() == 2 * IMAGE_AXES && pairFormat.isPresent()
                ? withPairFormat(pairFormat.get().withChannels(shape.get(0), shape.get(IMAGE_AXES)))
                : this;
    }
}
