package org.saddlepoint.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Engine;

/**
 * While open, Ctrl-C and TERM ask for a stop and wait until this is closed, so that a step in progress ends and a
 * checkpoint is written; the process then ends with 130 or 143 as always. Further signals change nothing; only a kill
 * that cannot be caught is faster.
 *
 * <p>Without an open one the process ends as soon as libtorch has ended the operation in progress, see {@link
 * Engine#rest}.
 */
final class Interruption implements AutoCloseable {
    /** A stop that takes longer than this is not waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final AtomicReference<@Nullable Interruption> OPEN = new AtomicReference<>();

    private final CountDownLatch done = new CountDownLatch(1);
    private final Runnable told;
    private volatile boolean asked;
    private volatile @Nullable Integer code;

    /** @param told is called once, when a stop is asked for */
    Interruption(Runnable told) {
        this.told = told;
        if (!OPEN.compareAndSet(null, this)) {
            throw new IllegalStateException("one interruption is open already; close it first");
        }
    }

    /** From here on this process ends in the order above, however it ends. */
    static void installHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(Interruption::end, "saddlepoint-stop"));
    }

    private static void end() {
        Interruption open = OPEN.get();
        try {
            if (open != null) {
                open.told.run();
                open.asked = true;
                open.done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            Engine.rest(PATIENCE);
            Integer code = open == null ? null : open.code;
            if (code != null) {
                System.out.flush();
                Runtime.getRuntime().halt(code); // the only way to another code once the process ends
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process, if a signal ends it, do so with this code: to end is what the command was asked for. */
    void endWith(int exitCode) {
        code = exitCode;
    }

    /** Whether a stop was asked for. */
    boolean asked() {
        return asked;
    }

    @Override
    public void close() {
        OPEN.set(null);
        done.countDown();
    }
}
