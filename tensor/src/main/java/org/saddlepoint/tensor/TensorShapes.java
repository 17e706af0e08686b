package org.saddlepoint.tensor;

import org.jspecify.annotations.Nullable;

/** Other shapes and parts of a {@link Tensor}. */
abstract sealed class TensorShapes extends TensorReductions permits Tensor {
    TensorShapes(org.bytedeco.pytorch.Tensor handle, @Nullable TensorScope scope) {
        super(handle, scope);
    }

    /** The elements in another shape; one size may be −1 and follows from the rest. */
    public Tensor reshape(long... sizes) {
        return Native.run("reshape", () -> handle.reshape(sizes), this);
    }

    /** Merges all axes from this one on into one. */
    public Tensor flatten(int fromAxis) {
        return Native.run("flatten", () -> handle.flatten(fromAxis, -1), this);
    }

    /** Repeats axes of size 1 to these sizes, without copying. */
    public Tensor expand(long... sizes) {
        return Native.run("expand", () -> handle.expand(sizes), this);
    }

    /** Reorders the axes. */
    public Tensor permute(long... axes) {
        return Native.run("permute", Settings.of("axes", axes), () -> handle.permute(axes), this);
    }

    /** Swaps two axes. */
    public Tensor transpose(int a, int b) {
        return Native.run("transpose", Settings.of("a", a, "b", b), () -> handle.transpose(a, b), this);
    }

    /** Drops an axis of size 1. */
    public Tensor squeeze(int axis) {
        return Native.run("squeeze", () -> handle.squeeze(axis), this);
    }

    /** Inserts an axis of size 1. */
    public Tensor unsqueeze(int axis) {
        return Native.run("unsqueeze", () -> handle.unsqueeze(axis), this);
    }

    /** A part of an axis, sharing memory. */
    public Tensor narrow(int axis, long start, long length) {
        return Native.run(
                "narrow", Settings.of("axis", axis, "start", start), () -> handle.narrow(axis, start, length), this);
    }

    /** One index of an axis, which is dropped; shares memory. */
    public Tensor select(int axis, long index) {
        return Native.run("select", Settings.of("axis", axis, "index", index), () -> handle.select(axis, index), this);
    }

    /** The entries of an axis at these int64 indices, shape [n]. */
    public Tensor indexSelect(int axis, Tensor indices) {
        return Native.run(
                "indexSelect",
                Settings.of("axis", axis),
                () -> handle.index_select(axis, indices.handle),
                this,
                indices);
    }

    /** One element an index along an axis, as {@code torch.gather}. */
    public Tensor gather(int axis, Tensor indices) {
        return Native.run(
                "gather", Settings.of("axis", axis), () -> handle.gather(axis, indices.handle), this, indices);
    }

    /** The axes reversed in order. */
    public Tensor flip(long... axes) {
        return Native.run("flip", Settings.of("axes", axes), () -> handle.flip(axes), this);
    }
}
