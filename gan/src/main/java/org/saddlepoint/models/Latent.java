package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The prior p_z that generators draw from.
 *
 * @param size numbers a latent
 * @param distribution of each number, independently
 */
public record Latent(int size, Distribution distribution) {
    /** How one number of a latent is distributed. */
    public enum Distribution {
        /** N(0, 1). */
        NORMAL,
        /** U(−1, 1) (Radford et al. 2016). */
        UNIFORM,
        /** U(−√3, √3), of unit variance (code of Goodfellow et al. 2014). */
        UNIFORM_UNIT_VARIANCE
    }

    public Latent {
        if (size < 1) {
            throw new IllegalArgumentException("the latent size must be >= 1 but was " + size);
        }
    }

    /** Independent latents, [count, size], float32 on the CPU. */
    public Tensor sample(long count, RandomGenerator random) {
        return switch (distribution) {
            case NORMAL -> random.normal(count, size);
            case UNIFORM -> random.uniform(-1, 1, count, size);
            case UNIFORM_UNIT_VARIANCE -> random.uniform(-Math.sqrt(3), Math.sqrt(3), count, size);
        };
    }

    /**
     * Truncated latents (Brock et al. 2019, section 3.1): numbers of N(0, 1) that are drawn anew until none is farther from 0 than
     * this, which makes samples better and less varied.
     *
     * @param bound largest absolute value, > 0; 2 changes little, 0.5 much
     * @throws IllegalArgumentException if the bound is not positive, or latents are not normal
     */
    public Tensor sampleWithin(double bound, long count, RandomGenerator random) {
        Require.positive("the truncation of latents", bound);
        if (distribution != Distribution.NORMAL) {
            throw new IllegalArgumentException("truncation draws normal latents anew but these are " + distribution
                    + "; sample without it, or train with latent.distribution: normal");
        }
        try (TensorScope scratch = TensorScope.open()) {
            Tensor z = proposal(bound, count, random);
            for (Tensor wrong = rejected(z, bound, random); wrong.max().item() > 0; ) {
                z = Tensors.where(wrong.gt(0), proposal(bound, count, random), z);
                wrong = wrong.mul(rejected(z, bound, random));
            }
            return scratch.promote(z);
        }
    }

    /** Normal numbers, or for a small bound, which few of these would keep, uniform ones. */
    private Tensor proposal(double bound, long count, RandomGenerator random) {
        return bound < 1 ? random.uniform(-bound, bound, count, size) : random.normal(count, size);
    }

    /** 1 where a number is to be drawn anew: beyond the bound, or, of uniform ones, with probability 1 − exp(−z² / 2). */
    private Tensor rejected(Tensor z, double bound, RandomGenerator random) {
        Tensor wrong = bound < 1
                ? random.uniform(0, 1, z.size(0), size)
                        .sub(z.square().mul(-0.5).exp())
                        .gt(0)
                : z.abs().gt(bound);
        return wrong.to(z.dtype());
    }
}
