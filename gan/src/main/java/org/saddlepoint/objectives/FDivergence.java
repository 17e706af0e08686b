package org.saddlepoint.objectives;

import org.saddlepoint.tensor.Tensor;

/**
 * The divergences of f-GAN (Nowozin et al. 2016), tables 1, 2 and 6: for a convex f with f(1) = 0,
 *
 * <pre>
 * D_f(P‖Q) = ∫ q f(p / q) = sup_T E_P[T] − E_Q[f*(T)],   f*(t) = sup_u u t − f(u),   T* = f′(p / q)
 * </pre>
 *
 * <p>T = g_f(V) keeps an unbounded V, the logits, in the domain of f*. Where g_f or f* ∘ g_f is an exponential, V counts
 * as {@code V} up to ±20 and grows like its logarithm beyond: g_f stays an increasing map onto the same domain, the bound
 * stays a bound, and losses and gradients stay finite; only ratios p / q beyond about 10⁸ are told apart less well.
 *
 * <p>f, f′, f* and the divergences between known distributions are the constants of equal name in
 * {@code org.saddlepoint.theory.CsiszarDivergence}.
 */
public enum FDivergence {
    /** KL(P‖Q): f(u) = u log u, g_f(v) = v, f*(t) = exp(t − 1). */
    KULLBACK_LEIBLER {
        @Override
        public double logit(double ratio) {
            return 1 + Math.log(ratio);
        }

        @Override
        Tensor activation(Tensor v) {
            return tempered(v.sub(1)).add(1);
        }

        @Override
        Tensor conjugateOfActivation(Tensor v) {
            return tempered(v.sub(1)).exp();
        }
    },

    /** KL(Q‖P): f(u) = −log u, g_f(v) = −exp(−v), f*(t) = −1 − log(−t) for t &lt; 0. */
    REVERSE_KULLBACK_LEIBLER {
        @Override
        public double logit(double ratio) {
            return Math.log(ratio);
        }

        @Override
        Tensor activation(Tensor v) {
            return tempered(v).neg().exp().neg();
        }

        @Override
        Tensor conjugateOfActivation(Tensor v) {
            return tempered(v).sub(1);
        }
    },

    /** Pearson's χ²: f(u) = (u − 1)² for all real u, g_f(v) = v, f*(t) = t² / 4 + t. */
    PEARSON {
        @Override
        public double logit(double ratio) {
            return 2 * (ratio - 1);
        }

        @Override
        Tensor activation(Tensor v) {
            return v;
        }

        @Override
        Tensor conjugateOfActivation(Tensor v) {
            return v.square().mul(0.25).add(v);
        }
    },

    /** Squared Hellinger: f(u) = (√u − 1)², g_f(v) = 1 − exp(−v), f*(t) = t / (1 − t) for t &lt; 1. */
    SQUARED_HELLINGER {
        @Override
        public double logit(double ratio) {
            return Math.log(ratio) / 2;
        }

        @Override
        Tensor activation(Tensor v) {
            return tempered(v).neg().exp().neg().add(1);
        }

        @Override
        Tensor conjugateOfActivation(Tensor v) {
            return tempered(v).exp().sub(1);
        }
    },

    /**
     * Jensen-Shannon as in table 6, which is twice the usual JS: f(u) = u log u − (u + 1) log((u + 1) / 2), g_f(v) =
     * log 2 − log(1 + exp(−v)), f*(t) = −log(2 − exp(t)) for t &lt; log 2.
     */
    JENSEN_SHANNON {
        @Override
        public double logit(double ratio) {
            return Math.log(ratio);
        }

        @Override
        Tensor activation(Tensor v) {
            return v.neg().softplus().neg().add(Math.log(2));
        }

        @Override
        Tensor conjugateOfActivation(Tensor v) {
            return v.softplus().sub(Math.log(2));
        }
    },

    /**
     * The divergence of the original game: f(u) = u log u − (u + 1) log(u + 1), g_f(v) = −log(1 + exp(−v)), f*(t) = −log(1 − exp(t)) for
     * t &lt; 0; equal to 2 JS − log 4.
     */
    GAN {
        @Override
        public double logit(double ratio) {
            return Math.log(ratio);
        }

        @Override
        Tensor activation(Tensor v) {
            return v.neg().softplus().neg();
        }

        @Override
        Tensor conjugateOfActivation(Tensor v) {
            return v.softplus();
        }
    };

    /** From here on logits count like their logarithm; e²⁰ is about 5 · 10⁸. */
    private static final double TEMPERED_FROM = 20;

    /** The logit V at which the bound is tight where p / q is this ratio, > 0: g_f(V) = f′(p / q). */
    public abstract double logit(double ratio);

    /** T = g_f(V), element by element. */
    abstract Tensor activation(Tensor v);

    /** f*(g_f(V)), element by element, without overflow. */
    abstract Tensor conjugateOfActivation(Tensor v);

    /** v where |v| ≤ 20, else sign(v) (20 + log(1 + |v| − 20)): increasing, smooth to first order, odd. */
    private static Tensor tempered(Tensor v) {
        Tensor excess = v.abs().sub(TEMPERED_FROM).relu();
        return v.clamp(-TEMPERED_FROM, TEMPERED_FROM)
                .add(v.sign().mul(excess.add(1).log()));
    }
}
