package org.saddlepoint.tensor;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times native operations until it is closed, in all threads: at the one door that they pass.
 *
 * <p>A backward pass is one operation, {@code grad}, and so is the update of all parameters by an optimizer. On a GPU an operation only
 * begins here, and its time is found in the next one that waits.
 */
public final class OperationProfile implements AutoCloseable {
    private static volatile @Nullable OperationProfile current;

    private final Map<String, Total> totals = new HashMap<>();

    private OperationProfile() {}

    /**
     * What an operation came to.
     *
     * @param operation its name
     * @param calls how often it ran
     * @param seconds how long it ran, in all
     */
    public record Total(String operation, long calls, double seconds) {
        private Total plus(double more) {
            return new Total(operation, calls + 1, seconds + more);
        }
    }

    /**
     * Begins.
     *
     * @throws IllegalStateException if another one is open
     */
    public static synchronized OperationProfile open() {
        if (current != null) {
            throw new IllegalStateException("another profile is open; close it first");
        }
        OperationProfile opened = new OperationProfile();
        current = opened;
        return opened;
    }

    /** All operations so far, the longest first. */
    public synchronized List<Total> totals() {
        return totals.values().stream()
                .sorted(Comparator.comparingDouble(Total::seconds).reversed())
                .toList();
    }

    private synchronized void add(String operation, double seconds) {
        totals.merge(operation, new Total(operation, 1, seconds), (total, once) -> total.plus(seconds));
    }

    /** The time where a profile is open, else 0. */
    static long begin() {
        return current == null ? 0 : System.nanoTime();
    }

    /** Counts an operation that began then, where a profile was open. */
    static void end(String operation, long began) {
        OperationProfile open = current;
        if (open != null && began != 0) {
            open.add(operation, (System.nanoTime() - began) / 1e9);
        }
    }

    /** Stops; closing twice does nothing. */
    @Override
    public void close() {
        synchronized (OperationProfile.class) {
            if (current == this) {
                current = null;
            }
        }
    }
}
