package org.saddlepoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.saddlepoint.tensor.RandomGenerator;

/** The one generator of random numbers of networks with dropout, lent to one series of translations at a time. */
final class DropoutSource implements AutoCloseable {
    /** Beginnings are kept for so many seeds: each takes a network's weights to draw. */
    private static final int KEPT = 64;

    /** Where a series of translations is in its random numbers. */
    static final class Position {
        private final long seed;
        private byte[] state = new byte[0];

        Position(long seed) {
            this.seed = seed;
        }
    }

    private final RandomGenerator random;
    private final LongFunction<byte[]> beginning;
    private final Map<Long, byte[]> beginnings = new LinkedHashMap<>();

    /**
     * @param random of the networks, from here on this object's
     * @param beginning the generator's state that a seed begins with
     */
    DropoutSource(RandomGenerator random, LongFunction<byte[]> beginning) {
        this.random = random;
        this.beginning = beginning;
    }

    /** Runs an action, alone, with the numbers from this position on, and moves the position behind them. */
    synchronized <T> T run(Position position, Supplier<T> action) {
        random.restore(position.state.length == 0 ? beginning(position.seed) : position.state);
        T result = action.get();
        position.state = random.state();
        return result;
    }

    private byte[] beginning(long seed) {
        byte[] kept = beginnings.get(seed);
        if (kept == null) {
            kept = beginning.apply(seed);
            if (beginnings.size() >= KEPT) {
                beginnings.remove(beginnings.keySet().iterator().next());
            }
            beginnings.put(seed, kept);
        }
        return kept;
    }

    @Override
    public void close() {
        random.close();
    }
}
