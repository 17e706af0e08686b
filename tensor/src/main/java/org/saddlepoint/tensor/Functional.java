package org.saddlepoint.tensor;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The layers' mathematics without their weights, as {@code torch.nn.functional}. Images are [N, C, H, W]; weights have
 * PyTorch's shapes.
 */
public final class Functional {
    private Functional() {}

    /** x Wᵀ + b, with x [*, in], weight [out, in], bias [out] or null. */
    public static Tensor linear(Tensor input, Tensor weight, @Nullable Tensor bias) {
        if (EqualRows.isOpen() && input.shape().rank() == 2) {
            try (TensorScope scratch = TensorScope.open()) {
                Tensor pixels = input.reshape(input.size(0), input.size(1), 1, 1);
                Tensor kernels = weight.reshape(weight.size(0), weight.size(1), 1, 1);
                return scratch.promote(conv2d(pixels, kernels, bias, 1, 0).reshape(input.size(0), weight.size(0)));
            }
        }
        return Native.run(
                "linear",
                Settings.of("bias", bias),
                () -> torch.linear(input.handle, weight.handle, Native.optional(bias)),
                input,
                weight);
    }

    /**
     * How a convolution walks over its images, in pixels.
     *
     * @param stride distance of neighbouring windows
     * @param padding zeros around the images
     * @param dilation distance of neighbouring elements of the kernel
     * @param groups groups of channels that are convolved apart
     */
    public record Convolution(int stride, int padding, int dilation, int groups) {
        /** Neither dilation nor groups. */
        public static Convolution of(int stride, int padding) {
            return new Convolution(stride, padding, 1, 1);
        }
    }

    /** Cross-correlation, with weight [out, in / groups, k, k], bias [out] or null. */
    public static Tensor conv2d(Tensor input, Tensor weight, @Nullable Tensor bias, Convolution settings) {
        return Native.run(
                "conv2d",
                Settings.of(
                        "bias",
                        bias,
                        "strides",
                        both(settings.stride()),
                        "padding",
                        both(settings.padding()),
                        "dilations",
                        both(settings.dilation()),
                        "groups",
                        settings.groups()),
                // Not torch.convolution: autocast on the CPU does not know that name.
                () -> torch.conv2d(
                        input.handle,
                        weight.handle,
                        Native.optional(bias),
                        both(settings.stride()),
                        both(settings.padding()),
                        both(settings.dilation()),
                        settings.groups()),
                input,
                weight);
    }

    /** {@link #conv2d(Tensor, Tensor, Tensor, Convolution)} without dilation or groups. */
    public static Tensor conv2d(Tensor input, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return conv2d(input, weight, bias, Convolution.of(stride, padding));
    }

    /**
     * The transpose of a convolution, with weight [in, out, k, k], bias [out] or null; the output's side is (side − 1) ·
     * stride − 2 · padding + k + outputPadding.
     */
    public static Tensor convTranspose2d(
            Tensor input, Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
        return convTranspose2d(input, weight, bias, both(stride), both(padding), both(outputPadding), both(1), 1);
    }

    /** As above with what a convolution's gradient may need, in pixels along both axes. */
    static Tensor convTranspose2d(
            Tensor input,
            Tensor weight,
            @Nullable Tensor bias,
            long[] strides,
            long[] padding,
            long[] outputPadding,
            long[] dilations,
            long groups) {
        return Native.run(
                "convTranspose2d",
                Settings.of(
                        "bias",
                        bias,
                        "strides",
                        strides,
                        "padding",
                        padding,
                        "outputPadding",
                        outputPadding,
                        "dilations",
                        dilations,
                        "groups",
                        groups),
                () -> torch.conv_transpose2d(
                        input.handle,
                        weight.handle,
                        Native.optional(bias),
                        strides,
                        padding,
                        outputPadding,
                        groups,
                        dilations),
                input,
                weight);
    }

    /**
     * Statistics that {@link #batchNorm} keeps over batches.
     *
     * @param mean [C]
     * @param variance [C], unbiased
     * @param momentum share of the new batch in each update
     */
    public record RunningStatistics(Tensor mean, Tensor variance, double momentum) {}

    /**
     * Batch normalization (Ioffe and Szegedy 2015): over all axes but the second. In training it uses the batch's
     * statistics and moves the running ones in place; otherwise it uses the running ones.
     *
     * @param weight scale [C] or null
     * @param bias shift [C] or null
     * @param running running statistics, or null where none are kept
     * @throws IllegalArgumentException in training if there is one value a channel: it has no variance, its result would
     *     be the shift whatever the input, and the running variance would become NaN
     */
    public static Tensor batchNorm(
            Tensor input,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            @Nullable RunningStatistics running,
            boolean training,
            double epsilon) {
        if (training) {
            requireSeveral("batchNorm", input, 0);
        }
        return Native.run(
                "batchNorm",
                Settings.of(
                        "weight",
                        weight,
                        "bias",
                        bias,
                        "mean",
                        running == null || training ? null : running.mean(),
                        "variance",
                        running == null || training ? null : running.variance(),
                        "training",
                        training,
                        "epsilon",
                        epsilon),
                () -> torch.batch_norm(
                        input.handle,
                        Native.optional(weight),
                        Native.optional(bias),
                        Native.optional(running == null ? null : running.mean()),
                        Native.optional(running == null ? null : running.variance()),
                        training,
                        running == null ? 0 : running.momentum(),
                        epsilon,
                        true),
                input);
    }

    /**
     * Instance normalization (Ulyanov et al. 2016): each channel of each image by its own statistics.
     *
     * @throws IllegalArgumentException if there is one value a channel, which has no variance
     */
    public static Tensor instanceNorm(Tensor input, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        requireSeveral("instanceNorm", input, 2);
        return Native.run(
                "instanceNorm",
                Settings.of("weight", weight, "bias", bias, "epsilon", epsilon),
                () -> torch.instance_norm(
                        input.handle,
                        Native.optional(weight),
                        Native.optional(bias),
                        Native.optional(null),
                        Native.optional(null),
                        true,
                        0,
                        epsilon,
                        true),
                input);
    }

    /** Layer normalization (Ba et al. 2016) over the last axes, of these sizes. */
    public static Tensor layerNorm(
            Tensor input, long[] sizes, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        return Native.run(
                "layerNorm",
                Settings.of("sizes", sizes, "weight", weight, "bias", bias, "epsilon", epsilon),
                () -> torch.layer_norm(
                        input.handle, sizes, Native.optional(weight), Native.optional(bias), epsilon, true),
                input);
    }

    /** Group normalization (Wu and He 2018): channels in groups, each image by its own statistics. */
    public static Tensor groupNorm(
            Tensor input, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        return Native.run(
                "groupNorm",
                Settings.of("groups", groups, "weight", weight, "bias", bias, "epsilon", epsilon),
                () -> torch.group_norm(
                        input.handle, groups, Native.optional(weight), Native.optional(bias), epsilon, true),
                input);
    }

    /** Images of this height and width, each pixel the nearest one of the input. */
    public static Tensor upsampleNearest(Tensor images, long height, long width) {
        return Native.run(
                "upsampleNearest",
                () -> torch.upsample_nearest2d(
                        images.handle, new long[] {height, width}, new DoubleOptional(), new DoubleOptional()),
                images);
    }

    /** Images of this height and width by bilinear interpolation; alignCorners as in PyTorch. */
    public static Tensor upsampleBilinear(Tensor images, long height, long width, boolean alignCorners) {
        return Native.run(
                "upsampleBilinear",
                Settings.of("alignCorners", alignCorners),
                () -> torch.upsample_bilinear2d(images.handle, new long[] {height, width}, alignCorners),
                images);
    }

    /** Means over k×k windows; countPadding says whether the zeros of the padding count in the divisor. */
    public static Tensor avgPool2d(Tensor images, int kernel, int stride, int padding, boolean countPadding) {
        return Native.run(
                "avgPool2d",
                Settings.of(
                        "kernel",
                        both(kernel),
                        "strides",
                        both(stride),
                        "padding",
                        both(padding),
                        "countPadding",
                        countPadding),
                () -> torch.avg_pool2d(
                        images.handle,
                        both(kernel),
                        both(stride),
                        both(padding),
                        false,
                        countPadding,
                        new LongOptional()),
                images);
    }

    /** Maxima over k×k windows. */
    public static Tensor maxPool2d(Tensor images, int kernel, int stride, int padding) {
        return Native.run(
                "maxPool2d",
                Settings.of("kernel", both(kernel), "strides", both(stride), "padding", both(padding)),
                () -> torch.max_pool2d(images.handle, both(kernel), both(stride), both(padding), both(1), false),
                images);
    }

    /** Images with a border of mirrored pixels, the edge itself not repeated. */
    public static Tensor reflectionPad2d(Tensor images, int border) {
        return Native.run(
                "reflectionPad2d",
                Settings.of("border", border),
                () -> torch.reflection_pad2d(images.handle, border, border, border, border),
                images);
    }

    /** Images with a border of zeros. */
    public static Tensor zeroPad2d(Tensor images, int border) {
        return Native.run(
                "zeroPad2d",
                Settings.of("border", border),
                () -> torch.constant_pad_nd(images.handle, new long[] {border, border, border, border}),
                images);
    }

    /**
     * Images sampled at points by bilinear interpolation; 0 outside. Differentiable once.
     *
     * @param images [N, C, H, W]
     * @param points (x, y) of each pixel of the result, [N, h, w, 2]; −1 and 1 are the outer edges of the first and last pixels
     * @return [N, C, h, w]
     */
    public static Tensor gridSample(Tensor images, Tensor points) {
        return Native.run(
                "gridSample", () -> torch.grid_sampler_2d(images.handle, points.handle, 0, 0, false), images, points);
    }

    /** Rows of weight [classes, features] at int64 indices of any shape. */
    public static Tensor embedding(Tensor weight, Tensor indices) {
        return Native.run("embedding", () -> torch.embedding(weight.handle, indices.handle), weight, indices);
    }

    /** x / (1 + e⁻ˣ). */
    public static Tensor silu(Tensor input) {
        return Native.run("silu", () -> torch.silu(input.handle), input);
    }

    /** log softmax along an axis. */
    public static Tensor logSoftmax(Tensor logits, int axis) {
        return Native.run(
                "logSoftmax", Settings.of("axis", axis), () -> torch.log_softmax(logits.handle, axis), logits);
    }

    /** Mean cross entropy of logits [N, classes] against int64 labels [N]. */
    public static Tensor crossEntropy(Tensor logits, Tensor labels) {
        return Native.run("crossEntropy", () -> torch.cross_entropy_loss(logits.handle, labels.handle), logits, labels);
    }

    /** Zeroes elements with the given probability and divides the rest by 1 − probability. */
    public static Tensor dropout(Tensor input, double probability, RandomGenerator random) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("the dropout probability must be in [0, 1) but was " + probability);
        }
        if (probability == 0) {
            return input;
        }
        Tensor kept = random.bernoulli(1 - probability, input.shape().toArray());
        return input.mul(kept.div(1 - probability).to(input.dtype()).to(input.device()));
    }

    /** At least two values a channel, counted over the axes from this one on but for the second. */
    private static void requireSeveral(String operation, Tensor input, int fromAxis) {
        long values = 1;
        for (int axis = fromAxis; axis < input.shape().rank(); axis++) {
            values *= axis == 1 ? 1 : input.size(axis);
        }
        if (values == 1) {
            throw new IllegalArgumentException(
                    operation + ": expected more than one value a channel but the input's shape was " + input.shape());
        }
    }

    private static long[] both(int value) {
        return new long[] {value, value};
    }
}
