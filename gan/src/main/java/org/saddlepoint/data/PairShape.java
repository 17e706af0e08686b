package org.saddlepoint.data;

import java.util.List;
import java.util.Optional;

/**
 * Two images that make one example: the numbers of {@code a}, then those of {@code b}.
 *
 * @param a what is translated
 * @param b what it is translated to
 */
public record PairShape(ImageShape a, ImageShape b) implements ExampleShape {

    /** @throws ArithmeticException when both together have more numbers than an array can */
    public PairShape {
        Math.addExact(a.elements(), b.elements());
    }

    /** Such as {@code 256x256 grey with 256x256 colour}. */
    @Override
    public String toString() {
        return a + " with " + b;
    }

    @Override
    public int elements() {
        return a.elements() + b.elements();
    }

    /** {@code {channels, height, width}} of a, then of b. */
    @Override
    public int[] dimensions() {
        return new int[] {a.channels(), a.height(), a.width(), b.channels(), b.height(), b.width()};
    }

    @Override
    public List<ImageShape> images() {
        return List.of(a, b);
    }

    @Override
    public Optional<PairShape> pair() {
        return Optional.of(this);
    }
}
