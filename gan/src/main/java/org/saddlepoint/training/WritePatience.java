package org.saddlepoint.training;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.saddlepoint.run.RunException;

/**
 * Waits where a write fails, on a full disk for example, and tries again until it succeeds, so that nothing that was
 * computed is lost. Gives up, with the failure, when asked to stop or after a limit.
 *
 * @see #around
 */
public final class WritePatience {
    /** Is told of each pause, on the training thread. */
    public interface Told {
        /** A write failed and is tried again from now on; why, in one line. */
        void paused(String reason);

        /** The write succeeded; how long it took. */
        void goesOn(Duration waited);
    }

    /** How long a wait may be until it is noticed that a stop was asked for. */
    private static final long NOTICE_MILLIS = 100;

    private final Duration between;
    private final Duration limit;
    private final BooleanSupplier stop;
    private final Told told;

    /**
     * @param between time from one try to the next
     * @param limit the longest pause
     * @param stop whether to give up
     * @param told of pauses
     */
    public WritePatience(Duration between, Duration limit, BooleanSupplier stop, Told told) {
        this.between = between;
        this.limit = limit;
        this.stop = stop;
        this.told = told;
    }

    /**
     * Runs a write until it succeeds.
     *
     * @param write may be run again after it failed: it leaves nothing behind then, or what it does not do twice
     * @throws RunException the last failure, where it gave up; or the first one, where the file system is not its cause
     */
    public void run(Runnable write) {
        long start = 0; // of the pause
        boolean paused = false;
        while (true) {
            try {
                write.run();
                if (paused) {
                    told.goesOn(Duration.ofNanos(System.nanoTime() - start));
                }
                return;
            } catch (RunException failure) {
                if (!(failure.getCause() instanceof IOException) || stop.getAsBoolean()) {
                    throw failure;
                }
                long now = System.nanoTime();
                if (!paused) {
                    told.paused(String.valueOf(failure.getMessage()));
                    paused = true;
                    start = now;
                }
                if (now - start > limit.toNanos() || !waited()) {
                    throw failure;
                }
            }
        }
    }

    /** Answers whether to try again. */
    private boolean waited() {
        long now = System.nanoTime();
        while (System.nanoTime() - now < between.toNanos()) {
            if (stop.getAsBoolean()) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(Math.min(NOTICE_MILLIS, between.toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !stop.getAsBoolean();
    }

    /** A listener that does what the other does, with patience; of failures it is told as it is. */
    public TrainingListener around(TrainingListener listener) {
        return new TrainingListener() {
            @Override
            public void onStart(TrainingState state) {
                WritePatience.this.run(() -> listener.onStart(state));
            }

            @Override
            public void onStep(TrainingState state, StepReport report) {
                WritePatience.this.run(() -> listener.onStep(state, report));
            }

            @Override
            public void onFailure(TrainingState state, RuntimeException failure) {
                listener.onFailure(state, failure);
            }

            @Override
            public void onEnd(TrainingState state) {
                WritePatience.this.run(() -> listener.onEnd(state));
            }
        };
    }
}
