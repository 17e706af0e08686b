package org.saddlepoint.clustering;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the nearest of many vectors by computing all distances, in blocks that fit the cache. Results are exact for distances in
 * float32 and do not depend on the number of threads; of equally near vectors the first ones count.
 */
final class NearestNeighbours {
    /** Vectors of a block: with 64 numbers each it has 64 KiB. */
    private static final int BLOCK = 256;

    /** Queries that a thread takes at once. */
    private static final int QUERIES = 64;

    private final Rows base;
    /** Blocks of [columns, BLOCK]: the inner loop runs over vectors, which the compiler vectorizes. */
    private final float[] blocks;

    NearestNeighbours(Rows base) {
        this.base = base;
        int columns = base.columns();
        int count = (base.count() + BLOCK - 1) / BLOCK;
        this.blocks = new float[Math.multiplyExact(Math.multiplyExact(count, columns), BLOCK)];
        for (int row = 0; row < base.count(); row++) {
            int block = row / BLOCK * columns * BLOCK + row % BLOCK;
            for (int k = 0; k < columns; k++) {
                blocks[block + k * BLOCK] = base.values()[row * columns + k];
            }
        }
    }

    /**
     * The nearest other vectors of each of the vectors themselves.
     *
     * @param count how many; must be below the number of vectors
     * @param progress is told how many vectors are done
     * @return [N][count], nearest first
     */
    int[][] ofThemselves(int count, Ticks progress) {
        return search(base, count, true, progress);
    }

    /**
     * The nearest vectors of each of others.
     *
     * @return [queries][count], nearest first
     */
    int[][] of(Rows queries, int count, Ticks progress) {
        return search(queries, count, false, progress);
    }

    private int[][] search(Rows queries, int count, boolean themselves, Ticks progress) {
        int candidates = base.count() - (themselves ? 1 : 0);
        if (count < 1 || count > candidates) {
            throw new IllegalArgumentException(
                    "count must be in [1, " + candidates + "], the number of other vectors, but was " + count);
        }
        int[][] nearest = new int[queries.count()][];
        IntStream.range(0, (queries.count() + QUERIES - 1) / QUERIES).parallel().forEach(chunk -> {
            int first = chunk * QUERIES;
            int end = Math.min(queries.count(), first + QUERIES);
            Nearest[] found = new Nearest[end - first];
            for (int i = 0; i < found.length; i++) {
                found[i] = new Nearest(count, themselves ? first + i : -1);
            }
            float[] distances = new float[BLOCK];
            for (int start = 0; start < base.count(); start += BLOCK) {
                int width = Math.min(BLOCK, base.count() - start);
                for (int i = 0; i < found.length; i++) {
                    distances(queries, first + i, start / BLOCK, distances);
                    found[i].offer(distances, start, width);
                }
            }
            for (int i = 0; i < found.length; i++) {
                nearest[first + i] = found[i].indices;
            }
            progress.add(end - first);
        });
        return nearest;
    }

    private void distances(Rows queries, int query, int block, float[] sums) {
        int columns = base.columns();
        float[] values = queries.values();
        int at = queries.at(query);
        int from = block * columns * BLOCK;
        Arrays.fill(sums, 0);
        int k = 0;
        for (; k + 4 <= columns; k += 4) {
            addFour(sums, values, at + k, from + k * BLOCK);
        }
        for (; k < columns; k++) {
            float a = values[at + k];
            for (int j = 0; j < BLOCK; j++) {
                float d = a - blocks[from + k * BLOCK + j];
                sums[j] += d * d;
            }
        }
    }

    /** Four numbers at once, which saves three of four times that the sums are read and written. */
    private void addFour(float[] sums, float[] values, int at, int from) {
        float a = values[at];
        float b = values[at + 1];
        float c = values[at + 2];
        float d = values[at + 3];
        for (int j = 0; j < BLOCK; j++) {
            float p = a - blocks[from + j];
            float q = b - blocks[from + j + BLOCK];
            float r = c - blocks[from + j + 2 * BLOCK];
            float s = d - blocks[from + j + 3 * BLOCK];
            sums[j] += p * p + q * q + (r * r + s * s);
        }
    }

    /** The nearest so far of one query, sorted. */
    private static final class Nearest {
        private final int[] indices;
        private final float[] distances;
        private final int self;

        Nearest(int count, int self) {
            this.indices = new int[count];
            this.distances = new float[count];
            this.self = self;
            Arrays.fill(distances, Float.POSITIVE_INFINITY);
            Arrays.fill(indices, -1);
        }

        void offer(float[] offered, int start, int width) {
            int last = distances.length - 1;
            for (int j = 0; j < width; j++) {
                if (offered[j] < distances[last] && start + j != self) {
                    insert(offered[j], start + j);
                }
            }
        }

        private void insert(float distance, int index) {
            int place = distances.length - 1;
            while (place > 0 && distances[place - 1] > distance) {
                distances[place] = distances[place - 1];
                indices[place] = indices[place - 1];
                place--;
            }
            distances[place] = distance;
            indices[place] = index;
        }
    }
}
