package org.saddlepoint.benchmarks;

import java.util.Locale;
import org.saddlepoint.input.Require;

/**
 * How large a step of the DCGAN is, and on how many cores it runs.
 *
 * @param batch real images a step
 * @param width channels of the networks next to the image
 * @param side of the images in pixels
 * @param threads cores that an operation may use
 */
public record DcganSize(int batch, int width, int side, int threads) {
    public DcganSize {
        Require.atLeast(1, "batch", batch);
        Require.atLeast(1, "width", width);
        Require.atLeast(8, "side", side);
        Require.atLeast(1, "threads", threads);
    }

    /** What of it is varied. */
    public enum Knob {
        BATCH,
        WIDTH,
        SIDE,
        THREADS;

        /** As tables have it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same with another batch, width, side, or number of threads. */
    DcganSize with(Knob knob, int value) {
        return switch (knob) {
            case BATCH -> new DcganSize(value, width, side, threads);
            case WIDTH -> new DcganSize(batch, value, side, threads);
            case SIDE -> new DcganSize(batch, width, value, threads);
            case THREADS -> new DcganSize(batch, width, side, value);
        };
    }
}
