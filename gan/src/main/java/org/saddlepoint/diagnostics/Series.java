package org.saddlepoint.diagnostics;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** One number of a training over its steps. Immutable. */
public final class Series {
    /** Nothing was measured. */
    public static final Series EMPTY = new Series(new long[0], new double[0]);

    private final long[] steps;
    private final double[] values;

    private Series(long[] steps, double[] values) {
        this.steps = steps;
        this.values = values;
    }

    /**
     * A series of these points; the arrays are copied.
     *
     * @param steps ascending
     * @param values as many
     */
    public static Series of(long[] steps, double[] values) {
        if (steps.length != values.length) {
            throw new IllegalArgumentException(
                    "expected as many steps as values but were " + steps.length + " and " + values.length);
        }
        return new Series(steps.clone(), values.clone());
    }

    /** How many points there are. */
    public int size() {
        return values.length;
    }

    /** Whether there is no point. */
    public boolean isEmpty() {
        return values.length == 0;
    }

    /** The step of a point. */
    public long step(int index) {
        return steps[index];
    }

    /** The value of a point. */
    public double value(int index) {
        return values[index];
    }

    /** The last value; NaN if there is none. */
    public double last() {
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }

    /** The last points, at most this many. */
    public Series tail(int count) {
        return slice(Math.max(0, values.length - count), values.length);
    }

    /** The points from one index to another, exclusive. */
    public Series slice(int from, int to) {
        return new Series(Arrays.copyOfRange(steps, from, to), Arrays.copyOfRange(values, from, to));
    }

    /** The points up to this step. */
    public Series until(long step) {
        int end = 0;
        while (end < steps.length && steps[end] <= step) {
            end++;
        }
        return slice(0, end);
    }

    /** The points after this step. */
    public Series after(long step) {
        return slice(until(step).size(), values.length);
    }

    /** The finite points. */
    public Series finite() {
        int[] kept = java.util.stream.IntStream.range(0, values.length)
                .filter(i -> Double.isFinite(values[i]))
                .toArray();
        return new Series(
                Arrays.stream(kept).mapToLong(i -> steps[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> values[i]).toArray());
    }

    /** The values, as a fresh array. */
    public double[] values() {
        return values.clone();
    }

    /** The steps, as a fresh array. */
    public long[] steps() {
        return steps.clone();
    }

    /** Each value changed by a function. */
    public Series map(DoubleUnaryOperator change) {
        return new Series(steps.clone(), Arrays.stream(values).map(change).toArray());
    }

    /** Differences from one value to the next, at the later step. */
    public Series differences() {
        if (values.length < 2) {
            return EMPTY;
        }
        double[] all = new double[values.length - 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i + 1] - values[i];
        }
        return new Series(Arrays.copyOfRange(steps, 1, steps.length), all);
    }

    /** The median of the finite values; NaN if there is none. */
    public double median() {
        return quantile(0.5);
    }

    /** A quantile of the finite values, the nearest one; NaN if there is none. */
    public double quantile(double share) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** The least finite value, empty if there is none. */
    public OptionalDouble min() {
        return Arrays.stream(values).filter(Double::isFinite).min();
    }

    /** The largest finite value, empty if there is none. */
    public OptionalDouble max() {
        return Arrays.stream(values).filter(Double::isFinite).max();
    }

    /** Share of values for which something holds; 0 if there are none. */
    public double share(DoublePredicate holds) {
        return values.length == 0 ? 0 : Arrays.stream(values).filter(holds).count() / (double) values.length;
    }

    /**
     * Since when something holds without a break, up to the last value.
     *
     * @param atLeast values for which it must hold, >= 1
     * @return the first step of the unbroken rest; empty where it is shorter
     */
    public OptionalLong since(DoublePredicate holds, int atLeast) {
        int first = values.length;
        while (first > 0 && holds.test(values[first - 1])) {
            first--;
        }
        return values.length - first >= atLeast ? OptionalLong.of(steps[first]) : OptionalLong.empty();
    }

    /**
     * As {@link #since(DoublePredicate, int)} with a second, weaker condition: what has begun goes on for as long as that holds, so
     * that values about a bound are no end.
     *
     * @param begins what has to hold for the given number of values in a row
     * @param stays what has to hold from there on, up to the last value
     * @return the first step of the values that began it; empty where it has not begun, or has ended
     */
    public OptionalLong since(DoublePredicate begins, DoublePredicate stays, int atLeast) {
        int first = values.length;
        while (first > 0 && stays.test(values[first - 1])) {
            first--;
        }
        int held = 0;
        for (int i = first; i < values.length; i++) {
            held = begins.test(values[i]) ? held + 1 : 0;
            if (held == atLeast) {
                return OptionalLong.of(steps[i - atLeast + 1]);
            }
        }
        return OptionalLong.empty();
    }
}
