package org.saddlepoint.data.inspection;

import java.util.Arrays;

/**
 * Finds all vectors within a distance of a given one without comparing with each: a k-d tree (Bentley 1975), built once.
 */
final class NeighbourTree {
    /** Takes what is found. */
    @FunctionalInterface
    interface Found {
        /** @param squaredDistance from the vector that was asked for */
        void accept(int index, float squaredDistance);
    }

    private static final int LEAF = 16;

    private final float[][] points;
    private final int length; // of each point
    private final int[] order; // of the points; each subtree is a range, split at its middle
    private final byte[] axes; // by the middle of the range
    private final float[] values; // of the points in this order, since most time goes into fetching them

    /** @param points of equal length, a multiple of 4 below 128 */
    NeighbourTree(float[][] points) {
        this.points = points;
        this.length = points.length == 0 ? 0 : points[0].length;
        this.order = new int[points.length];
        Arrays.setAll(order, i -> i);
        this.axes = new byte[points.length];
        build(0, order.length);
        this.values = new float[Math.multiplyExact(points.length, length)];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(points[order[i]], 0, values, i * length, length);
        }
    }

    private void build(int from, int to) {
        if (to - from <= LEAF) {
            return;
        }
        int axis = widest(from, to);
        int middle = (from + to) >>> 1;
        select(from, to - 1, middle, axis);
        axes[middle] = (byte) axis;
        build(from, middle);
        build(middle + 1, to);
    }

    private int widest(int from, int to) {
        int best = 0;
        float width = -1;
        for (int axis = 0; axis < length; axis++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                float value = points[order[i]][axis];
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            if (most - least > width) {
                width = most - least;
                best = axis;
            }
        }
        return best;
    }

    /** Hoare's selection: afterwards nothing before {@code middle} is larger than it, and nothing behind is smaller. */
    private void select(int from, int to, int middle, int axis) {
        int low = from;
        int high = to;
        while (low < high) {
            float pivot = points[order[(low + high) >>> 1]][axis];
            int i = low;
            int j = high;
            while (i <= j) {
                while (points[order[i]][axis] < pivot) {
                    i++;
                }
                while (points[order[j]][axis] > pivot) {
                    j--;
                }
                if (i <= j) {
                    int swapped = order[i];
                    order[i++] = order[j];
                    order[j--] = swapped;
                }
            }
            if (j < middle) {
                low = i;
            }
            if (middle < i) {
                high = j;
            }
        }
    }

    /** Calls {@code found} with the index of each point at most {@code radius} away from {@code query}, in any order. */
    void within(float[] query, float radius, Found found) {
        within(query, radius, 0, order.length, found);
    }

    private void within(float[] query, float radius, int from, int to, Found found) {
        if (to - from <= LEAF) {
            for (int i = from; i < to; i++) {
                check(query, radius, i, found);
            }
            return;
        }
        int middle = (from + to) >>> 1;
        check(query, radius, middle, found);
        float beyond = query[axes[middle]] - values[middle * length + axes[middle]];
        if (beyond <= radius) {
            within(query, radius, from, middle, found);
        }
        if (beyond >= -radius) {
            within(query, radius, middle + 1, to, found);
        }
    }

    private void check(float[] query, float radius, int place, Found found) {
        float most = radius * radius;
        float squared = 0;
        for (int k = 0, at = place * length; k < query.length; at += 4) {
            float p = query[k++] - values[at];
            float q = query[k++] - values[at + 1];
            float r = query[k++] - values[at + 2];
            float s = query[k++] - values[at + 3];
            squared += p * p + q * q + r * r + s * s;
            if (squared > most) {
                return;
            }
        }
        found.accept(order[place], squared);
    }
}
