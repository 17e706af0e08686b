package org.saddlepoint.benchmarks.quality;

import java.util.function.LongSupplier;

/** A clock that stands still while something is done that does not count, such as an evaluation. */
final class PausableClock implements LongSupplier {
    private final LongSupplier clock;
    private long notCounted;
    private long pausedAt;
    private boolean paused;

    /** A clock that goes by another one, in nanoseconds. */
    PausableClock(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public long getAsLong() {
        return (paused ? pausedAt : clock.getAsLong()) - notCounted;
    }

    void pause() {
        pausedAt = clock.getAsLong();
        paused = true;
    }

    void goOn() {
        notCounted += clock.getAsLong() - pausedAt;
        paused = false;
    }
}
