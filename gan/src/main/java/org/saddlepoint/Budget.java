package org.saddlepoint;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.input.Require;
import org.saddlepoint.recipes.Recipe;

/**
 * The time that a run may take, with its start-up: how long it trains is then set by the speed of the machine.
 *
 * @param time from the start to the end of the run
 * @param started when it began, by the clock
 * @param clock nanoseconds that only go forward
 * @param kept settings that do not depend on the length of the training, since the user chose them, such as
 *     {@code logEvery}
 * @param scalesEvaluations whether the steps between evaluations follow from the length too, or are as the plan says
 */
public record Budget(Duration time, long started, LongSupplier clock, Set<String> kept, boolean scalesEvaluations) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Of a run that ends, the time for its last sheet and checkpoint: this share of the budget, and not less than so much. */
    private static final double SHARE_OF_THE_END = 0.02;

    private static final double SECONDS_OF_THE_END = 0.5;

    /** @throws IllegalArgumentException if the time is not positive */
    public Budget {
        Require.that(!time.isNegative() && !time.isZero(), "the time of a budget", "> 0", time);
        kept = Set.copyOf(kept);
    }

    /** A budget that begins now. */
    public static Budget of(Duration time) {
        return new Budget(time, System.nanoTime(), System::nanoTime, Set.of(), false);
    }

    /** All of it, in seconds. */
    double seconds() {
        return time.toNanos() / NANOS_PER_SECOND;
    }

    /**
     * A recipe as long as what is left of this time, by the speed of a measured start; what depends on the length follows.
     *
     * @param options seed, device and precision of the training; its evaluations are not counted
     * @param told the plan in one line
     * @throws RequestException if the time is too short
     */
    public Recipe fit(Recipe recipe, Dataset data, RunOptions options, Consumer<String> told) {
        RunOptions plain = options.evaluation(Optional.empty()).budget(this);
        return MeasuredStart.resolve(recipe, data, plain, new RunListener() {
                    @Override
                    public void onNote(String line) {
                        told.accept(line);
                    }
                })
                .recipe();
    }

    /** Whether the time for steps is over. */
    public boolean isOver() {
        return left() <= 0;
    }

    /** Seconds that have passed. */
    public double elapsed() {
        return (clock.getAsLong() - started) / NANOS_PER_SECOND;
    }

    /** Seconds for the training, after what has passed and before what the end takes. */
    double left() {
        return seconds() - elapsed() - end();
    }

    /** Seconds that the last sheet and checkpoint are given. */
    double end() {
        return Math.max(SECONDS_OF_THE_END, SHARE_OF_THE_END * seconds());
    }
}
