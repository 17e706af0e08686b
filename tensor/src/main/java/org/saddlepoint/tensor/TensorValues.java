package org.saddlepoint.tensor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The numbers of a {@link Tensor}: reading, converting, copying and, for owners of weights, overwriting them. */
abstract sealed class TensorValues extends NativeTensor permits TensorArithmetic {
    TensorValues(org.bytedeco.pytorch.Tensor handle, @Nullable TensorScope scope) {
        super(handle, scope);
    }

    /**
     * The one element of a tensor that has one.
     *
     * @throws TensorException if there are more or none
     */
    public double item() {
        if (shape().elements() != 1) {
            throw new TensorException("item(): expected one element but the shape was " + shape());
        }
        GraphRecorder.refuseReading("item", this);
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
        GraphRecorder.refuseReading("reading", this);
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

    /** Whether it is [N, C, H, W] in memory as {@link #channelsLast} has it. */
    boolean isChannelsLast() {
        return handle.dim() == 4 && handle.is_contiguous(torch.MemoryFormat.ChannelsLast) && !handle.is_contiguous();
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

    private void inPlace(String operation, Runnable call, NativeTensor other) {
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            Native.runVoid(operation, call, this, other);
        }
    }
}
