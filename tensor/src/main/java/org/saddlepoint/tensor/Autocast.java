package org.saddlepoint.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * While open, convolutions and matrix products of this thread run in bfloat16 and weights stay float32, as PyTorch's
 * automatic mixed precision does. Open it around forward passes only.
 */
public final class Autocast implements AutoCloseable {
    private final torch.DeviceType device;
    private final boolean before;
    private final boolean cacheBefore;

    private Autocast(torch.DeviceType device) {
        this.device = device;
        Engine.load();
        this.before = torch.is_autocast_enabled(device);
        this.cacheBefore = torch.is_autocast_cache_enabled();
        torch.set_autocast_dtype(device, torch.ScalarType.BFloat16);
        torch.set_autocast_enabled(device, true);
        // Cached casts would outlive the scope that owns them, and go stale when the weights are updated.
        torch.set_autocast_cache_enabled(false);
    }

    /** Opens bfloat16 arithmetic on a device. */
    public static Autocast bfloat16(Device device) {
        return new Autocast(device.type() == Device.Type.CPU ? torch.DeviceType.CPU : torch.DeviceType.CUDA);
    }

    @Override
    public void close() {
        torch.set_autocast_enabled(device, before);
        torch.set_autocast_cache_enabled(cacheBefore);
    }
}
