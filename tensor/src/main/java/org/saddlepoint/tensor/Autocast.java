package org.saddlepoint.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * While open, the arithmetic of this thread's convolutions and matrix products: bfloat16 with weights that stay float32,
 * as PyTorch's automatic mixed precision has it, or the operands' own. Open it around forward passes only.
 */
public final class Autocast implements AutoCloseable {
    private final torch.DeviceType device;
    private final boolean before;
    private final boolean cacheBefore;

    private Autocast(Device on, boolean bfloat16) {
        device = on.type() == Device.Type.CPU ? torch.DeviceType.CPU : torch.DeviceType.CUDA;
        Engine.load();
        this.before = torch.is_autocast_enabled(device);
        this.cacheBefore = torch.is_autocast_cache_enabled();
        torch.set_autocast_dtype(device, torch.ScalarType.BFloat16);
        torch.set_autocast_enabled(device, bfloat16);
        // Cached casts would outlive the scope that owns them, and go stale when the weights are updated.
        torch.set_autocast_cache_enabled(false);
    }

    /** Opens bfloat16 arithmetic on a device. */
    public static Autocast bfloat16(Device device) {
        return new Autocast(device, true);
    }

    /** Opens the operands' own arithmetic, inside bfloat16 or not: for what needs the precision. */
    public static Autocast off(Device device) {
        return new Autocast(device, false);
    }

    @Override
    public void close() {
        torch.set_autocast_enabled(device, before);
        torch.set_autocast_cache_enabled(cacheBefore);
    }
}
