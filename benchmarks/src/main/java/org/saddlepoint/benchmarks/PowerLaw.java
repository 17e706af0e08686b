package org.saddlepoint.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A power of x that fits y: log y = log factor + exponent · log x, by least squares.
 *
 * @param exponent of x
 * @param standardError of the exponent, √(Σ residual² / (n − 2) / Σ (log x − mean)²), or null where two points leave no residual
 * @param factor y at x = 1
 */
public record PowerLaw(double exponent, @Nullable Double standardError, double factor) {
    /** Fits positive numbers; null where there are fewer than two different x. */
    static @Nullable PowerLaw of(List<Double> x, List<Double> y) {
        int n = x.size();
        double meanX = x.stream().mapToDouble(Math::log).average().orElse(0);
        double meanY = y.stream().mapToDouble(Math::log).average().orElse(0);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < n; i++) {
            double off = Math.log(x.get(i)) - meanX;
            squares += off * off;
            products += off * (Math.log(y.get(i)) - meanY);
        }
        if (squares == 0) {
            return null;
        }
        double exponent = products / squares;
        double residuals = 0;
        for (int i = 0; i < n; i++) {
            double residual = Math.log(y.get(i)) - meanY - exponent * (Math.log(x.get(i)) - meanX);
            residuals += residual * residual;
        }
        return new PowerLaw(
                exponent, n < 3 ? null : Math.sqrt(residuals / (n - 2) / squares), Math.exp(meanY - exponent * meanX));
    }

    /** What the fitted law gives at x: factor · x^exponent, in the unit of the times that it was fitted to. */
    double at(double x) {
        return factor * Math.pow(x, exponent);
    }
}
