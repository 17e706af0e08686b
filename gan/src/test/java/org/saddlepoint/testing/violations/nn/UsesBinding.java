package org.saddlepoint.testing.violations.nn;

/** A second door to libtorch, inside a method where no signature shows it. */
public final class UsesBinding {
    /** What it should leave to the engine. */
    public boolean open() {
        return org.bytedeco.pytorch.global.torch.cuda_is_available();
    }
}
