package org.saddlepoint.tensor;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Sums, means and the like of a {@link Tensor}, over all elements or some axes. */
abstract sealed class TensorReductions extends TensorArithmetic permits TensorShapes {
    TensorReductions(org.bytedeco.pytorch.Tensor handle, @Nullable TensorScope scope) {
        super(handle, scope);
    }

    /** Sum of all elements, a scalar. */
    public Tensor sum() {
        return Native.run("sum", () -> handle.sum(), this);
    }

    /** Mean of all elements, a scalar. */
    public Tensor mean() {
        return Native.run("mean", () -> handle.mean(), this);
    }

    /** Smallest element, a scalar. */
    public Tensor min() {
        return Native.run("min", () -> handle.min(), this);
    }

    /** Largest element, a scalar. */
    public Tensor max() {
        return Native.run("max", () -> handle.max(), this);
    }

    /** Whether all elements are true, a scalar of type bool. */
    public Tensor all() {
        return Native.run("all", () -> handle.all(), this);
    }

    /** Sums over axes, which are dropped or, with keep, stay with size 1. */
    public Tensor sum(boolean keep, long... axes) {
        return Native.run(
                "sum",
                Settings.of("axes", axes, "keep", keep),
                () -> handle.sum(axes, keep, new ScalarTypeOptional()),
                this);
    }

    /** Means over axes, which are dropped or, with keep, stay with size 1. */
    public Tensor mean(boolean keep, long... axes) {
        return Native.run(
                "mean",
                Settings.of("axes", axes, "keep", keep),
                () -> handle.mean(axes, keep, new ScalarTypeOptional()),
                this);
    }

    /** Variances over axes; divided by N − 1 with unbiased, else by N. */
    public Tensor var(boolean unbiased, boolean keep, long... axes) {
        return Native.run(
                "var",
                Settings.of("unbiased", unbiased, "axes", axes, "keep", keep),
                () -> handle.var(axes, unbiased, keep),
                this);
    }

    /** Largest elements along axes, which are dropped or, with keep, stay with size 1. */
    public Tensor max(boolean keep, long... axes) {
        return Native.run("max", Settings.of("axes", axes, "keep", keep), () -> handle.amax(axes, keep), this);
    }

    /** Euclidean norms over axes, which are dropped. */
    public Tensor norm(long... axes) {
        return Native.run(
                "norm",
                Settings.of("axes", axes),
                () -> torch.linalg_vector_norm(handle, Native.scalar(2), axes, false, new ScalarTypeOptional()),
                this);
    }

    /** log Σ exp over axes, without overflow; the axes are dropped. */
    public Tensor logSumExp(long... axes) {
        return Native.run("logSumExp", Settings.of("axes", axes), () -> handle.logsumexp(axes, false), this);
    }

    /** Index of the largest element along an axis, which is dropped; int64. */
    public Tensor argmax(int axis) {
        return Native.run(
                "argmax", Settings.of("axis", axis), () -> handle.argmax(new LongOptional(axis), false), this);
    }
}
