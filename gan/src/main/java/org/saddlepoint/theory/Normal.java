package org.saddlepoint.theory;

import org.saddlepoint.input.Require;

/**
 * The normal distribution N(μ, σ²) on the line, with the closed forms between two of them. For more dimensions see
 * {@link MultivariateNormal}.
 *
 * @param mean μ, finite
 * @param standardDeviation σ, &gt; 0
 */
public record Normal(double mean, double standardDeviation) implements Density {
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if μ is not finite or σ is not positive and finite
     */
    public Normal {
        Require.finite("mean", mean);
        Require.positive("standardDeviation", standardDeviation);
    }

    @Override
    public double logAt(double x) {
        double z = (x - mean) / standardDeviation;
        return -z * z / 2 - Math.log(standardDeviation) - LOG_ROOT_TWO_PI;
    }

    @Override
    public double cumulative(double x) {
        return ErrorFunction.normalCumulative((x - mean) / standardDeviation);
    }

    @Override
    public double[] breaks() {
        return Breaks.normal(mean, standardDeviation);
    }

    @Override
    public Normal plusNormalNoise(double noise) {
        Require.positive("standardDeviation", noise);
        return new Normal(mean, Math.hypot(standardDeviation, noise));
    }

    /** KL(this‖q) = log(σ_q/σ) + (σ² + (μ − μ_q)²)/(2σ_q²) − ½, in nats. */
    public double kl(Normal q) {
        double ratio = standardDeviation / q.standardDeviation;
        double shift = (mean - q.mean) / q.standardDeviation;
        return Math.max(0, -Math.log(ratio) + (ratio * ratio + shift * shift - 1) / 2);
    }

    /**
     * W₁(this, q), in units of x: quantiles of equal rank are δ + εZ apart, with δ the difference of the means and ε that
     * of the standard deviations, so W₁ is the mean of a folded normal; |δ| where ε = 0.
     *
     * <pre>W₁ = E|δ + εZ| = ε √(2/π) exp(−δ²/2ε²) + δ (1 − 2Φ(−δ/ε))</pre>
     */
    public double wasserstein1(Normal q) {
        double delta = Math.abs(mean - q.mean);
        double epsilon = Math.abs(standardDeviation - q.standardDeviation);
        if (epsilon == 0) {
            return delta;
        }
        double ratio = delta / epsilon;
        return epsilon * Math.sqrt(2 / Math.PI) * Math.exp(-ratio * ratio / 2)
                + delta * ErrorFunction.erf(ratio / Math.sqrt(2));
    }

    /** W₂(this, q) = √((μ − μ_q)² + (σ − σ_q)²), in units of x. */
    public double wasserstein2(Normal q) {
        return Math.hypot(mean - q.mean, standardDeviation - q.standardDeviation);
    }

    /**
     * TV(this, q), in [0, 1]: for equal σ erf(|μ − μ_q| / (2√2 σ)), otherwise the difference of the probabilities of the
     * interval in which the narrower density is the higher one.
     */
    public double totalVariation(Normal q) {
        if (standardDeviation == q.standardDeviation) {
            return ErrorFunction.erf(Math.abs(mean - q.mean) / (2 * Math.sqrt(2) * standardDeviation));
        }
        boolean narrower = standardDeviation < q.standardDeviation;
        Normal narrow = narrower ? this : q;
        Normal wide = narrower ? q : this;
        // In the narrow one's units z, the densities are equal where z² − ((z − δ)/r)² = 2 log r.
        double r = wide.standardDeviation / narrow.standardDeviation;
        double delta = (wide.mean - narrow.mean) / narrow.standardDeviation;
        double a = r * r - 1;
        double root = r * Math.sqrt(delta * delta + 2 * a * Math.log(r));
        // a z² + 2 δ z − (δ² + 2 r² log r) = 0, its roots without cancellation.
        double c = -(delta * delta + 2 * r * r * Math.log(r));
        double sum = -delta - Math.copySign(root, delta);
        double one = sum / a;
        double other = c / sum;
        double low = narrow.mean + narrow.standardDeviation * Math.min(one, other);
        double high = narrow.mean + narrow.standardDeviation * Math.max(one, other);
        return narrow.between(low, high) - wide.between(low, high);
    }

    private double between(double low, double high) {
        return cumulative(high) - cumulative(low);
    }
}
