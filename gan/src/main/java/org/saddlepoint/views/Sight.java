package org.saddlepoint.views;

import org.saddlepoint.nn.Memory;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.RandomGenerator;

/**
 * What a {@link View} may look at beside the samples.
 *
 * @param origin where the samples come from
 * @param progress how far training is
 * @param random where it draws from
 * @param memory what it keeps from one update to the next
 */
public record Sight(Origin origin, Progress progress, RandomGenerator random, Memory memory) {
    /** Where samples come from. */
    public enum Origin {
        /** From the data. */
        REAL,
        /** From the generator. */
        FAKE
    }
}
