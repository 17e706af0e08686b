package org.saddlepoint.cli;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.recipes.DataOptions;
import picocli.CommandLine.Option;

/** The option for the size that pictures are looked at or prepared in. */
final class TrainingSize {
    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Side in pixels that you train at (default: 64, or the pictures' own if all are equally"
                    + " large and smaller).")
    private @Nullable Integer size;

    boolean isGiven() {
        return size != null;
    }

    /** Pictures of this size; small ones are enlarged, so that they can be counted. */
    ImageFormat format() {
        ImageFormat any = ImageFormat.AS_STORED.withUpscale(true);
        if (size == null) {
            return any;
        }
        try {
            return any.withSize(size);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    /** Options for a data source. */
    static DataOptions options(ImageFormat format, long cacheBytes) {
        return new DataOptions(format, DataOptions.DEFAULT.points(), DataOptions.DEFAULT.seed(), cacheBytes);
    }
}
