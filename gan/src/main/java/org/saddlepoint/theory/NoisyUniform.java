package org.saddlepoint.theory;

import org.saddlepoint.input.Require;

/**
 * X + σZ for X uniform on [a, b]:
 *
 * <pre>p(x) = (Φ((x − a)/σ) − Φ((x − b)/σ)) / (b − a)</pre>
 */
record NoisyUniform(Uniform uniform, double standardDeviation) implements Density {
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    NoisyUniform {
        Require.positive("standardDeviation", standardDeviation);
    }

    @Override
    public double logAt(double x) {
        // Mirrored to the right of the centre, where both tails are small and their logarithms exact.
        double fromCentre = Math.abs(x - (uniform.low() / 2 + uniform.high() / 2)) / standardDeviation;
        double width = width() / standardDeviation;
        double near = ErrorFunction.logNormalCumulative(width / 2 - fromCentre);
        double far = ErrorFunction.logNormalCumulative(-width / 2 - fromCentre);
        return near + Math.log(-Math.expm1(far - near)) - Math.log(width());
    }

    /** With G(z) = zΦ(z) + φ(z), the integral of Φ: F(x) = σ (G((x − a)/σ) − G((x − b)/σ)) / (b − a). */
    @Override
    public double cumulative(double x) {
        double difference =
                integral((x - uniform.low()) / standardDeviation) - integral((x - uniform.high()) / standardDeviation);
        return Math.min(1, Math.max(0, standardDeviation * difference / width()));
    }

    private static double integral(double z) {
        return z * ErrorFunction.normalCumulative(z) + Math.exp(-z * z / 2) / ROOT_TWO_PI;
    }

    @Override
    public double[] breaks() {
        return Breaks.union(
                Breaks.normal(uniform.low(), standardDeviation), Breaks.normal(uniform.high(), standardDeviation));
    }

    @Override
    public Density plusNormalNoise(double more) {
        Require.positive("standardDeviation", more);
        return new NoisyUniform(uniform, Math.hypot(standardDeviation, more));
    }

    private double width() {
        return uniform.high() - uniform.low();
    }
}
