package org.saddlepoint.data;

import org.jspecify.annotations.Nullable;

/** A permutation of the dataset for each epoch, derived from the seed and the epoch's number alone. */
final class EpochOrder implements ExampleOrder {
    private final int size;
    private final long seed;
    private long epoch;
    private int @Nullable [] order;

    EpochOrder(int size, long seed) {
        this.size = size;
        this.seed = seed;
    }

    @Override
    public int[] indices(LoaderPosition start, int count) {
        int[] indices = new int[count];
        LoaderPosition position = start;
        for (int i = 0; i < count; i++, position = position.plus(1, size)) {
            indices[i] = at(position.epoch(), position.index());
        }
        return indices;
    }

    /** The example at this place of this epoch. */
    int at(long wanted, int index) {
        return permutation(wanted)[index];
    }

    /** Any 2n − 1 successive positions contain a whole epoch. */
    @Override
    public long covering() {
        return 2L * size - 1;
    }

    private int[] permutation(long wanted) {
        int[] known = order;
        if (known == null || epoch != wanted) {
            known = shuffled(SplitMix.of(seed, wanted));
            order = known;
            epoch = wanted;
        }
        return known;
    }

    /** Fisher and Yates, in Durstenfeld's form. */
    private int[] shuffled(SplitMix random) {
        int[] permutation = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        return permutation;
    }
}
