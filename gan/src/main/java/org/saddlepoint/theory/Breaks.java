package org.saddlepoint.theory;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The breakpoints of quadrature on the line, and the checks of densities' parameters. */
final class Breaks {
    /** Breakpoints in standard deviations; beyond the last, the normal density is below 10⁻³¹³. */
    private static final double[] NORMAL = {-38, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 38};
    /** Breakpoints in units of the scale; beyond the last, exp(−|x|) is below 10⁻³¹⁹. */
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
}
