package org.saddlepoint.tensor;

import java.util.List;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Makes tensors: from Java's arrays, filled, or joined from others. All are made on the CPU in the current scope. */
public final class Tensors {
    private Tensors() {}

    /** Zeros of type float32. */
    public static Tensor zeros(long... shape) {
        return zeros(DType.FLOAT32, shape);
    }

    /** Zeros of a type. */
    public static Tensor zeros(DType dtype, long... shape) {
        return Native.run("zeros", () -> torch.zeros(shape, options(dtype)));
    }

    /** Ones of type float32. */
    public static Tensor ones(long... shape) {
        return full(1, DType.FLOAT32, shape);
    }

    /** One value everywhere. */
    public static Tensor full(double value, DType dtype, long... shape) {
        return Native.run("full", () -> torch.full(shape, Native.scalar(value), options(dtype)));
    }

    /** Zeros of another tensor's shape, type, device and memory layout. */
    public static Tensor zerosLike(Tensor other) {
        return Native.run("zerosLike", () -> torch.zeros_like(other.handle), other);
    }

    /** Ones of another tensor's shape, type, device and memory layout. */
    public static Tensor onesLike(Tensor other) {
        return Native.run("onesLike", () -> torch.ones_like(other.handle), other);
    }

    /** The n×n identity. */
    public static Tensor eye(long n, DType dtype) {
        return Native.run("eye", () -> torch.eye(n, options(dtype)));
    }

    /** 0, 1, … n − 1 of type int64, shape [n]. */
    public static Tensor arange(long n) {
        return Native.run("arange", () -> torch.arange(new org.bytedeco.pytorch.Scalar(n), options(DType.INT64)));
    }

    /** A float32 scalar. */
    public static Tensor scalar(double value) {
        return full(value, DType.FLOAT32);
    }

    /**
     * A float32 tensor with a copy of these values, last axis fastest.
     *
     * @throws IllegalArgumentException if the shape does not have as many elements as there are values
     */
    public static Tensor of(float[] values, long... shape) {
        return fill(DType.FLOAT32, values.length, shape, t -> t.data_ptr_float().put(values, 0, values.length));
    }

    /** A float64 tensor with a copy of these values, see {@link #of(float[], long...)}. */
    public static Tensor of(double[] values, long... shape) {
        return fill(
                DType.FLOAT64, values.length, shape, t -> t.data_ptr_double().put(values, 0, values.length));
    }

    /** An int64 tensor with a copy of these values, see {@link #of(float[], long...)}. */
    public static Tensor of(long[] values, long... shape) {
        return fill(DType.INT64, values.length, shape, t -> t.data_ptr_long().put(values, 0, values.length));
    }

    /** A uint8 tensor with a copy of these values, see {@link #of(float[], long...)}. */
    public static Tensor of(byte[] values, long... shape) {
        return ofBytes(DType.UINT8, values, shape);
    }

    /**
     * A tensor of any type from its elements' bytes in this machine's byte order, last axis fastest.
     *
     * @throws IllegalArgumentException if there are not exactly as many bytes as the shape and the type need
     */
    public static Tensor ofBytes(DType dtype, byte[] bytes, long... shape) {
        if (bytes.length % dtype.bytes() != 0) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes are not a whole number of " + dtype + " elements of " + dtype.bytes());
        }
        return fill(dtype, bytes.length / dtype.bytes(), shape, t -> new org.bytedeco.javacpp.BytePointer(t.data_ptr())
                .put(bytes, 0, bytes.length));
    }

    /** Joins tensors along an axis that exists. */
    public static Tensor cat(List<Tensor> tensors, int axis) {
        return Native.run(
                "cat",
                Settings.of("axis", axis),
                () -> torch.cat(Native.vector(tensors), axis),
                tensors.toArray(Tensor[]::new));
    }

    /** Joins tensors of one shape along a new axis. */
    public static Tensor stack(List<Tensor> tensors, int axis) {
        return Native.run(
                "stack",
                Settings.of("axis", axis),
                () -> torch.stack(Native.vector(tensors), axis),
                tensors.toArray(Tensor[]::new));
    }

    /** Elements of a where the condition holds, else of b; shapes broadcast. */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        return Native.run("where", () -> torch.where(condition.handle, a.handle, b.handle), condition, a, b);
    }

    private static Tensor fill(
            DType dtype, long elements, long[] shape, java.util.function.Consumer<org.bytedeco.pytorch.Tensor> put) {
        if (Shape.of(shape).elements() != elements) {
            throw new IllegalArgumentException(elements + " values do not fill a tensor of shape " + Shape.of(shape));
        }
        Tensor tensor = Native.run("of", () -> allocate(dtype, shape));
        if (elements > 0) {
            put.accept(tensor.handle);
        }
        return tensor;
    }

    static org.bytedeco.pytorch.Tensor allocate(DType dtype, long... shape) {
        return torch.empty(shape, options(dtype), new org.bytedeco.pytorch.MemoryFormatOptional());
    }

    static TensorOptions options(DType dtype) {
        return new TensorOptions(dtype.scalarType);
    }
}
