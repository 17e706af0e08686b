package org.saddlepoint.theory;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Where quadrature cuts the line, and the checks of densities' parameters. */
final class Breaks {
    /** In standard deviations; beyond the last, the normal density is below 10⁻³¹³. */
    private static final double[] NORMAL = {-38, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 38};
    /** In scales; beyond the last, exp(−|x|) is below 10⁻³¹⁹. */
    private static final double[] LAPLACE = {-735, -256, -64, -16, -4, -1, 0, 1, 4, 16, 64, 256, 735};

    private Breaks() {}

    static double[] normal(double centre, double standardDeviation) {
        return Arrays.stream(NORMAL).map(z -> centre + z * standardDeviation).toArray();
    }

    static double[] laplace(double centre, double scale) {
        return Arrays.stream(LAPLACE).map(z -> centre + z * scale).toArray();
    }

    static double[] union(double[]... breaks) {
        return Arrays.stream(breaks)
                .flatMapToDouble(DoubleStream::of)
                .sorted()
                .distinct()
                .toArray();
    }

    static void requireFinite(double value, String name) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite but was " + value);
        }
    }

    static void requirePositive(double value, String name) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be > 0 and finite but was " + value);
        }
    }
}
