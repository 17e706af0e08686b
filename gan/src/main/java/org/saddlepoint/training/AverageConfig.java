package org.saddlepoint.training;

/**
 * Settings of an {@link ExponentialMovingAverage} of the generator, or of translators.
 *
 * @param decay share of the average that is kept an update, in [0, 1); 0 keeps no average and samples the generator itself
 * @param start steps before which the average is the generator, >= 0
 * @param warmUp whether the decay begins small, as (1 + t) / (10 + t), so that the initial weights are forgotten
 * @param buffers what becomes of batch normalization's statistics
 */
public record AverageConfig(double decay, long start, boolean warmUp, Buffers buffers) {
    /** No average. */
    public static final AverageConfig NONE = new AverageConfig(0, 0, false, Buffers.COPIED);

    /** What becomes of buffers such as batch normalization's statistics; published systems differ. */
    public enum Buffers {
        /** The generator's last. */
        COPIED,
        /** Averaged like weights (code of Wu et al. 2021). */
        AVERAGED
    }

    public AverageConfig {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("the decay of the average must be in [0, 1) but was " + decay);
        }
        if (start < 0) {
            throw new IllegalArgumentException("the start of the average must be >= 0 but was " + start);
        }
    }

    /** From the first step, with a warm-up, buffers copied. */
    public static AverageConfig of(double decay) {
        return new AverageConfig(decay, 0, true, Buffers.COPIED);
    }

    /** The share of the average that the update after this many steps keeps. */
    double decayAt(long step) {
        if (step < start) {
            return 0;
        }
        return warmUp ? Math.min(decay, (1.0 + step) / (10.0 + step)) : decay;
    }
}
