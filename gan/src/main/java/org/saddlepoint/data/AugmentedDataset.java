package org.saddlepoint.data;

/**
 * A dataset whose examples differ from pass to pass, by a number that is drawn for each.
 *
 * <p>{@link BatchLoader} derives that number from its seed and the example's position alone, so that both still say
 * everything. The plain {@link #read(int, float[], int)} is the view in which nothing is random, for evaluation.
 */
public interface AugmentedDataset extends Dataset {

    /**
     * Writes example {@code index}, as {@code draw} makes it, to {@code target[offset .. offset + shape().elements())}.
     * Equal draws give equal numbers, from any thread.
     *
     * @param draw decides all that is random; any number
     * @throws DamagedExampleException when this example does not decode; the target's content is then undefined
     * @throws IndexOutOfBoundsException when {@code index} is not in [0, size()), or the target is too short
     */
    void read(int index, long draw, float[] target, int offset) throws DamagedExampleException;
}
