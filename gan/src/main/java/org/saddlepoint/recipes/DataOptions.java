package org.saddlepoint.recipes;

import java.util.Optional;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.pairs.PairFormat;

/**
 * How a data source is opened. Each source uses what concerns it.
 *
 * @param imageFormat what images are made into
 * @param points how many points a synthetic source draws, at least 1
 * @param seed of the synthetic sources
 * @param cacheBytes memory for the decoded images of a folder or zip, at least 0
 * @param pairFormat what pairs of images are made into; empty where pairs are not wanted
 */
public record DataOptions(
        ImageFormat imageFormat, int points, long seed, long cacheBytes, Optional<PairFormat> pairFormat) {

    /** Images as the source chooses; 100,000 synthetic points, as PacGAN (Lin et al., 2018) trains on, of seed 0. */
    public static final DataOptions DEFAULT =
            new DataOptions(ImageFormat.AS_STORED, 100_000, 0, ImageCollection.DEFAULT_CACHE_BYTES);

    /**
     * Where pairs are not wanted.
     *
     * @throws IllegalArgumentException when a number is out of range
     */
    public DataOptions(ImageFormat imageFormat, int points, long seed, long cacheBytes) {
        this(imageFormat, points, seed, cacheBytes, Optional.empty());
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
        return new DataOptions(format, points, seed, cacheBytes, pairFormat);
    }

    /** These options with another seed for the synthetic sources. */
    public DataOptions withSeed(long newSeed) {
        return new DataOptions(imageFormat, points, newSeed, cacheBytes, pairFormat);
    }

    /** These options for pairs of images of this format, and nothing else. */
    public DataOptions withPairFormat(PairFormat format) {
        return new DataOptions(imageFormat, points, seed, cacheBytes, Optional.of(format));
    }
}
