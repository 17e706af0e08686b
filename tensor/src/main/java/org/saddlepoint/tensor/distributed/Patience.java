package org.saddlepoint.tensor.distributed;

import java.time.Duration;

/**
 * How long processes wait for each other. A process that ends is noticed at once; these are for one that hangs, or whose machine
 * is gone without a word.
 *
 * @param meeting until all are there
 * @param operation in which all take part, within a step
 * @param word of rank 0, which may be evaluating, or waiting for room on its disk
 * @param check how often those who wait for its word ask whether its machine is still there, which must answer within the time for an
 *     operation
 */
public record Patience(Duration meeting, Duration operation, Duration word, Duration check) {
    /** Five minutes, ten minutes, a day, ten seconds. */
    public static final Patience DEFAULT =
            new Patience(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofDays(1), Duration.ofSeconds(10));

    /** The same with another time until all are there. */
    public Patience meeting(Duration value) {
        return new Patience(value, operation, word, check);
    }

    /** The same with another time for operations in which all take part. */
    public Patience operation(Duration value) {
        return new Patience(meeting, value, word, check);
    }
}
