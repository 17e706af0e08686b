package org.saddlepoint.training;

import java.util.function.UnaryOperator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Translates pictures of any size.
 *
 * <ul>
 *   <li>Sides are mirrored outwards to the next multiple that the translator takes, and the margin is cut off again.
 *   <li>What is larger than a tile is translated in tiles that overlap by a quarter; in the overlap one fades into the other.
 *       Normalization by the statistics of a picture is then by those of a tile.
 * </ul>
 */
public final class PictureTranslation {
    /** Side of a tile unless the user says otherwise, in pixels. */
    public static final int DEFAULT_TILE = 1024;

    private final UnaryOperator<Tensor> translator;
    private final int multiple;
    private final int smallest;
    private final int tile;

    /**
     * @param translator from [1, C, H, W] to [1, C', H, W], both in [−1, 1]
     * @param multiple what H and W must be multiples of
     * @param smallest what they must be at least, a multiple
     * @param tile side of the largest square that is translated at once, in pixels, at least the smallest; rounded down to
     *     a multiple
     */
    public PictureTranslation(UnaryOperator<Tensor> translator, int multiple, int smallest, int tile) {
        if (tile < smallest) {
            throw new IllegalArgumentException("tile must be >= " + smallest + " for this translator but was " + tile);
        }
        this.translator = translator;
        this.multiple = multiple;
        this.smallest = smallest;
        this.tile = tile / multiple * multiple;
    }

    /**
     * Translates one picture.
     *
     * @param values [C, height, width] in [−1, 1]
     * @return [C', height, width] in [−1, 1]
     */
    public float[] translate(float[] values, int channels, int height, int width) {
        int[] tops = starts(height);
        int[] lefts = starts(width);
        int tileHeight = side(height);
        int tileWidth = side(width);
        float[] sums = new float[0];
        float[] weights = new float[height * width];
        for (int top : tops) {
            float[] down = ramp(tileHeight, top > 0, top < tops[tops.length - 1]);
            for (int left : lefts) {
                float[] across = ramp(tileWidth, left > 0, left < lefts[lefts.length - 1]);
                float[] part = once(
                        cut(values, channels, height, width, top, left, tileHeight, tileWidth),
                        channels,
                        tileHeight,
                        tileWidth);
                int outputs = part.length / (tileHeight * tileWidth);
                if (sums.length == 0) {
                    sums = new float[Math.multiplyExact(outputs, height * width)];
                }
                for (int y = 0; y < tileHeight && top + y < height; y++) {
                    for (int x = 0; x < tileWidth && left + x < width; x++) {
                        float weight = down[y] * across[x];
                        int at = (top + y) * width + left + x;
                        weights[at] += weight;
                        for (int c = 0; c < outputs; c++) {
                            sums[c * height * width + at] += weight * part[(c * tileHeight + y) * tileWidth + x];
                        }
                    }
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= weights[i % weights.length];
        }
        return sums;
    }

    private float[] once(float[] values, int channels, int height, int width) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor picture = Tensors.of(values, 1, channels, height, width);
            return translator.apply(picture).toFloatArray();
        }
    }

    /** Side of the tiles of a picture of this side. */
    private int side(int length) {
        return Math.max(smallest, Math.min(tile, (length + multiple - 1) / multiple * multiple));
    }

    /** Where tiles begin; the last ends where the picture does, or behind it where one is enough. */
    private int[] starts(int length) {
        if (length <= tile) {
            return new int[] {0};
        }
        int stride = tile - tile / 4;
        int count = 1 + (length - tile + stride - 1) / stride;
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = Math.min(i * stride, length - tile);
        }
        return starts;
    }

    /** Weights along one side of a tile: 1, fading over the overlap where another tile lies. */
    private static float[] ramp(int length, boolean before, boolean behind) {
        int overlap = length / 4;
        float[] ramp = new float[length];
        for (int i = 0; i < length; i++) {
            float rising = before ? Math.min(1, (i + 1f) / (overlap + 1)) : 1;
            float falling = behind ? Math.min(1, (float) (length - i) / (overlap + 1)) : 1;
            ramp[i] = rising * falling;
        }
        return ramp;
    }

    private static float[] cut(
            float[] values, int channels, int height, int width, int top, int left, int tileHeight, int tileWidth) {
        float[] part = new float[channels * tileHeight * tileWidth];
        for (int c = 0, at = 0; c < channels; c++) {
            for (int y = 0; y < tileHeight; y++) {
                int row = (c * height + mirrored(top + y, height)) * width;
                for (int x = 0; x < tileWidth; x++, at++) {
                    part[at] = values[row + mirrored(left + x, width)];
                }
            }
        }
        return part;
    }

    /** 0 1 2 3 2 1 0 1 … for a length of 4. */
    static int mirrored(int index, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int within = index % period;
        return within < length ? within : period - within;
    }
}
