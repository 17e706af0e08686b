package org.saddlepoint.theory;

/**
 * The f-divergences of Csiszár (1967) that f-GAN uses (Nowozin et al. 2016, tables 1 and 6), between discrete
 * distributions, and their variational form: for a convex f,
 *
 * <pre>
 * D_f(p‖q) = Σ_i q_i f(p_i / q_i) = sup_T E_p[T] − E_q[f*(T)],   f*(t) = sup_u u t − f(u),   T* = f′(p / q)
 * </pre>
 *
 * <p>Zeros have their limits: 0 · f(0/0) = 0 and 0 · f(a/0) = a · lim f(u)/u, the {@link #slopeAtInfinity slope at
 * infinity}, so that a divergence is infinite exactly where it should be. Normalisations are the paper's; in particular
 * {@link #JENSEN_SHANNON} is twice the usual JS, and {@link #GAN}, whose f(1) is not 0, is −log 4 where p = q.
 */
public enum CsiszarDivergence {
    /** KL(p‖q) in nats: f(u) = u log u, f*(t) = exp(t − 1). In [0, ∞]. */
    KULLBACK_LEIBLER(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY) {
        @Override
        public double f(double u) {
            return xLogX(u);
        }

        @Override
        public double derivative(double u) {
            return 1 + Math.log(u);
        }

        @Override
        double finiteConjugate(double t) {
            return Math.exp(t - 1);
        }
    },

    /** KL(q‖p) in nats: f(u) = −log u, f*(t) = −1 − log(−t) for t &lt; 0. In [0, ∞]. */
    REVERSE_KULLBACK_LEIBLER(0, 0) {
        @Override
        public double f(double u) {
            return -Math.log(u);
        }

        @Override
        public double derivative(double u) {
            return -1 / u;
        }

        @Override
        double finiteConjugate(double t) {
            return -1 - Math.log(-t);
        }
    },

    /** Pearson's χ² = Σ (p − q)²/q: f(u) = (u − 1)² for all real u, f*(t) = t²/4 + t. In [0, ∞]. */
    PEARSON(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY) {
        @Override
        public double f(double u) {
            return (u - 1) * (u - 1);
        }

        @Override
        public double derivative(double u) {
            return 2 * (u - 1);
        }

        @Override
        double finiteConjugate(double t) {
            return t * t / 4 + t;
        }
    },

    /** Squared Hellinger, Σ (√p − √q)²: f(u) = (√u − 1)², f*(t) = t / (1 − t) for t &lt; 1. In [0, 2]. */
    SQUARED_HELLINGER(1, 1) {
        @Override
        public double f(double u) {
            return (Math.sqrt(u) - 1) * (Math.sqrt(u) - 1);
        }

        @Override
        public double derivative(double u) {
            return 1 - 1 / Math.sqrt(u);
        }

        @Override
        double finiteConjugate(double t) {
            return t == Double.NEGATIVE_INFINITY ? -1 : t / (1 - t);
        }
    },

    /**
     * Twice the usual JS, in nats: f(u) = u log u − (u + 1) log((u + 1)/2), f*(t) = −log(2 − exp t) for t &lt; log 2. In
     * [0, log 4].
     */
    JENSEN_SHANNON(Math.log(2), Math.log(2)) {
        @Override
        public double f(double u) {
            return xLogX(u) - (u + 1) * Math.log((u + 1) / 2);
        }

        @Override
        public double derivative(double u) {
            return Math.log(2) - Math.log1p(1 / u);
        }

        @Override
        double finiteConjugate(double t) {
            return -Math.log(2 - Math.exp(t));
        }
    },

    /**
     * The original game's, 2 JS − log 4, in nats: f(u) = u log u − (u + 1) log(u + 1), f*(t) = −log(1 − exp t) for t
     * &lt; 0. In [−log 4, 0].
     */
    GAN(0, 0) {
        @Override
        public double f(double u) {
            return xLogX(u) - (u + 1) * Math.log1p(u);
        }

        @Override
        public double derivative(double u) {
            return -Math.log1p(1 / u);
        }

        @Override
        double finiteConjugate(double t) {
            return -Math.log(-Math.expm1(t));
        }
    };

    private final double slopeAtInfinity;
    private final double conjugateEnd;

    CsiszarDivergence(double slopeAtInfinity, double conjugateEnd) {
        this.slopeAtInfinity = slopeAtInfinity;
        this.conjugateEnd = conjugateEnd;
    }

    /** f(u), u ≥ 0; at 0 its limit, which may be infinite. */
    public abstract double f(double u);

    /** f′(u), u ≥ 0; at 0 and at infinity its limits, which may be infinite. */
    public abstract double derivative(double u);

    abstract double finiteConjugate(double t);

    /** lim f(u)/u for u → ∞: what a unit of p costs where q has nothing. */
    public double slopeAtInfinity() {
        return slopeAtInfinity;
    }

    /** The end of f*'s domain, which is all t below it: where T must stay. */
    public double conjugateEnd() {
        return conjugateEnd;
    }

    /** f*(t) = sup of u t − f(u) over f's domain, u &gt; 0 but for Pearson; ∞ from {@link #conjugateEnd} on. */
    public double conjugate(double t) {
        return t < conjugateEnd ? finiteConjugate(t) : Double.POSITIVE_INFINITY;
    }

    /**
     * The divergence itself.
     *
     * @param p a distribution, [outcomes]
     * @param q a distribution over the same outcomes, [outcomes]
     * @return in the range that the divergence's description states
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public double between(double[] p, double[] q) {
        Distributions.requirePair(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double ratio = p[i] / q[i];
            if (ratio < Double.POSITIVE_INFINITY && q[i] > 0) {
                sum += q[i] * f(ratio);
            } else if (p[i] > 0) {
                sum += p[i] * slopeAtInfinity;
            }
        }
        return sum;
    }

    /**
     * The T that attains the supremum, T*_i = f′(p_i / q_i).
     *
     * @param p a distribution, [outcomes]
     * @param q a distribution over the same outcomes, [outcomes]
     * @return [outcomes]; where p or q is 0 the limit, which may be infinite; where both are, f′(1), since none counts
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public double[] optimalVariational(double[] p, double[] q) {
        Distributions.requirePair(p, q);
        double[] t = new double[p.length];
        for (int i = 0; i < t.length; i++) {
            t[i] = derivative(p[i] == q[i] ? 1 : p[i] / q[i]);
        }
        return t;
    }

    /**
     * The lower bound that any T gives, E_p[T] − E_q[f*(T)]; the divergence at {@link #optimalVariational}.
     *
     * @param p a distribution, [outcomes]
     * @param q a distribution over the same outcomes, [outcomes]
     * @param t the variational function, [outcomes]; terms of probability 0 count 0
     * @return at most {@link #between}; −∞ if t leaves the domain of f* where q has mass
     * @throws IllegalArgumentException if p or q is no distribution, lengths differ, or an entry of t is NaN
     */
    public double variationalBound(double[] p, double[] q, double[] t) {
        Distributions.requirePair(p, q);
        Distributions.requireSameLength(p, t, "t");
        double sum = 0;
        for (int i = 0; i < t.length; i++) {
            if (Double.isNaN(t[i])) {
                throw new IllegalArgumentException("t[" + i + "] must be a number but was NaN");
            }
            sum += p[i] == 0 ? 0 : p[i] * t[i];
            sum -= q[i] == 0 ? 0 : q[i] * conjugate(t[i]);
        }
        return sum;
    }

    private static double xLogX(double x) {
        return x == 0 ? 0 : x * Math.log(x);
    }
}
