package org.saddlepoint.data;

import org.saddlepoint.input.Require;

/**
 * A place in the endless sequence of shuffled epochs; with the seed it is the whole state of a {@link BatchLoader}.
 *
 * @param epoch times that the dataset was gone through before, at least 0
 * @param index place within the epoch's permutation, at least 0 and below the dataset's size
 */
public record LoaderPosition(long epoch, int index) {

    /** Before the first example. */
    public static final LoaderPosition START = new LoaderPosition(0, 0);

    /** @throws IllegalArgumentException when a number is negative */
    public LoaderPosition {
        Require.atLeast(0, "epoch", epoch);
        Require.atLeast(0, "index", index);
    }

    /** The position {@code slots} further on, where an epoch has {@code size} of them. */
    LoaderPosition plus(int slots, int size) {
        long index = (long) this.index + slots;
        return new LoaderPosition(epoch + index / size, (int) (index % size));
    }
}
