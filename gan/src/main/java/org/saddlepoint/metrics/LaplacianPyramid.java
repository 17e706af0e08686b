package org.saddlepoint.metrics;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.input.Require;

/**
 * The Laplacian pyramid of Burt and Adelson (1983): what each halving of an image's size takes away, from fine to coarse, and last
 * what is left.
 *
 * <pre>g₁ = image,  g_{l+1} = down(g_l),  L_l = g_l − up(g_{l+1}),  L_last = g_last</pre>
 *
 * Both steps filter with (1, 4, 6, 4, 1) / 16 along each axis; borders are mirrored at the outermost pixel.
 */
public final class LaplacianPyramid {
    private static final float[] KERNEL = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};
    private static final int RADIUS = 2;

    private LaplacianPyramid() {}

    /**
     * An image, or a level of one.
     *
     * @param values channel by channel, row by row
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    public record Level(float[] values, int channels, int height, int width) {
        public Level {
            Require.atLeast(1, "channels", channels);
            Require.atLeast(1, "height", height);
            Require.atLeast(1, "width", width);
            Require.that(
                    values.length == (long) channels * height * width,
                    "values",
                    "as many as channels × height × width",
                    values.length);
        }
    }

    /**
     * The levels, the finest first.
     *
     * @param count of levels, at least 1; with 1 the image itself
     * @throws IllegalArgumentException if a level below the last would have a side under 3
     */
    public static List<Level> of(Level image, int count) {
        Require.atLeast(1, "levels", count);
        List<Level> levels = new ArrayList<>();
        Level gaussian = image;
        for (int i = 1; i < count; i++) {
            Require.that(
                    Math.min(gaussian.height(), gaussian.width()) >= RADIUS + 1,
                    "sides",
                    "at least 3 to be halved",
                    gaussian.height() + "x" + gaussian.width());
            Level smaller = down(gaussian);
            levels.add(minus(gaussian, up(smaller, gaussian.height(), gaussian.width())));
            gaussian = smaller;
        }
        levels.add(gaussian);
        return levels;
    }

    private static Level minus(Level a, Level b) {
        float[] difference = new float[a.values().length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = a.values()[i] - b.values()[i];
        }
        return new Level(difference, a.channels(), a.height(), a.width());
    }

    /** Every other row and column of the filtered level; sides are rounded up. */
    private static Level down(Level level) {
        Level filtered = filtered(level, 1);
        int height = (level.height() + 1) / 2;
        int width = (level.width() + 1) / 2;
        float[] values = new float[level.channels() * height * width];
        for (int i = 0; i < values.length; i++) {
            int x = i % width;
            int y = i / width % height;
            int c = i / width / height;
            values[i] = filtered.values()[(c * level.height() + 2 * y) * level.width() + 2 * x];
        }
        return new Level(values, level.channels(), height, width);
    }

    /** Zeros between rows and columns, filtered with twice the weight along each axis. */
    private static Level up(Level level, int height, int width) {
        float[] sparse = new float[level.channels() * height * width];
        for (int i = 0; i < level.values().length; i++) {
            int x = i % level.width();
            int y = i / level.width() % level.height();
            int c = i / level.width() / level.height();
            sparse[(c * height + 2 * y) * width + 2 * x] = level.values()[i];
        }
        return filtered(new Level(sparse, level.channels(), height, width), 2);
    }

    private static Level filtered(Level level, int gain) {
        int height = level.height();
        int width = level.width();
        float[] rows = new float[level.values().length];
        float[] both = new float[rows.length];
        for (int line = 0; line < level.channels() * height; line++) {
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int k = -RADIUS; k <= RADIUS; k++) {
                    sum += KERNEL[k + RADIUS] * level.values()[line * width + mirrored(x + k, width)];
                }
                rows[line * width + x] = gain * sum;
            }
        }
        for (int i = 0; i < both.length; i++) {
            int y = i / width % height;
            int column = i - y * width;
            float sum = 0;
            for (int k = -RADIUS; k <= RADIUS; k++) {
                sum += KERNEL[k + RADIUS] * rows[column + mirrored(y + k, height) * width];
            }
            both[i] = gain * sum;
        }
        return new Level(both, level.channels(), height, width);
    }

    private static int mirrored(int i, int size) {
        return i < 0 ? -i : i >= size ? 2 * size - 2 - i : i;
    }
}
