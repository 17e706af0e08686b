package org.saddlepoint.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a recorded computation, as it was then: what it came from, its type and its shape. It needs no scope.
 *
 * @see GraphRecorder
 */
public final class RecordedValue {
    /** What a value came from. */
    public enum Origin {
        /** It was given to the computation. */
        INPUT,
        /** Random numbers that the computation drew, where the recorder takes these as inputs. */
        DRAW,
        /** It depends on no input. */
        CONSTANT,
        /** An operation made it of values that depend on inputs. */
        RESULT
    }

    private final String name;
    private final Origin origin;
    private final DType dtype;
    private final Shape shape;
    private final byte @Nullable [] bytes;

    RecordedValue(String name, Origin origin, Tensor tensor, byte @Nullable [] bytes) {
        this.name = name;
        this.origin = origin;
        this.dtype = tensor.dtype();
        this.shape = tensor.shape();
        this.bytes = bytes;
    }

    /** Distinct among the values of a recording; that of equal computations is the same. */
    public String name() {
        return name;
    }

    /** What it came from. */
    public Origin origin() {
        return origin;
    }

    /** Type of the elements. */
    public DType dtype() {
        return dtype;
    }

    /** Sizes of the axes, those of the recorded call. */
    public Shape shape() {
        return shape;
    }

    /**
     * The elements of a constant or of drawn numbers, as {@link Tensor#toByteArray}.
     *
     * @throws IllegalStateException if it is an input or a result
     */
    public byte[] bytes() {
        if (bytes == null) {
            throw new IllegalStateException(name + " has no numbers of its own, since it is of origin " + origin);
        }
        return bytes.clone();
    }

    /** Whether type, shape and, of constants, numbers are the same. */
    public boolean isLike(RecordedValue other) {
        return origin == other.origin
                && dtype == other.dtype
                && shape.equals(other.shape)
                && (origin != Origin.CONSTANT || Arrays.equals(bytes, other.bytes));
    }

    @Override
    public String toString() {
        return name + " " + dtype + shape;
    }
}
