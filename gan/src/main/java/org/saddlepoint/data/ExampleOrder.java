package org.saddlepoint.data;

/** Which example comes at each position of the endless sequence; decided by a seed and the position alone. */
interface ExampleOrder {
    /** The examples at {@code count} successive positions from {@code start} on. */
    int[] indices(LoaderPosition start, int count);

    /** A number of successive positions that contains every example, wherever it begins. */
    long covering();
}
