package org.saddlepoint.data;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.saddlepoint.input.Require;

/**
 * Data in two parts: what is learned from, and a few examples that are never learned from, by which overfitting shows. Which
 * these are depends on the number of examples alone, so that it is the same for every seed and after every resume.
 *
 * @param training what is learned from, augmented as the data is; all of it where nothing is held out
 * @param heldOut the other examples; empty where there are too few
 */
public record HeldOut(Dataset training, Optional<Dataset> heldOut) {
    /** Fewer than these say nothing of a batch's kind. */
    private static final int LEAST = 64;

    /** More are not looked at, and would only be missing from the training. */
    private static final int MOST = 256;

    private static final int LEFT_OF_CLASS = 8;
    private static final int NO_CLASS = -1;
    private static final long CHOICE = 0x68656c64; // any fixed number

    /**
     * Divides data into what is learned from and what is held out; every class keeps some examples to be learned from.
     *
     * @param share of the examples that are held out, in [0, 0.5]; at most 256, and none where that gives fewer than 64
     */
    public static HeldOut of(Dataset data, double share) {
        Require.within(0, 0.5, "share", share);
        int count = (int) Math.min(MOST, Math.round(share * data.size()));
        if (count < LEAST) {
            return new HeldOut(data, Optional.empty());
        }
        boolean[] chosen = chosen(data, count);
        if (indices(chosen, true).count() < LEAST) { // classes of a few examples each
            return new HeldOut(data, Optional.empty());
        }
        return new HeldOut(
                Subset.augmented(data, data.name(), indices(chosen, false)),
                Optional.of(new Subset(data, data.name() + ", held out", indices(chosen, true))));
    }

    /** A random choice that leaves every class some examples to be learned from. */
    private static boolean[] chosen(Dataset data, int count) {
        Map<Integer, Integer> left = new HashMap<>();
        for (int i = 0; i < data.size(); i++) {
            left.merge(data.label(i).orElse(NO_CLASS), 1, Integer::sum);
        }
        boolean[] chosen = new boolean[data.size()];
        int taken = 0;
        for (int index : shuffled(data.size())) {
            int label = data.label(index).orElse(NO_CLASS);
            if (taken < count && left.getOrDefault(label, 0) > LEFT_OF_CLASS) {
                left.merge(label, -1, Integer::sum);
                chosen[index] = true;
                taken++;
            }
        }
        return chosen;
    }

    private static IntStream indices(boolean[] chosen, boolean wanted) {
        return IntStream.range(0, chosen.length).filter(i -> chosen[i] == wanted);
    }

    private static int[] shuffled(int size) {
        int[] order = IntStream.range(0, size).toArray();
        SplitMix random = new SplitMix(CHOICE);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
