package org.saddlepoint.tensor;

import org.jspecify.annotations.Nullable;

/** What a {@link Tensor} is: libtorch's tensor, the scope that owns it, and its type, shape and place. */
abstract sealed class NativeTensor permits TensorValues {
    final org.bytedeco.pytorch.Tensor handle;
    /** The owning scope, or null where an owner such as {@link Retained} holds the tensor. */
    @Nullable TensorScope scope;

    NativeTensor(org.bytedeco.pytorch.Tensor handle, @Nullable TensorScope scope) {
        this.handle = handle;
        this.scope = scope;
    }

    void requireAlive() {
        if (handle.isNull()) {
            throw new IllegalStateException(
                    "this tensor was freed when its scope or owner closed; promote or retain it to keep it longer");
        }
    }

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

    /** Type, shape and device; no values. */
    @Override
    public String toString() {
        return handle.isNull() ? "Tensor(freed)" : "Tensor(" + dtype() + ", " + shape() + ", " + device() + ")";
    }
}
