package org.saddlepoint.evaluation;

import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.InferenceKernels;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Convolution without bias, batch normalization by its running statistics, ReLU: the brick of Inception-v3. It is loaded
 * with the weights of both under PyTorch's names, and then {@link #fold folded} into one convolution with a bias.
 */
final class ConvolutionUnit extends NeuralModule {
    /** What TensorFlow's network adds to a variance. */
    private static final double EPSILON = 1e-3;

    private final Window window;
    private final Parameter gain;
    private Parameter weight;
    private Parameter bias;

    /**
     * Where a kernel looks.
     *
     * @param height of the kernel in pixels
     * @param width of the kernel in pixels
     * @param stride step in pixels
     * @param padded whether zeros around the image keep its size, as far as the stride lets it
     */
    record Window(int height, int width, int stride, boolean padded) {
        /** Step 1, and an image as large as before. */
        static Window same(int height, int width) {
            return new Window(height, width, 1, true);
        }

        /** Only where the square kernel fits whole. */
        static Window valid(int side, int stride) {
            return new Window(side, side, stride, false);
        }
    }

    ConvolutionUnit(int in, int out, Window window) {
        this.window = window;
        try (TensorScope scope = TensorScope.open()) {
            weight = parameter("conv.weight", Tensors.zeros(out, in, window.height(), window.width()));
            gain = parameter("bn.weight", Tensors.zeros(out));
            bias = parameter("bn.bias", Tensors.zeros(out));
            buffer("bn.running_mean", Tensors.zeros(out));
            buffer("bn.running_var", Tensors.zeros(out));
        }
    }

    /** γ (w ⋆ x − μ) / √(σ² + ε) + β = (s w) ⋆ x + (β − s μ) with s = γ / √(σ² + ε); from now on that is all there is. */
    void fold() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor scale =
                    gain.tensor().div(buffer("bn.running_var").add(EPSILON).sqrt());
            Tensor foldedWeight = weight.tensor().mul(scale.reshape(-1, 1, 1, 1));
            Tensor foldedBias = bias.tensor().sub(scale.mul(buffer("bn.running_mean")));
            Parameter newWeight = parameter("weight", foldedWeight.channelsLast());
            Parameter newBias = parameter("bias", foldedBias);
            for (String name : new String[] {"conv.weight", "bn.weight", "bn.bias"}) {
                remove(name);
            }
            weight = newWeight;
            bias = newBias;
        }
    }

    /** The unit's output. */
    Tensor forward(Tensor images) {
        return InferenceKernels.reluInPlace(linear(images));
    }

    /**
     * The unit's output for means over windows of the input. Means and a 1×1 convolution may change places, and
     * averaging the fewer channels of the output is faster.
     */
    Tensor forwardOfMeans(Tensor images) {
        // The zeros of the padding do not count, so the means of the bias are the bias.
        return InferenceKernels.reluInPlace(Functional.avgPool2d(linear(images), 3, 1, 1, false));
    }

    private Tensor linear(Tensor images) {
        return InferenceKernels.convolve(
                images,
                weight.tensor(),
                bias.tensor(),
                window.stride(),
                window.padded() ? window.height() / 2 : 0,
                window.padded() ? window.width() / 2 : 0);
    }
}
