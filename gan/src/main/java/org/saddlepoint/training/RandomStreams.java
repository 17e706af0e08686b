package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.RandomGenerator;

/**
 * Where a training's random numbers come from: separate streams of one seed, so that a change of one, such as another
 * penalty, leaves the others as they are. Data has a stream of its own, in its loader.
 *
 * <p>Runs of format 1 drew all numbers from one stream, in the order in which they were needed. Such a run goes on so.
 */
public final class RandomStreams implements AutoCloseable {
    private static final String NETWORKS = "networks";
    private static final String LATENTS = "latents";
    private static final String NOISE = "noise";

    private final Map<String, RandomGenerator> streams = new LinkedHashMap<>();
    private final boolean single;

    private RandomStreams(boolean single) {
        this.single = single;
    }

    /** Separate streams of a seed. */
    public static RandomStreams of(long seed) {
        RandomStreams all = new RandomStreams(false);
        long stream = 1;
        for (String name : new String[] {NETWORKS, LATENTS, NOISE}) {
            all.streams.put(name, new RandomGenerator(mix(seed + mix(stream++))));
        }
        return all;
    }

    /** What the streams of several processes draw together, drawn by one, which so trains what they do; for tests. */
    static RandomStreams ofRanks(long seed, int ranks) {
        RandomStreams all = of(seed);
        for (String name : new String[] {LATENTS, NOISE}) {
            List<RandomGenerator> shares = new ArrayList<>(List.of(all.stream(name)));
            for (int rank = 1; rank < ranks; rank++) {
                RandomStreams own = of(seed);
                own.setApart(rank, seed);
                shares.add(own.stream(name));
            }
            all.streams.put(name, RandomGenerator.ofShares(shares));
        }
        return all;
    }

    /** A permutation of all numbers under which neighbours come far apart (Steele et al. 2014, the mixer of SplitMix64). */
    private static long mix(long number) {
        long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** One stream for everything, as runs of format 1 had it. */
    public static RandomStreams single(long seed) {
        RandomStreams one = new RandomStreams(true);
        RandomGenerator random = new RandomGenerator(seed);
        for (String name : new String[] {NETWORKS, LATENTS, NOISE}) {
            one.streams.put(name, random);
        }
        return one;
    }

    /**
     * Sets the streams of one of several processes apart from those of the others, once networks are built, which all draw alike.
     * Rank 0 draws on as one process alone would.
     *
     * @param from another number for each time that streams are set apart
     */
    public void setApart(int rank, long from) {
        if (rank == 0) {
            return;
        }
        try (RandomStreams own = single ? single(mix(from + mix(-rank))) : of(mix(from + mix(-rank)))) {
            restore(own.states());
        }
    }

    /** Of initial weights and of what constraints start from; in training, of dropout. */
    public RandomGenerator networks() {
        return stream(NETWORKS);
    }

    /** Of latents and of the conditions beside them. */
    public RandomGenerator latents() {
        return stream(LATENTS);
    }

    /** Of noise on samples, and of the points where penalties look. */
    public RandomGenerator noise() {
        return stream(NOISE);
    }

    private RandomGenerator stream(String name) {
        RandomGenerator stream = streams.get(name);
        if (stream == null) {
            throw new IllegalStateException("there is no stream " + name);
        }
        return stream;
    }

    /** Whether there is one stream for everything. */
    public boolean isSingle() {
        return single;
    }

    /** The state of each stream, by name; of a single one that state alone, without a name. */
    Map<String, byte[]> states() {
        Map<String, byte[]> states = new LinkedHashMap<>();
        if (single) {
            states.put("", networks().state());
        } else {
            streams.forEach((name, stream) -> states.put(name, stream.state()));
        }
        return states;
    }

    /** @throws IllegalArgumentException if these are states of other streams */
    void restore(Map<String, byte[]> states) {
        if (!states.keySet().equals(states().keySet())) {
            throw new IllegalArgumentException(
                    "it has the random streams " + states.keySet() + ", but this training " + states().keySet());
        }
        states.forEach((name, state) -> stream(single ? NETWORKS : name).restore(state));
    }

    @Override
    public void close() {
        streams.values().forEach(RandomGenerator::close); // closing the same one again does nothing
    }
}
