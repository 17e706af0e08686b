package org.saddlepoint.tensor;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/** The calls into libtorch: scopes on the way in, exceptions on the way out. */
final class Native {
    private static volatile boolean heldBack;

    private Native() {}

    /** From now on nobody enters an operation. */
    static void holdBack() {
        heldBack = true;
    }

    /** Lets a thread into an operation; where they are held back, it waits for ever. */
    static void enter() {
        while (heldBack) {
            LockSupport.park();
        }
    }

    /**
     * Whether a thread with this stack is past {@link #enter}, or in libtorch without. A question to a store is none: it may wait for a
     * machine that is gone.
     */
    static boolean isInOperation(StackTraceElement[] stack) {
        boolean in = false;
        for (StackTraceElement frame : stack) {
            boolean ours = frame.getClassName().equals(Native.class.getName());
            if ((ours && frame.getMethodName().equals("enter"))
                    || frame.getClassName().equals(CollectiveStore.class.getName())) {
                return false;
            }
            in |= ours || frame.getClassName().startsWith("org.bytedeco.pytorch.");
        }
        return in;
    }

    /** An operation that makes one tensor. */
    @FunctionalInterface
    interface Call {
        org.bytedeco.pytorch.Tensor run();
    }

    /** {@link #run(String, Settings, Call, NativeTensor...)} of an operation without settings. */
    static Tensor run(String operation, Call call, NativeTensor... operands) {
        return run(operation, Settings.NONE, call, operands);
    }

    /**
     * Runs an operation and puts its result into the current scope. Operation, settings and operands are the whole call: they
     * serve error messages, and recorders of graphs.
     */
    static Tensor run(String operation, Settings settings, Call call, NativeTensor... operands) {
        enter();
        TensorScope scope = TensorScope.current();
        requireAlive(operands);
        long began = OperationProfile.begin();
        Tensor result;
        try {
            result = scope.adopt(call.run());
        } catch (RuntimeException e) {
            throw TensorException.of(operation, e, operands);
        }
        OperationProfile.end(operation, began);
        GraphRecorder.made(operation, settings, operands, result);
        ProductCounter.made(operation, settings, operands, result);
        InputGradient.made(operation, settings, operands, result);
        return result;
    }

    /** Runs an operation that changes tensors in place or answers no tensor. */
    static void runVoid(String operation, Runnable call, NativeTensor... operands) {
        enter();
        requireAlive(operands);
        GraphRecorder.refuse(operation, "change tensors in place or have several results", operands);
        long began = OperationProfile.begin();
        try {
            call.run();
        } catch (RuntimeException e) {
            throw TensorException.of(operation, e, operands);
        }
        OperationProfile.end(operation, began);
        InputGradient.lost(operands);
    }

    private static void requireAlive(NativeTensor... operands) {
        for (NativeTensor operand : operands) {
            operand.requireAlive();
        }
    }

    /** A tensor of its own from a reference into a C++ tuple or vector. */
    static Tensor adoptElement(org.bytedeco.pytorch.Tensor element) {
        return TensorScope.current().adopt(new org.bytedeco.pytorch.Tensor(element));
    }

    static TensorVector vector(List<Tensor> tensors) {
        org.bytedeco.pytorch.Tensor[] handles = new org.bytedeco.pytorch.Tensor[tensors.size()];
        for (int i = 0; i < handles.length; i++) {
            Tensor tensor = tensors.get(i);
            tensor.requireAlive();
            handles[i] = tensor.handle;
        }
        return new TensorVector(handles);
    }

    static Scalar scalar(double value) {
        return new Scalar(value);
    }

    static TensorOptional optional(@Nullable Tensor tensor) {
        if (tensor == null) {
            return new TensorOptional();
        }
        tensor.requireAlive();
        return new TensorOptional(tensor.handle);
    }
}
