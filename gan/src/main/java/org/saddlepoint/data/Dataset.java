package org.saddlepoint.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A finite collection of examples of one shape, in a fixed order.
 *
 * <p>The contract every implementation keeps:
 *
 * <ul>
 *   <li>{@link #read(int, float[], int)} may be called from many threads at once, and gives the same numbers each time.
 *   <li>Images are CHW in [-1, 1], a stored sample v in 0..255 becoming {@code v / 127.5 - 1}; points are not
 *       scaled.
 *   <li>An example that turns out damaged keeps its index; reading it fails each time, and it is logged and added to
 *       {@link #skipped()} once.
 *   <li>Size, shape, order, labels, vectors and fingerprint never change after opening.
 * </ul>
 */
public interface Dataset extends AutoCloseable {

    /** Name for messages, such as {@code digits} or {@code folder photos}. */
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

    /**
     * Writes example {@code index} as {@code draw} makes it, for data that is augmented at random: {@link BatchLoader}
     * derives the draw from its seed and the example's position alone. Equal draws give equal numbers, from any thread.
     * Without augmentation this is {@link #read(int, float[], int)}, which is in any case the view in which nothing is
     * random, for evaluation.
     *
     * @param draw decides all that is random; any number
     * @throws DamagedExampleException when this example does not decode; the target's content is then undefined
     * @throws IndexOutOfBoundsException when {@code index} is not in [0, size()), or the target is too short
     */
    default void read(int index, long draw, float[] target, int offset) throws DamagedExampleException {
        read(index, target, offset);
    }

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

    /** The mixture that points were drawn from, for measures of mode coverage; empty for all other data. */
    default Optional<GaussianMixture> mixture() {
        return Optional.empty();
    }

    /** Whether an example is two images that belong together, so that one is the correct translation of the other. */
    default boolean hasPairs() {
        return false;
    }

    /** What is known before any example is read, such as the number and sizes of files; one line each. */
    default List<String> notes() {
        return List.of();
    }

    /**
     * The pictures that examples are made of, with their names: all together, or by sides where these do not belong
     * together.
     */
    default List<SourcePictures> pictures() {
        return List.of(ExamplePictures.of(this, ExamplePictures::number));
    }

    /** What may make learning from this data hard; one line each, none if nothing is known. */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Hexadecimal SHA-256 that identifies the content. Equal content gives equal fingerprints on any machine, whatever
     * the place and time of the files; implementations say what they hash.
     */
    String fingerprint();

    /**
     * The files whose names, lengths and sizes the fingerprint covers, in the order in which it does; none where examples
     * do not lie in files of their own.
     */
    default List<DataFile> files() {
        return List.of();
    }

    /** What was left out so far, in the order in which it was found. */
    List<Skipped> skipped();

    /** Those of {@link #skipped()} that a user may miss: all but files that are no pictures and do not claim to be. */
    default List<Skipped> faults() {
        return skipped().stream().filter(Skipped::isFault).toList();
    }

    /** Releases files. Reading afterwards fails. Has no effect the second time. */
    @Override
    void close();
}
