package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Doubling and halving of images with the filter [1, 3, 3, 1] along both axes and zeros outside (Karras et al. 2020, StyleGAN2,
 * appendix B; R3GAN, Huang et al. 2024). Each is a multiple of the other's transpose.
 *
 * <pre>
 * up:    y[2i] = (x[i − 1] + 3 x[i]) / 4,   y[2i + 1] = (3 x[i] + x[i + 1]) / 4
 * down:  y[i] = (x[2i − 1] + 3 x[2i] + 3 x[2i + 1] + x[2i + 2]) / 8
 * </pre>
 */
public final class FirResampling {
    private static final double[] FILTER = {1 / 8.0, 3 / 8.0, 3 / 8.0, 1 / 8.0};

    private FirResampling() {}

    /** [N, C, H, W] to [N, C, 2H, 2W]. */
    public static Tensor up(Tensor images) {
        try (TensorScope scratch = TensorScope.open()) {
            // Interpolation between the centres of pixels has these weights; zeros around the image give its border.
            long height = images.size(2);
            long width = images.size(3);
            Tensor padded = Functional.zeroPad2d(images, 1);
            Tensor doubled = Functional.upsampleBilinear(padded, 2 * height + 4, 2 * width + 4, false);
            return scratch.promote(doubled.narrow(2, 2, 2 * height).narrow(3, 2, 2 * width));
        }
    }

    /**
     * [N, C, H, W] to [N, C, H/2, W/2].
     *
     * @throws IllegalArgumentException if a side is odd
     */
    public static Tensor down(Tensor images) {
        if (images.size(2) % 2 != 0 || images.size(3) % 2 != 0) {
            throw new IllegalArgumentException("images to halve must have even sides but were " + images.shape());
        }
        return filter(images, 1, 1, 2);
    }

    /**
     * Filters each channel: before a convolution that halves, or behind a transposed one that doubles.
     *
     * <pre>y[i] = gain Σ_t f[t] x[stride · i + t − padding] along both axes,   f = [1, 3, 3, 1] / 8; the gain counts once</pre>
     *
     * @param images [N, C, H, W]
     * @param gain factor; 4 behind a doubling, which put three zeros beside each pixel
     * @param padding zeros on each side in pixels
     * @param stride pixels from one output to the next
     * @return [N, C, h, w] with h = (H + 2 · padding − 4) / stride + 1
     */
    public static Tensor filter(Tensor images, double gain, int padding, int stride) {
        try (TensorScope scratch = TensorScope.open()) {
            int channels = (int) images.size(1);
            Tensor line = Tensors.of(FILTER, 4, 1);
            Tensor kernel = line.matmul(line.transpose(0, 1))
                    .mul(gain)
                    .to(images.dtype())
                    .to(images.device())
                    .reshape(1, 1, 4, 4)
                    .expand(channels, 1, 4, 4);
            return scratch.promote(
                    Functional.conv2d(images, kernel, null, new Functional.Convolution(stride, padding, 1, channels)));
        }
    }
}
