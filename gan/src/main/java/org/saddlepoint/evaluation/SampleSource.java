package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Generated samples that come in batches, in an order that means nothing, each once. */
public interface SampleSource {
    /** What the samples are called in messages. */
    String name();

    /** Sizes of one sample's axes: [C, H, W], or [D] for points. */
    int[] shape();

    /** How many there are at most. */
    int available();

    /** Whose samples: {@code moving average}, {@code last} or {@code files}. */
    String weights();

    /** Names of the classes that samples have or were asked for; empty where there are none. */
    List<String> classNames();

    /** Where the classes come from, in a few words; empty where there are none. */
    String labels();

    /** The next samples, in the current scope. */
    Drawn next(int count);

    /**
     * Passes over samples: those that follow are the same as if these had been drawn. Sources that can leave out what takes long do.
     */
    default void skip(int count) {
        try (TensorScope scratch = TensorScope.open()) {
            next(count);
        }
    }

    /** The generator behind the samples, if its latents can be chosen. */
    default Optional<LatentWalk> walk() {
        return Optional.empty();
    }

    /** What the samples are translations of, if they are. */
    default Optional<Translations> translations() {
        return Optional.empty();
    }

    /**
     * Samples that belong together.
     *
     * @param samples [count, …], images in [−1, 1]
     * @param labels the class of each, a position in {@link SampleSource#classNames}; empty where there are none
     */
    record Drawn(Tensor samples, List<Integer> labels) {}
}
