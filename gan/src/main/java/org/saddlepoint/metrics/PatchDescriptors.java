package org.saddlepoint.metrics;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.data.SplitMix;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Random patches of 7×7 pixels of every level of the {@linkplain LaplacianPyramid Laplacian pyramids} of many images, as Karras et
 * al. (2018), section 5, compare them. The levels halve the sides as long as the shorter one has {@value #SMALLEST} pixels: as
 * published from 16 on, and with 14 for images of 28×28.
 *
 * <p>Where a patch lies follows from the seed and the image's number, whatever the order in which images come.
 */
public final class PatchDescriptors {
    /** Side of a patch in pixels. */
    public static final int PATCH = 7;

    /** No level has a shorter side, unless it is the image itself. */
    public static final int SMALLEST = 14;

    private final int images;
    private final int perImage;
    private final long seed;
    private final boolean[] filled;
    private final List<float[]> levels = new ArrayList<>();
    private int channels;

    /**
     * Room for patches.
     *
     * @param images at most
     * @param perImage patches of each level of an image
     * @param seed of the places of patches
     */
    public PatchDescriptors(int images, int perImage, long seed) {
        Require.atLeast(1, "images", images);
        Require.atLeast(1, "perImage", perImage);
        this.images = images;
        this.perImage = perImage;
        this.seed = seed;
        this.filled = new boolean[images];
    }

    /** Whether there is room for an image of this number. */
    public boolean holds(int index) {
        return index >= 0 && index < images;
    }

    /** How many levels an image of this size has. */
    public static int levels(int height, int width) {
        int count = 1;
        for (int side = (Math.min(height, width) + 1) / 2; side >= SMALLEST; side = (side + 1) / 2) {
            count++;
        }
        return count;
    }

    /**
     * Takes patches of an image.
     *
     * @param index its number, in [0, images); one that was there is replaced
     * @throws IllegalArgumentException if a side is under {@value #PATCH} pixels, or an image before had another size
     */
    public void add(int index, LaplacianPyramid.Level image) {
        Require.that(
                Math.min(image.height(), image.width()) >= PATCH,
                "images",
                "at least 7x7 pixels for patches",
                image.height() + "x" + image.width());
        List<LaplacianPyramid.Level> pyramid = LaplacianPyramid.of(image, levels(image.height(), image.width()));
        int size = image.channels() * PATCH * PATCH;
        if (levels.isEmpty()) {
            channels = image.channels();
            pyramid.forEach(level -> levels.add(new float[Math.multiplyExact(images * perImage, size)]));
        }
        Require.that(
                levels.size() == pyramid.size() && image.channels() == channels,
                "images",
                "of one size",
                image.height() + "x" + image.width() + " after others");
        SplitMix random = SplitMix.of(seed, index);
        for (int i = 0; i < pyramid.size(); i++) {
            LaplacianPyramid.Level level = pyramid.get(i);
            for (int patch = 0; patch < perImage; patch++) {
                int top = random.nextInt(level.height() - PATCH + 1);
                int left = random.nextInt(level.width() - PATCH + 1);
                copy(level, top, left, levels.get(i), (index * perImage + patch) * size);
            }
        }
        filled[index] = true;
    }

    private static void copy(LaplacianPyramid.Level level, int top, int left, float[] target, int offset) {
        int at = offset;
        for (int c = 0; c < level.channels(); c++) {
            for (int y = 0; y < PATCH; y++, at += PATCH) {
                int from = (c * level.height() + top + y) * level.width() + left;
                System.arraycopy(level.values(), from, target, at, PATCH);
            }
        }
    }

    /** Levels of the images that were added; 0 if there are none. */
    public int levels() {
        return levels.size();
    }

    /** Images that were added. */
    public int count() {
        int count = 0;
        for (boolean one : filled) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /** Channels of the images that were added. */
    public int channels() {
        return channels;
    }

    /**
     * The patches of a level, [n · perImage, channels · 49], image by image in the order of their numbers, in the current scope. Over all
     * of them each channel has mean 0 and deviation 1; a channel that is the same everywhere is 0.
     *
     * @param level 0 is the finest
     * @param most n, at most
     */
    public Tensor rows(int level, int most) {
        int row = channels * PATCH * PATCH;
        int block = perImage * row;
        int count = Math.min(most, count());
        float[] dense = new float[count * block];
        for (int image = 0, to = 0; to < count; image++) {
            if (filled[image]) { // not where an example was damaged
                System.arraycopy(levels.get(level), image * block, dense, to++ * block, block);
            }
        }
        for (int c = 0; c < channels; c++) {
            standardise(dense, row, c);
        }
        return Tensors.of(dense, (long) count * perImage, row);
    }

    private static void standardise(float[] rows, int row, int channel) {
        int area = PATCH * PATCH;
        double sum = 0;
        double squares = 0;
        for (int start = channel * area; start < rows.length; start += row) {
            for (int i = start; i < start + area; i++) {
                sum += rows[i];
                squares += (double) rows[i] * rows[i];
            }
        }
        double count = (double) rows.length / row * area;
        double mean = sum / count;
        double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
        double scale = deviation > 1e-6 ? 1 / deviation : 0;
        for (int start = channel * area; start < rows.length; start += row) {
            for (int i = start; i < start + area; i++) {
                rows[i] = (float) ((rows[i] - mean) * scale);
            }
        }
    }
}
