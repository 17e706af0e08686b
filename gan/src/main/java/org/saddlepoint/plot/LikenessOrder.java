package org.saddlepoint.plot;

import java.util.SplittableRandom;
import org.saddlepoint.input.Require;

/**
 * An order of images in which neighbours on a sheet look alike. It starts with a chain in which each image is followed by the
 * nearest of those that are left, laid out in alternating directions. Then pairs of images change places if that shortens the
 * sum of the distances between neighbours, across and down: first pairs at random, with some chance of a longer sum that goes
 * to 0 (simulated annealing; Kirkpatrick et al. 1983), then all pairs until no exchange helps. The random numbers are always
 * the same, so the order depends on nothing but the images.
 *
 * <p>Distances are Euclidean, between means over at most 8 × 8 blocks of pixels, so that a shift by one pixel counts little.
 */
public final class LikenessOrder {
    /** At most so many images are arranged: distances between all of them are kept. */
    public static final int MOST = 2048;

    private static final int BLOCKS = 8;
    private static final int MOST_SWEEPS = 50;
    private static final int MOST_PROPOSALS = 2_000_000;

    /** The first temperature, in mean distances between images. */
    private static final double WARM = 0.2;

    private final float[][] distances;
    private final int columns;
    private final int[] places;

    private LikenessOrder(float[][] distances, int columns) {
        this.distances = distances;
        this.columns = columns;
        this.places = new int[distances.length];
    }

    /**
     * Which image goes to which place of the sheet: the image at position i, row by row, is that of the i-th number.
     *
     * @param sheet the layout
     * @param pixels as of {@link SampleSheet#render}
     * @throws IllegalArgumentException if there are more than {@link #MOST}, or the number of pixels is wrong
     */
    public static int[] of(SampleSheet sheet, float[] pixels) {
        int count = sheet.count();
        Require.that(count <= MOST, "count", "at most " + MOST, count);
        int elements = sheet.channels() * sheet.height() * sheet.width();
        Require.that(pixels.length == (long) count * elements, "pixels", "of all images", pixels.length);
        float[][] blocks = new float[count][];
        for (int i = 0; i < count; i++) {
            blocks[i] = blocks(pixels, i * elements, sheet);
        }
        float[][] distances = new float[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                distances[i][j] = distance(blocks[i], blocks[j]);
                distances[j][i] = distances[i][j];
            }
        }
        LikenessOrder order = new LikenessOrder(distances, Math.min(sheet.columns(), count));
        order.chain();
        order.anneal();
        order.improve();
        return order.places;
    }

    private static float[] blocks(float[] pixels, int offset, SampleSheet sheet) {
        int rows = Math.min(BLOCKS, sheet.height());
        int across = Math.min(BLOCKS, sheet.width());
        float[] sums = new float[sheet.channels() * rows * across];
        int[] counts = new int[sums.length];
        int at = offset;
        for (int channel = 0; channel < sheet.channels(); channel++) {
            for (int y = 0; y < sheet.height(); y++) {
                for (int x = 0; x < sheet.width(); x++, at++) {
                    int block = (channel * rows + y * rows / sheet.height()) * across + x * across / sheet.width();
                    sums[block] += pixels[at];
                    counts[block]++;
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i];
        }
        return sums;
    }

    private static float distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }
        return (float) Math.sqrt(sum);
    }

    /** Begins with the image that is farthest from all others, so that it does not end as a leftover. */
    private void chain() {
        int count = places.length;
        boolean[] used = new boolean[count];
        int last = 0;
        double most = -1;
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (float distance : distances[i]) {
                sum += distance;
            }
            if (sum > most) {
                most = sum;
                last = i;
            }
        }
        for (int i = 0; i < count; i++) {
            used[last] = true;
            places[snake(i)] = last;
            int next = last;
            for (int other = 0; other < count; other++) {
                if (!used[other] && (used[next] || distances[last][other] < distances[last][next])) {
                    next = other;
                }
            }
            last = next;
        }
    }

    /** Every second row runs from right to left; the last, which may not be full, fills its places from the left. */
    private int snake(int index) {
        int row = index / columns;
        int inRow = Math.min(columns, places.length - row * columns);
        int column = index % columns;
        return row * columns + (row % 2 == 0 ? column : inRow - 1 - column);
    }

    private void anneal() {
        int count = places.length;
        double sum = 0;
        for (float[] row : distances) {
            for (float distance : row) {
                sum += distance;
            }
        }
        double warm = WARM * sum / ((double) count * count);
        int proposals = (int) Math.min(MOST_PROPOSALS, 100L * count * count);
        SplittableRandom random = new SplittableRandom(0);
        for (int proposal = 0; proposal < proposals; proposal++) {
            int i = random.nextInt(count);
            int j = random.nextInt(count);
            double before = around(i, j);
            swap(i, j);
            double longer = around(i, j) - before;
            double temperature = warm * (1 - (double) proposal / proposals);
            if (longer > 0 && random.nextDouble() >= Math.exp(-longer / temperature)) {
                swap(i, j);
            }
        }
    }

    private void improve() {
        boolean changed = true;
        for (int sweep = 0; changed && sweep < MOST_SWEEPS; sweep++) {
            changed = false;
            for (int i = 0; i < places.length; i++) {
                for (int j = i + 1; j < places.length; j++) {
                    double before = around(i, j);
                    swap(i, j);
                    if (around(i, j) < before - 1e-6) {
                        changed = true;
                    } else {
                        swap(i, j);
                    }
                }
            }
        }
    }

    private void swap(int i, int j) {
        int image = places[i];
        places[i] = places[j];
        places[j] = image;
    }

    /** The distances of two places to their neighbours. */
    private double around(int i, int j) {
        return around(i) + around(j);
    }

    private double around(int place) {
        int column = place % columns;
        double sum = column > 0 ? between(place, place - 1) : 0;
        sum += column < columns - 1 ? between(place, place + 1) : 0;
        return sum + between(place, place - columns) + between(place, place + columns);
    }

    private double between(int place, int other) {
        return other < 0 || other >= places.length ? 0 : distances[places[place]][places[other]];
    }
}
