package org.saddlepoint.data;

import java.util.List;

/**
 * The pictures that the examples of a data set are made of, for those who look at each of them once. May be used from many
 * threads.
 */
public interface SourcePictures {

    /** Which pictures of the data set these are, such as {@code A}; empty if they are all. */
    String title();

    /** Number of examples. */
    int size();

    /** The shapes that training gives the pictures of an example; none of points. */
    List<ImageShape> shapes();

    /** What the user calls example {@code index}: the path of its file within the data, or {@code #index}. */
    String name(int index);

    /**
     * The pictures of example {@code index}: one, the two of a pair, or none of a point.
     *
     * @throws DamagedExampleException when one does not decode; the data set lists it as skipped
     */
    List<SourcePicture> read(int index) throws DamagedExampleException;
}
