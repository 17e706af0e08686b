package org.saddlepoint.theory;

import org.saddlepoint.input.Require;

/**
 * X + σZ for X of a Laplace distribution; with z = (x − μ)/σ and s = σ/b
 *
 * <pre>p(x) = (A + B)/(2b),   F(x) = Φ(z) + (B − A)/2,   A = e^{s²/2 − sz} Φ(z − s),   B = e^{s²/2 + sz} Φ(−z − s)</pre>
 */
record NoisyLaplace(Laplace laplace, double standardDeviation) implements Density {
    NoisyLaplace {
        Require.positive("standardDeviation", standardDeviation);
    }

    @Override
    public double logAt(double x) {
        double z = (x - laplace.mean()) / standardDeviation;
        return logSum(logPart(z), logPart(-z)) - Math.log(2 * laplace.scale());
    }

    @Override
    public double cumulative(double x) {
        double z = (x - laplace.mean()) / standardDeviation;
        return ErrorFunction.normalCumulative(z) + (Math.exp(logPart(-z)) - Math.exp(logPart(z))) / 2;
    }

    /** log A at z, log B at −z. */
    private double logPart(double z) {
        double s = standardDeviation / laplace.scale();
        return s * (s / 2 - z) + ErrorFunction.logNormalCumulative(z - s);
    }

    private static double logSum(double a, double b) {
        return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }

    @Override
    public double[] breaks() {
        return Breaks.union(laplace.breaks(), Breaks.normal(laplace.mean(), standardDeviation));
    }

    @Override
    public Density plusNormalNoise(double more) {
        Require.positive("standardDeviation", more);
        return new NoisyLaplace(laplace, Math.hypot(standardDeviation, more));
    }
}
