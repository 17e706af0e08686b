package org.saddlepoint;

import org.saddlepoint.training.Direction;
import org.saddlepoint.training.PictureTranslation;

/**
 * How a {@link TrainedTranslator} translates.
 *
 * @param direction which way
 * @param tile side of the largest square that is translated at once, in pixels; larger images are translated in overlapping
 *     tiles
 * @param seed of dropout, where the run uses its translators as in training
 */
public record TranslateOptions(Direction direction, int tile, long seed) {
    /** From A to B, in tiles of the usual size, with seed 0. */
    public static final TranslateOptions DEFAULT = of(Direction.A2B);

    /** This way, in tiles of the usual size, with seed 0. */
    public static TranslateOptions of(Direction direction) {
        return new TranslateOptions(direction, PictureTranslation.DEFAULT_TILE, 0);
    }

    /** The same in other tiles. */
    public TranslateOptions tile(int side) {
        return new TranslateOptions(direction, side, seed);
    }

    /** The same with another seed. */
    public TranslateOptions seed(long value) {
        return new TranslateOptions(direction, tile, value);
    }
}
