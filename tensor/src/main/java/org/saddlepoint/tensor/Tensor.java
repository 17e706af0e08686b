package org.saddlepoint.tensor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers on a device, with automatic differentiation; the names and the meaning of the operations are
 * PyTorch's.
 *
 * <ul>
 *   <li>Operations make their result in the thread's current {@link TensorScope} and never change their operands; the
 *       few that work in place say so in their names, are for owners of weights, and record nothing.
 *   <li>Numbers leave through {@link #item} and the {@code to…Array} methods.
 *   <li>A {@link TensorException} names operation and shapes where libtorch refuses them; using a tensor whose scope has
 *       closed throws {@link IllegalStateException}.
 * </ul>
 */
public final class Tensor {
    final org.bytedeco.pytorch.Tensor handle;
    /** The owning scope, or null where an owner such as {@link Retained} holds the tensor. */
    @Nullable TensorScope scope;

    Tensor(org.bytedeco.pytorch.Tensor handle, @Nullable TensorScope scope) {
        this.handle = handle;
        this.scope = scope;
    }

    void requireAlive() {
        if (handle.isNull()) {
            throw new IllegalStateException(
                    "this tensor was freed when its scope or owner closed; promote or retain it to keep it longer");
        }
    }

    // What it is.

    /** Sizes of the axes, outermost first. */
    public Shape shape() {
        requireAlive();
        long[] sizes = new long[(int) handle.dim()];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = handle.size(axis);
        }
        return Shape.of(sizes);
    }

    /**
     * Size of one axis; negative axes count from the last.
     *
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public long size(int axis) {
        return shape().size(axis);
    }

    /** Type of the elements. */
    public DType dtype() {
        requireAlive();
        return DType.of(handle.scalar_type());
    }

    /** Where the memory lies. */
    public Device device() {
        requireAlive();
        org.bytedeco.pytorch.Device device = handle.device();
        return device.is_cuda() ? Device.cuda(device.index()) : Device.CPU;
    }

    /** Whether gradients flow to this tensor. */
    public boolean requiresGrad() {
        requireAlive();
        return handle.requires_grad();
    }

    // Numbers out.

    /**
     * The one element of a tensor that has one.
     *
     * @throws TensorException if there are more or none
     */
    public double item() {
        if (shape().elements() != 1) {
            throw new TensorException("item(): expected one element but the shape was " + shape());
        }
        return dtype() == DType.BOOL ? (handle.item_bool() ? 1 : 0) : handle.item_double();
    }

    /** All elements as floats, last axis fastest. */
    public float[] toFloatArray() {
        try (TensorScope scratch = TensorScope.open()) {
            org.bytedeco.pytorch.Tensor flat = dense(DType.FLOAT32);
            float[] values = new float[Math.toIntExact(flat.numel())];
            if (values.length > 0) {
                flat.data_ptr_float().get(values, 0, values.length);
            }
            return values;
        }
    }

    /** All elements as doubles, last axis fastest. */
    public double[] toDoubleArray() {
        try (TensorScope scratch = TensorScope.open()) {
            org.bytedeco.pytorch.Tensor flat = dense(DType.FLOAT64);
            double[] values = new double[Math.toIntExact(flat.numel())];
            if (values.length > 0) {
                flat.data_ptr_double().get(values, 0, values.length);
            }
            return values;
        }
    }

    /** All elements as longs, fractions cut off, last axis fastest. */
    public long[] toLongArray() {
        try (TensorScope scratch = TensorScope.open()) {
            org.bytedeco.pytorch.Tensor flat = dense(DType.INT64);
            long[] values = new long[Math.toIntExact(flat.numel())];
            if (values.length > 0) {
                flat.data_ptr_long().get(values, 0, values.length);
            }
            return values;
        }
    }

    /** The elements' bytes in this machine's order, last axis fastest: what {@link Tensors#ofBytes} reads. */
    public byte[] toByteArray() {
        try (TensorScope scratch = TensorScope.open()) {
            org.bytedeco.pytorch.Tensor flat = dense(dtype());
            byte[] bytes = new byte[Math.toIntExact(flat.numel() * dtype().bytes())];
            if (bytes.length > 0) {
                new BytePointer(flat.data_ptr()).get(bytes, 0, bytes.length);
            }
            return bytes;
        }
    }

    private org.bytedeco.pytorch.Tensor dense(DType dtype) {
        requireAlive();
        return handle.detach().cpu().to(dtype.scalarType).contiguous();
    }

    // Type, device, memory, graph.

    /** The values in another type; the same memory where the type is this one already. */
    public Tensor to(DType dtype) {
        return Native.run("to", () -> handle.to(dtype.scalarType), this);
    }

    /** The values on another device. */
    public Tensor to(Device device) {
        return Native.run("to", () -> handle.to(device.handle(), handle.scalar_type()), this);
    }

    /** The same values, no part of the graph of differentiation. */
    public Tensor detach() {
        return Native.run("detach", handle::detach, this);
    }

    /** The same values as a new leaf that gathers gradients or not. */
    public Tensor withGrad(boolean requiresGrad) {
        Tensor leaf = detach();
        leaf.setRequiresGrad(requiresGrad);
        return leaf;
    }

    /** Marks this leaf, and not a copy, as one that gradients flow to or not; for owners of weights. */
    public void setRequiresGrad(boolean requiresGrad) {
        Native.runVoid("setRequiresGrad", () -> handle.requires_grad_(requiresGrad), this);
    }

    /** The values in memory of their own. */
    public Tensor copy() {
        return Native.run("copy", () -> handle.clone(), this);
    }

    /** Row-major memory; this tensor's own where it is so already. */
    public Tensor contiguous() {
        return Native.run("contiguous", () -> handle.contiguous(), this);
    }

    /** Images [N, C, H, W] with channels innermost in memory, which convolutions on the CPU prefer; same shape. */
    public Tensor channelsLast() {
        return Native.run("channelsLast", () -> handle.contiguous(torch.MemoryFormat.ChannelsLast), this);
    }

    // Arithmetic, element by element.

    /** Sum; shapes broadcast. */
    public Tensor add(Tensor other) {
        return Native.run("add", () -> handle.add(other.handle), this, other);
    }

    /** Adds a number. */
    public Tensor add(double value) {
        return Native.run("add", () -> handle.add(Native.scalar(value)), this);
    }

    /** Difference; shapes broadcast. */
    public Tensor sub(Tensor other) {
        return Native.run("sub", () -> handle.sub(other.handle), this, other);
    }

    /** Subtracts a number. */
    public Tensor sub(double value) {
        return Native.run("sub", () -> handle.sub(Native.scalar(value)), this);
    }

    /** Product; shapes broadcast. */
    public Tensor mul(Tensor other) {
        return Native.run("mul", () -> handle.mul(other.handle), this, other);
    }

    /** Multiplies by a number. */
    public Tensor mul(double value) {
        return Native.run("mul", () -> handle.mul(Native.scalar(value)), this);
    }

    /** Quotient; shapes broadcast. */
    public Tensor div(Tensor other) {
        return Native.run("div", () -> handle.div(other.handle), this, other);
    }

    /** Divides by a number. */
    public Tensor div(double value) {
        return Native.run("div", () -> handle.div(Native.scalar(value)), this);
    }

    /** The larger of two; shapes broadcast. */
    public Tensor maximum(Tensor other) {
        return Native.run("maximum", () -> handle.maximum(other.handle), this, other);
    }

    /** The smaller of two; shapes broadcast. */
    public Tensor minimum(Tensor other) {
        return Native.run("minimum", () -> handle.minimum(other.handle), this, other);
    }

    /** Raises to a power. */
    public Tensor pow(double value) {
        return Native.run("pow", () -> handle.pow(Native.scalar(value)), this);
    }

    /** −x. */
    public Tensor neg() {
        return Native.run("neg", () -> handle.neg(), this);
    }

    /** |x|. */
    public Tensor abs() {
        return Native.run("abs", () -> handle.abs(), this);
    }

    /** eˣ. */
    public Tensor exp() {
        return Native.run("exp", () -> handle.exp(), this);
    }

    /** Natural logarithm. */
    public Tensor log() {
        return Native.run("log", () -> handle.log(), this);
    }

    /** Square root. */
    public Tensor sqrt() {
        return Native.run("sqrt", () -> handle.sqrt(), this);
    }

    /** x². */
    public Tensor square() {
        return Native.run("square", () -> handle.square(), this);
    }

    /** −1, 0 or 1. */
    public Tensor sign() {
        return Native.run("sign", () -> handle.sign(), this);
    }

    /** Hyperbolic tangent. */
    public Tensor tanh() {
        return Native.run("tanh", () -> handle.tanh(), this);
    }

    /** 1 / (1 + e⁻ˣ). */
    public Tensor sigmoid() {
        return Native.run("sigmoid", () -> handle.sigmoid(), this);
    }

    /** max(x, 0). */
    public Tensor relu() {
        return Native.run("relu", () -> handle.relu(), this);
    }

    /** log(1 + eˣ), without overflow. */
    public Tensor softplus() {
        return Native.run("softplus", () -> torch.softplus(handle, Native.scalar(1), Native.scalar(50)), this);
    }

    /** x where x > 0, else slope · x. */
    public Tensor leakyRelu(double slope) {
        return Native.run("leakyRelu", () -> torch.leaky_relu(handle, Native.scalar(slope)), this);
    }

    /** Values cut to [low, high]. */
    public Tensor clamp(double low, double high) {
        return Native.run(
                "clamp",
                () -> handle.clamp(new ScalarOptional(Native.scalar(low)), new ScalarOptional(Native.scalar(high))),
                this);
    }

    // Comparisons, of type bool.

    /** Whether x > value. */
    public Tensor gt(double value) {
        return Native.run("gt", () -> handle.gt(Native.scalar(value)), this);
    }

    /** Whether x >= value. */
    public Tensor ge(double value) {
        return Native.run("ge", () -> handle.ge(Native.scalar(value)), this);
    }

    /** Whether x < value. */
    public Tensor lt(double value) {
        return Native.run("lt", () -> handle.lt(Native.scalar(value)), this);
    }

    /** Whether x <= value. */
    public Tensor le(double value) {
        return Native.run("le", () -> handle.le(Native.scalar(value)), this);
    }

    /** Whether x = value. */
    public Tensor eq(double value) {
        return Native.run("eq", () -> handle.eq(Native.scalar(value)), this);
    }

    /** Whether equal; shapes broadcast. */
    public Tensor eq(Tensor other) {
        return Native.run("eq", () -> handle.eq(other.handle), this, other);
    }

    /** Whether neither infinite nor NaN. */
    public Tensor isFinite() {
        return Native.run("isFinite", () -> torch.isfinite(handle), this);
    }

    /** How many elements are infinite or NaN. */
    public long countNonFinite() {
        try (TensorScope scratch = TensorScope.open()) {
            return shape().elements() - isFinite().handle.count_nonzero().item_long();
        }
    }

    // Reductions.

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
        return Native.run("sum", () -> handle.sum(axes, keep, new ScalarTypeOptional()), this);
    }

    /** Means over axes, which are dropped or, with keep, stay with size 1. */
    public Tensor mean(boolean keep, long... axes) {
        return Native.run("mean", () -> handle.mean(axes, keep, new ScalarTypeOptional()), this);
    }

    /** Variances over axes; divided by N − 1 with unbiased, else by N. */
    public Tensor var(boolean unbiased, boolean keep, long... axes) {
        return Native.run("var", () -> handle.var(axes, unbiased, keep), this);
    }

    /** Largest elements along axes, which are dropped or, with keep, stay with size 1. */
    public Tensor max(boolean keep, long... axes) {
        return Native.run("max", () -> handle.amax(axes, keep), this);
    }

    /** Euclidean norms over axes, which are dropped. */
    public Tensor norm(long... axes) {
        return Native.run(
                "norm",
                () -> torch.linalg_vector_norm(handle, Native.scalar(2), axes, false, new ScalarTypeOptional()),
                this);
    }

    /** log Σ exp over axes, without overflow; the axes are dropped. */
    public Tensor logSumExp(long... axes) {
        return Native.run("logSumExp", () -> handle.logsumexp(axes, false), this);
    }

    /** Index of the largest element along an axis, which is dropped; int64. */
    public Tensor argmax(int axis) {
        return Native.run("argmax", () -> handle.argmax(new LongOptional(axis), false), this);
    }

    // Shape and indexing.

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
        return Native.run("permute", () -> handle.permute(axes), this);
    }

    /** Swaps two axes. */
    public Tensor transpose(int a, int b) {
        return Native.run("transpose", () -> handle.transpose(a, b), this);
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
        return Native.run("narrow", () -> handle.narrow(axis, start, length), this);
    }

    /** One index of an axis, which is dropped; shares memory. */
    public Tensor select(int axis, long index) {
        return Native.run("select", () -> handle.select(axis, index), this);
    }

    /** The entries of an axis at these int64 indices, shape [n]. */
    public Tensor indexSelect(int axis, Tensor indices) {
        return Native.run("indexSelect", () -> handle.index_select(axis, indices.handle), this, indices);
    }

    /** One element an index along an axis, as {@code torch.gather}. */
    public Tensor gather(int axis, Tensor indices) {
        return Native.run("gather", () -> handle.gather(axis, indices.handle), this, indices);
    }

    /** The axes reversed in order. */
    public Tensor flip(long... axes) {
        return Native.run("flip", () -> handle.flip(axes), this);
    }

    /** Matrix product, batched over leading axes. */
    public Tensor matmul(Tensor other) {
        return Native.run("matmul", () -> handle.matmul(other.handle), this, other);
    }

    // In place, for owners of weights; nothing is recorded for differentiation.

    /** Overwrites the values with another tensor's, which broadcasts and is converted. */
    public void assign(Tensor values) {
        inPlace("assign", () -> handle.copy_(values.handle), values);
    }

    /** Multiplies by a number in place. */
    public void scaleInPlace(double factor) {
        inPlace("scaleInPlace", () -> handle.mul_(Native.scalar(factor)), this);
    }

    /** Cuts the values to [low, high] in place. */
    public void clampInPlace(double low, double high) {
        inPlace(
                "clampInPlace",
                () -> handle.clamp_(new ScalarOptional(Native.scalar(low)), new ScalarOptional(Native.scalar(high))),
                this);
    }

    private void inPlace(String operation, Runnable call, Tensor other) {
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            Native.runVoid(operation, call, this, other);
        }
    }

    /** Type, shape and device; no values. */
    @Override
    public String toString() {
        return handle.isNull() ? "Tensor(freed)" : "Tensor(" + dtype() + ", " + shape() + ", " + device() + ")";
    }
}
