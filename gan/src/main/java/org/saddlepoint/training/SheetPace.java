package org.saddlepoint.training;

import java.util.Set;
import java.util.function.LongSupplier;

/**
 * When the next sheet of samples is due: every so many steps, or at a few first steps and then by time.
 *
 * <p>By time, the sheet after the k-th comes after {@code 20 s × 1.15^max(0, k − 10)}, so that a training of an hour has about
 * 35 sheets and one of two days about 60. The number of sheets is that of the whole run, however often it was resumed.
 */
final class SheetPace {
    /** The value of {@code sampleEvery} that stands for sheets by time. */
    static final int BY_TIME = 0;

    private static final Set<Long> FIRST_STEPS = Set.of(1L, 10L, 50L, 100L);
    private static final double FIRST_SECONDS = 20;
    private static final double GROWTH = 1.15;
    private static final int EQUAL_PAUSES = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int every;
    private final LongSupplier clock;
    private int sheets;
    private long last;

    /**
     * A pace.
     *
     * @param every steps from one sheet to the next, or {@link #BY_TIME}
     * @param clock nanoseconds that only go forward
     */
    SheetPace(int every, LongSupplier clock) {
        this.every = every;
        this.clock = clock;
    }

    /** Training begins or goes on, with so many sheets. */
    void start(int drawnBefore) {
        sheets = drawnBefore;
        last = clock.getAsLong();
    }

    /** Whether a sheet is due after this step. */
    boolean isDue(long step) {
        return every == BY_TIME
                ? FIRST_STEPS.contains(step) || clock.getAsLong() - last >= pause() * NANOS_PER_SECOND
                : step % every == 0;
    }

    /** A sheet was drawn; the pause begins after it. */
    void drawn() {
        sheets++;
        last = clock.getAsLong();
    }

    /** Seconds from the last sheet to the next. */
    double pause() {
        return FIRST_SECONDS * Math.pow(GROWTH, Math.max(0, sheets - EQUAL_PAUSES));
    }
}
