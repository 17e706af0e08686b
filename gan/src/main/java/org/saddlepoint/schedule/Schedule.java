package org.saddlepoint.schedule;

import org.saddlepoint.input.Require;

/**
 * A number that may change during a training: a learning rate, a decay, the weight of a penalty, the strength of noise, a
 * probability. A schedule has no state; what it depends on is in the {@link Progress}.
 */
public interface Schedule {
    /**
     * The number at this moment.
     *
     * @throws IllegalStateException if it depends on the training's end, and that is unknown
     */
    double at(Progress progress);

    /** The smallest number that it can ever give. */
    double least();

    /** The largest number that it can ever give. */
    double most();

    /** A constant schedule. */
    static Schedule of(double value) {
        return new Constant(value);
    }

    /**
     * Checks all numbers that this schedule can give.
     *
     * @throws IllegalArgumentException if one is below 0, infinite or NaN
     */
    default Schedule requireNotNegative(String name) {
        Require.notNegative(name, least());
        Require.notNegative(name, most());
        return this;
    }

    /**
     * Checks all numbers that this schedule can give, such as decays, which lie in [0, 1).
     *
     * @throws IllegalArgumentException if one lies outside [least, end)
     */
    default Schedule requireBelow(double least, double end, String name) {
        Require.below(least, end, name, least());
        Require.below(least, end, name, most());
        return this;
    }

    /**
     * A number that does not change.
     *
     * @param value that number; what takes the schedule checks it, under the setting's own name
     */
    record Constant(double value) implements Schedule {
        @Override
        public double at(Progress progress) {
            return value;
        }

        @Override
        public double least() {
            return value;
        }

        @Override
        public double most() {
            return value;
        }
    }

    /**
     * Linear interpolation between two numbers, constant before the start and after the end.
     *
     * <pre>from (1 − x) + to x,   x = (t − start) / (end − start), cut to [0, 1]</pre>
     *
     * <p>With from = η, to = 0 and the training's end this is the decay of Miyato et al. (2018) and Wu et al. (2021). The decay
     * of the PyTorch code of pix2pix and CycleGAN, constant for c epochs and down to 0 within d, has start = c − 1 and end =
     * c + d in epochs, so that the last of c + d epochs still learns.
     *
     * @param from the number up to the start
     * @param to the number from the end on
     * @param start where it begins to change; −1 is one unit before the training begins
     * @param end where it has changed, after the start; 0 is the training's end
     * @param unit of start and end
     */
    record Linear(double from, double to, long start, long end, Unit unit) implements Schedule {
        public Linear {
            Require.finite("from", from);
            Require.finite("to", to);
            requireOrder(start, end);
        }

        @Override
        public double at(Progress progress) {
            long from0 = Math.max(0, progress.in(unit) - start);
            double x = Math.min(1, (double) from0 / length(progress, start, end, unit));
            return from * (1 - x) + to * x;
        }

        @Override
        public double least() {
            return Math.min(from, to);
        }

        @Override
        public double most() {
            return Math.max(from, to);
        }
    }

    /**
     * Half a cosine wave from one number to another (Loshchilov and Hutter 2017, equation 5).
     *
     * <pre>to + (from − to) (1 + cos(π x)) / 2,   x = (t − start) / (end − start)</pre>
     *
     * @param from the number up to the start
     * @param to the number at the end
     * @param start where it begins to change; −1 is one unit before the training begins
     * @param end where it has changed, after the start; 0 is the training's end
     * @param unit of start and end
     * @param after what happens after the end
     */
    record Cosine(double from, double to, long start, long end, Unit unit, After after) implements Schedule {
        /** What happens after the end of a cosine schedule. */
        public enum After {
            /** The value stays constant. */
            HOLD,
            /** The wave continues periodically, as in PyTorch's CosineAnnealingLR. */
            RETURN
        }

        public Cosine {
            Require.finite("from", from);
            Require.finite("to", to);
            requireOrder(start, end);
        }

        @Override
        public double at(Progress progress) {
            long length = length(progress, start, end, unit);
            long done = Math.max(0, progress.in(unit) - start);
            long cut = after == After.HOLD ? Math.min(done, length) : done;
            return to + (from - to) * ((1 + Math.cos(Math.PI * (double) cut / length)) / 2);
        }

        @Override
        public double least() {
            return Math.min(from, to);
        }

        @Override
        public double most() {
            return Math.max(from, to);
        }
    }

    /**
     * Step decay: a number that is multiplied by a factor at regular intervals.
     *
     * @param value the number at first
     * @param factor in (0, 1]
     * @param every units from one change to the next, >= 1
     * @param unit of {@code every}
     */
    record Step(double value, double factor, long every, Unit unit) implements Schedule {
        public Step {
            Require.finite("value", value);
            requireFactor(factor);
            Require.atLeast(1, "every", every);
        }

        @Override
        public double at(Progress progress) {
            long periods = progress.in(unit) / every;
            return value * Math.pow(factor, (double) periods);
        }

        @Override
        public double least() {
            return Math.min(0, value);
        }

        @Override
        public double most() {
            return Math.max(0, value);
        }
    }

    /**
     * Decay on plateaus: a number that is multiplied by a factor if the generator's mean loss of an epoch has not fallen for
     * some epochs, as in PyTorch's ReduceLROnPlateau. (The code of pix2pix and CycleGAN has this schedule but gives it a constant instead of a loss.)
     *
     * @param value the number at first
     * @param factor in (0, 1]; 0.2 in that code
     * @param threshold relative decrease below the best loss that counts as a fall, in [0, 1); 0.01 in that code
     * @param patience number of epochs in a row without a fall that are allowed, >= 0; 5 in that code
     */
    record Plateau(double value, double factor, double threshold, int patience) implements Schedule {
        public Plateau {
            Require.finite("value", value);
            requireFactor(factor);
            Require.below(0, 1, "threshold", threshold);
            Require.atLeast(0, "patience", patience);
        }

        @Override
        public double at(Progress progress) {
            return value * Math.pow(factor, (double) progress.plateaus().applyAsLong(this));
        }

        @Override
        public double least() {
            return Math.min(0, value);
        }

        @Override
        public double most() {
            return Math.max(0, value);
        }
    }

    private static void requireOrder(long start, long end) {
        Require.that(start >= -1, "start", ">= -1", start);
        Require.that(
                end == 0 || end > start,
                "end",
                "0 for the training's end, or after the start, which is " + start
                        + ", since a schedule cannot end before it begins,",
                end);
    }

    private static long length(Progress progress, long start, long end, Unit unit) {
        if (end == 0 && progress.horizon().steps() == 0 && progress.step() > 0) {
            throw new IllegalStateException("a schedule that ends with the training (end 0) was asked at step "
                    + progress.step() + " of a training that nobody said the length of; set the horizon of its state,"
                    + " or give the schedule an end");
        }
        return Math.max(1, (end == 0 ? progress.horizon().end(unit) : end) - start);
    }

    private static void requireFactor(double factor) {
        Require.that(factor > 0 && factor <= 1, "factor", "in (0, 1]", factor);
    }
}
