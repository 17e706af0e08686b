package org.saddlepoint.tensor;

import org.bytedeco.pytorch.global.torch;

/** Operations for networks that are only used, not trained: they record no gradients. */
public final class InferenceKernels {
    private InferenceKernels() {}

    /**
     * w ⋆ x + b with images [N, in, H, W].
     *
     * @param weight [out, in, height, width]; with channels innermost in memory the result has so too
     * @param bias [out]
     * @param stride step in pixels
     * @param paddingHeight zeros above and below in pixels
     * @param paddingWidth zeros left and right in pixels
     */
    public static Tensor convolve(
            Tensor images, Tensor weight, Tensor bias, int stride, int paddingHeight, int paddingWidth) {
        try (Autograd.Recording off = Autograd.noGrad()) {
            return Native.run(
                    "conv2d",
                    Settings.of(
                            "bias",
                            bias,
                            "strides",
                            new long[] {stride, stride},
                            "padding",
                            new long[] {paddingHeight, paddingWidth},
                            "dilations",
                            new long[] {1, 1},
                            "groups",
                            1),
                    () -> torch.conv2d(
                            images.handle,
                            weight.handle,
                            Native.optional(bias),
                            new long[] {stride, stride},
                            new long[] {paddingHeight, paddingWidth},
                            new long[] {1, 1},
                            1),
                    images,
                    weight);
        }
    }

    /** max(x, 0) written over x, which is returned. */
    public static Tensor reluInPlace(Tensor values) {
        try (Autograd.Recording off = Autograd.noGrad()) {
            Native.runVoid("relu", () -> values.handle.relu_(), values);
            return values;
        }
    }
}
