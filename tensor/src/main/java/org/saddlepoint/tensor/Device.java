package org.saddlepoint.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * Where a tensor's memory lies: the CPU, or one NVIDIA GPU by number. The CUDA path is compiled with the profile {@code
 * cuda}; it has not been run on a GPU.
 *
 * @param type CPU or CUDA
 * @param index number of the GPU, from 0; 0 for the CPU
 */
public record Device(Type type, int index) {
    /** The kinds of device. */
    public enum Type {
        CPU,
        CUDA
    }

    /** The host's memory and cores. */
    public static final Device CPU = new Device(Type.CPU, 0);

    public Device {
        if (index < 0 || index > 127 || (type == Type.CPU && index != 0)) {
            throw new IllegalArgumentException(
                    "a device's index must be 0 for the CPU and in [0, 127] for CUDA but was " + index + " for "
                            + type);
        }
    }

    /** The GPU with this number. */
    public static Device cuda(int index) {
        return new Device(Type.CUDA, index);
    }

    /** Whether this build and this machine can use GPUs. */
    public static boolean cudaIsAvailable() {
        Engine.load();
        return torch.cuda_is_available();
    }

    /** How many GPUs this build and this machine can use. */
    public static int cudaCount() {
        Engine.load();
        return torch.cuda_device_count();
    }

    /** {@code cpu} or {@code cuda:N}, as PyTorch writes it. */
    @Override
    public String toString() {
        return type == Type.CPU ? "cpu" : "cuda:" + index;
    }

    org.bytedeco.pytorch.Device handle() {
        return type == Type.CPU
                ? new org.bytedeco.pytorch.Device(torch.DeviceType.CPU)
                : new org.bytedeco.pytorch.Device(torch.DeviceType.CUDA, (byte) index);
    }
}
