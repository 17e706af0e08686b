package org.saddlepoint.plot;

import java.util.Arrays;

/**
 * The running median of a curve: it follows the trend and, unlike a mean, ignores the spikes of a GAN's losses.
 */
final class RunningMedian {
    /** No figure shows more points than this; taking fewer keeps long runs fast. */
    private static final int MAX_POINTS = 400;

    private static final int SMALLEST_WINDOW = 5;

    /** Where the medians were taken, ascending. */
    final double[] x;

    /** The median at each of them. */
    final double[] y;

    private RunningMedian(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    /**
     * Computes the running median of finite points with a window of a twentieth of them, truncated at the ends. The
     * medians are then averaged over about half the window, because a median moves in steps.
     */
    static RunningMedian of(double[] x, double[] y) {
        int half = Math.max(SMALLEST_WINDOW, y.length / 20) / 2;
        int points = Math.min(y.length, MAX_POINTS);
        double[] at = new double[points];
        double[] median = new double[points];
        for (int i = 0; i < points; i++) {
            int centre = points == 1 ? 0 : (int) ((long) i * (y.length - 1) / (points - 1));
            at[i] = x[centre];
            median[i] =
                    medianOf(Arrays.copyOfRange(y, Math.max(0, centre - half), Math.min(y.length, centre + half + 1)));
        }
        return new RunningMedian(at, averaged(median, points / 100));
    }

    private static double[] averaged(double[] values, int half) {
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            int reach = Math.min(half, Math.min(i, result.length - 1 - i)); // centred: the ends are not pulled inwards
            result[i] =
                    Arrays.stream(values, i - reach, i + reach + 1).average().orElseThrow();
        }
        return result;
    }

    private static double medianOf(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
