package org.saddlepoint.data;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A finite collection of examples of one shape, in a fixed order.
 *
 * <p>The contract every implementation keeps:
 *
 * <ul>
 *   <li>{@link #read} may be called from many threads at once, and gives the same numbers each time.
 *   <li>Images are CHW in [-1, 1], a stored sample v in 0..255 becoming {@code v / 127.5 - 1}; points are given as they
 *       are.
 *   <li>An example that turns out damaged keeps its index; reading it fails each time, and it is logged and added to
 *       {@link #skipped()} once.
 *   <li>Size, shape, order, labels, vectors and fingerprint never change after opening.
 * </ul>
 */
public interface Dataset extends AutoCloseable {

    /** What the user calls it, such as {@code digits} or {@code folder photos}. */
    String name();

    /** Number of examples, at least 1. Examples found damaged while reading are still counted. */
    int size();

    /** The shape of every example. */
    ExampleShape shape();

    /**
     * Writes example {@code index} to {@code target[offset .. offset + shape().elements())}.
     *
     * @throws DamagedExampleException when this example does not decode; the target's content is then undefined
     * @throws IndexOutOfBoundsException when {@code index} is not in [0, size()), or the target is too short
     */
    void read(int index, float[] target, int offset) throws DamagedExampleException;

    /** The class of example {@code index}, a position in {@link #classNames()}; empty where there are no labels. */
    OptionalInt label(int index);

    /** Names of the classes, in the order of the labels; empty where there are no labels. */
    List<String> classNames();

    /** Names of the numbers that describe an example beside its class; empty where there are none. */
    default List<String> vectorNames() {
        return List.of();
    }

    /**
     * Writes the numbers that describe example {@code index}, as they are given, in the order of {@link #vectorNames()},
     * to {@code target[offset .. offset + vectorNames().size())}. They are finite, and do not depend on whether the example
     * decodes.
     *
     * @throws IndexOutOfBoundsException when {@code index} is not in [0, size()), or the target is too short
     */
    default void readVector(int index, float[] target, int offset) {
        Objects.checkIndex(index, size());
        Objects.checkFromIndexSize(offset, vectorNames().size(), target.length);
    }

    /**
     * Hexadecimal SHA-256 that identifies the content. Equal content gives equal fingerprints on any machine, whatever
     * the place and time of the files; implementations say what they hash.
     */
    String fingerprint();

    /** What was left out so far, in the order in which it was found. */
    List<Skipped> skipped();

    /** Releases files. Reading afterwards fails. Has no effect the second time. */
    @Override
    void close();
}
