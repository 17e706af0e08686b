package org.saddlepoint.testing.violations.data.codecs;

/** The class that may use the library for pictures, but not libtorch. */
public final class Leptonica {
    /** What it should leave to the engine. */
    public boolean open() {
        return org.bytedeco.pytorch.global.torch.cuda_is_available();
    }
}
