package org.saddlepoint.data.images;

/**
 * The weights of PIL's antialiased bicubic filter along one axis: Keys' cubic with a = -0.5, widened by the scale when
 * shrinking.
 *
 * <p>Parmar et al. (2022), "On Aliased Resizing and Surprising Subtleties in GAN Evaluation", show why other
 * filters distort the metrics.
 */
public final class BicubicFilter {
    private static final double SUPPORT = 2;

    private final float[][] weights;
    private final int[] starts;

    private BicubicFilter(float[][] weights, int[] starts) {
        this.weights = weights;
        this.starts = starts;
    }

    /** The filter that resizes {@code from} samples to {@code to}. */
    public static BicubicFilter of(int from, int to) {
        return of(0, from, from, to);
    }

    /**
     * The filter that resizes a stretch of samples, which may begin and end within one, to {@code to}.
     *
     * @param begin where the stretch begins, counted in samples from the first on
     * @param length of the stretch, in samples
     * @param most number of samples that there are
     */
    static BicubicFilter of(double begin, double length, int most, int to) {
        float[][] weights = new float[to][];
        int[] starts = new int[to];
        double scale = length / to;
        double widening = Math.max(scale, 1);
        int base = (int) begin;
        double fraction = begin - base;
        // what lies outside does not count, and a sample at the border lies where its greater part does
        int first = (int) (fraction + 0.5);
        int last = Math.min(most - base, (int) (fraction + length + 0.5));
        for (int o = 0; o < to; o++) {
            double centre = fraction + (o + 0.5) * scale;
            int start = Math.max(first, (int) (centre - SUPPORT * widening + 0.5));
            int end = Math.min(last, (int) (centre + SUPPORT * widening + 0.5));
            double[] w = new double[end - start];
            double sum = 0;
            for (int k = 0; k < w.length; k++) {
                w[k] = cubic((start + k + 0.5 - centre) / widening);
                sum += w[k];
            }
            weights[o] = new float[w.length];
            starts[o] = base + start;
            for (int k = 0; k < w.length; k++) {
                weights[o][k] = (float) (w[k] / sum);
            }
        }
        return new BicubicFilter(weights, starts);
    }

    /** Number of results. */
    int size() {
        return weights.length;
    }

    /** The first sample that contributes to result {@code index}. */
    public int start(int index) {
        return starts[index];
    }

    /** The end of the samples that contribute to result {@code index}. */
    int end(int index) {
        return starts[index] + weights[index].length;
    }

    /** The weights of the samples from there on, which sum to 1; not to be changed. */
    public float[] weights(int index) {
        return weights[index];
    }

    private static double cubic(double x) {
        double t = Math.abs(x);
        if (t < 1) {
            return (1.5 * t - 2.5) * t * t + 1;
        }
        return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
    }
}
