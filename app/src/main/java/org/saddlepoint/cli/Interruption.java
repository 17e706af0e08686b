package org.saddlepoint.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * While open, Ctrl-C and TERM ask for a stop and wait until this is closed, so that a step in progress ends and a
 * checkpoint is written; the process then ends with 130 or 143 as always. Further signals change nothing; only a kill
 * that cannot be caught is faster.
 */
final class Interruption implements AutoCloseable {
    /** A stop that takes longer than this is not waited for. */
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private @Nullable Runnable stop;
    private boolean asked;

    /** @param told is called once, when a stop is asked for */
    Interruption(Runnable told) {
        hook = new Thread(
                () -> {
                    told.run();
                    ask();
                    try {
                        done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "saddlepoint-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says what stops; done at once where a stop was asked for already. */
    synchronized void stopBy(Runnable action) {
        stop = action;
        if (asked) {
            action.run();
        }
    }

    /** Whether a stop was asked for. */
    synchronized boolean asked() {
        return asked;
    }

    private synchronized void ask() {
        asked = true;
        if (stop != null) {
            stop.run();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, which is what the hook is for.
        }
    }
}
