package org.saddlepoint.models;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

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
}
