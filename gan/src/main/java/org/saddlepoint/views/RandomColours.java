package org.saddlepoint.views;

import java.util.function.DoubleUnaryOperator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Changes of colour (Karras et al. 2020, "Training Generative Adversarial Networks with Limited Data", appendix B): one affine map of
 * the channels an image, composed of these, each with probability p; v = (1, 1, 1) / √3 is the axis of grey.
 *
 * <pre>
 * brightness  x + b,  b ~ N(0, 0.2²)             luma flip   x − 2 v ⟨v, x⟩, half of the time
 * contrast    2^c x,  c ~ N(0, 0.5²)             hue         turned about v by U(−π, π)
 * saturation  v ⟨v, x⟩ + 2^s (x − v ⟨v, x⟩),  s ~ N(0, 1)
 * </pre>
 *
 * <p>Only three channels have a hue; one channel has no saturation either.
 */
final class RandomColours {
    private static final int RGB = 3;

    private RandomColours() {}

    static Tensor apply(Tensor images, Chances chances) {
        double p = chances.probability();
        int channels = (int) images.size(1);
        double[] brightness = chances.normal(0.2, p);
        double[] contrast = chances.normal(0.5, p);
        double[] flips = chances.uniform(0, 1);
        double[] hues = chances.angles(channels == RGB ? p : 0);
        double[] saturation = chances.normal(1, channels > 1 ? p : 0);
        double[] factors = new double[chances.count() * channels * channels];
        double[] shifts = new double[chances.count() * channels];
        for (int i = 0; i < chances.count(); i++) {
            double scale = Math.pow(2, contrast[i]);
            double[][] linear = linear(channels, hues[i], Math.pow(2, saturation[i]), flips[i] < p / 2);
            for (int row = 0; row < channels; row++) {
                double sum = 0;
                for (int column = 0; column < channels; column++) {
                    factors[(i * channels + row) * channels + column] = scale * linear[row][column];
                    sum += linear[row][column];
                }
                shifts[i * channels + row] = scale * brightness[i] * sum; // brightness comes before all others
            }
        }
        long count = images.size(0);
        Tensor matrix = Tensors.of(factors, count, channels, channels)
                .to(images.dtype())
                .to(images.device());
        Tensor shift = Tensors.of(shifts, count, channels, 1).to(images.dtype()).to(images.device());
        return matrix.matmul(images.reshape(count, channels, -1))
                .add(shift)
                .reshape(images.shape().toArray());
    }

    /** Saturation of hue of luma flip. */
    static double[][] linear(int channels, double hue, double saturation, boolean flipped) {
        double[][] result = new double[channels][channels];
        double grey = 1.0 / channels;
        double cos = Math.cos(hue);
        double sin = Math.sin(hue) / Math.sqrt(RGB);
        DoubleUnaryOperator turned = offset -> offset == 0 ? 0 : offset == 1 || offset == -2 ? sin : -sin;
        double luma = flipped ? -1 : 1;
        for (int row = 0; row < channels; row++) {
            for (int column = 0; column < channels; column++) {
                // Rodrigues: along v as it is, across v turned; the flip acts along v only.
                double across = cos * ((row == column ? 1 : 0) - grey)
                        + (channels == RGB ? turned.applyAsDouble((double) row - column) : 0);
                result[row][column] = luma * grey + saturation * across;
            }
        }
        return result;
    }
}
