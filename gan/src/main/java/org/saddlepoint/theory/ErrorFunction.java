package org.saddlepoint.theory;

/**
 * The error function, its complement and their logarithms, to about 14 digits: by the series with positive terms near 0
 * (Abramowitz and Stegun 7.1.6) and the continued fraction of the complement beyond (7.1.14).
 */
final class ErrorFunction {
    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
    private static final double LOG_ROOT_PI = 0.5 * Math.log(Math.PI);
    private static final double SERIES_BELOW = 2;
    private static final int FRACTION_TERMS = 120; // at 2, where it converges slowest

    private ErrorFunction() {}

    /** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. */
    static double erf(double x) {
        if (Math.abs(x) < SERIES_BELOW) {
            return series(x);
        }
        return Math.signum(x) * (1 - Math.exp(logTail(Math.abs(x))));
    }

    /** erfc(x) = 1 − erf(x), without cancellation for x &gt; 0. */
    static double erfc(double x) {
        return x < SERIES_BELOW ? 1 - erf(x) : Math.exp(logTail(x));
    }

    /** log erfc(x), also where erfc underflows. */
    static double logErfc(double x) {
        return x < SERIES_BELOW ? Math.log1p(-erf(x)) : logTail(x);
    }

    /** Φ(z), the cumulative distribution function of the standard normal. */
    static double normalCumulative(double z) {
        return 0.5 * erfc(-z / Math.sqrt(2));
    }

    /** log Φ(z). */
    static double logNormalCumulative(double z) {
        return Math.log(0.5) + logErfc(-z / Math.sqrt(2));
    }

    /** exp(−x²) 2/√π Σ_n 2ⁿ x^{2n+1} / (2n+1)!! */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
    }

    /** √π exp(x²) erfc(x) = 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))), from the innermost term outwards. */
    private static double logTail(double x) {
        double fraction = x;
        for (int k = FRACTION_TERMS; k >= 1; k--) {
            fraction = x + k / 2.0 / fraction;
        }
        return -x * x - Math.log(fraction) - LOG_ROOT_PI;
    }
}
