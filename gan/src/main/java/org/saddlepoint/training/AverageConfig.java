package org.saddlepoint.training;

import org.saddlepoint.input.Require;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;

/**
 * Settings of an {@link ExponentialMovingAverage} of the generator, or of translators. How much is kept is said by a decay or
 * by a half-life.
 *
 * @param decay share of the average that is kept an update, in [0, 1), a number or a schedule; 0 where there is no average or
 *     its half-life is told
 * @param halfLife real examples after which half of the average is forgotten, >= 0, a number or a schedule; 0 where there is
 *     no average or its decay is told; β = ½^(examples a step / half-life) (Karras et al. 2018, appendix A.1, in other words)
 * @param start steps before which the average is the generator, >= 0
 * @param warmUp whether the decay begins small, as (1 + t) / (10 + t), so that the initial weights are forgotten
 * @param rampUp largest half-life as a share of the real examples seen before, >= 0; 0 for no such bound; 0.05 in the code of
 *     Karras et al. (2020), "Training Generative Adversarial Networks with Limited Data", training_loop.py, ema_rampup
 * @param buffers what becomes of batch normalization's statistics
 */
public record AverageConfig(
        Schedule decay, Schedule halfLife, long start, boolean warmUp, double rampUp, Buffers buffers) {
    /** No average. */
    public static final AverageConfig NONE =
            new AverageConfig(Schedule.of(0), Schedule.of(0), 0, false, 0, Buffers.COPIED);

    /** What becomes of buffers such as batch normalization's statistics; published systems differ. */
    public enum Buffers {
        /** The generator's last. */
        COPIED,
        /** Averaged like weights (code of Wu et al. 2021). */
        AVERAGED
    }

    public AverageConfig {
        decay.requireBelow(0, 1, "the decay of the average");
        halfLife.requireNotNegative("the half-life of the average");
        Require.that(
                decay.most() == 0 || halfLife.most() == 0,
                "the decay of the average",
                "0 where its half-life is told, which is " + halfLife,
                decay);
        Require.atLeast(0, "the start of the average", start);
        Require.notNegative("the rampUp of the average", rampUp);
    }

    /** From the first step, with a warm-up, buffers copied. */
    public static AverageConfig of(double decay) {
        return new AverageConfig(Schedule.of(decay), Schedule.of(0), 0, true, 0, Buffers.COPIED);
    }

    /** Whether there is no average. */
    public boolean isNone() {
        return decay.most() == 0 && halfLife.most() == 0;
    }

    /** The share of the average that the next update keeps. */
    double decayAt(Progress progress) {
        long step = progress.step();
        if (step < start) {
            return 0;
        }
        double kept = halfLife.most() == 0 ? decay.at(progress) : keptOver(halfLife.at(progress), progress);
        if (rampUp > 0) {
            kept = Math.min(kept, keptOver(rampUp * progress.images(), progress));
        }
        return warmUp ? Math.min(kept, (1.0 + step) / (10.0 + step)) : kept;
    }

    /** The share of which a step keeps, so that half is left after this many examples. */
    private static double keptOver(double examples, Progress progress) {
        return examples == 0 ? 0 : Math.pow(0.5, progress.horizon().imagesPerStep() / examples);
    }
}
