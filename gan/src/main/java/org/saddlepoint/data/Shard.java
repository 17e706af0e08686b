package org.saddlepoint.data;

import org.saddlepoint.input.Require;

/**
 * The part of an order of examples that is one process's, where several share each batch: of each {@code whole} successive
 * positions those from {@code first} on, {@code count} of them. So all processes together see each example once an epoch, and each
 * batch is the one that a process alone would have.
 *
 * @param first place in each batch
 * @param count examples of each batch, at least 1
 * @param whole examples of each batch of all processes
 */
public record Shard(int first, int count, int whole) {
    /** The shard of a process that trains alone: every example. */
    public static final Shard ALL = new Shard(0, 1, 1);

    public Shard {
        Require.atLeast(0, "first", first);
        Require.atLeast(1, "count", count);
        Require.atLeast((long) first + count, "whole", whole);
    }

    /** The position itself where it is of this shard, else that of the shard's first example in the next batch. */
    LoaderPosition align(LoaderPosition position, int size) {
        long turn = turn(position, size);
        long place = turn % whole - first;
        if (place >= 0 && place < count) {
            return position;
        }
        return at((turn + whole - 1) / whole * whole + first, size);
    }

    /** The position so many of the shard's examples further on. */
    LoaderPosition plus(LoaderPosition position, int examples, int size) {
        long turn = turn(position, size);
        long place = turn % whole - first + examples;
        return at(turn - turn % whole + place / count * whole + first + place % count, size);
    }

    private static long turn(LoaderPosition position, int size) {
        return position.epoch() * size + position.index();
    }

    private static LoaderPosition at(long turn, int size) {
        return new LoaderPosition(turn / size, (int) (turn % size));
    }
}
