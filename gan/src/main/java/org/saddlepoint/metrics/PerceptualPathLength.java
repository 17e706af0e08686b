package org.saddlepoint.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The perceptual path length of Karras et al. (2019), "A style-based generator architecture", section 4.1: how much
 * images change where the latent moves a little, which is little and even where the latent space is disentangled.
 *
 * <pre>PPL = E[ d(G(z), G(path(z, z′; ε))) / ε² ]</pre>
 *
 * with the step at the path's beginning, as torch-fidelity takes it. Distances outside of two percentiles are dropped.
 */
public final class PerceptualPathLength {
    private static final String METRIC = "perceptual path length";

    private PerceptualPathLength() {}

    /**
     * Mean and deviation over pairs of latents, without those outside of the percentiles.
     *
     * @see #lengths
     */
    public static Score of(
            Tensor from,
            Tensor to,
            UnaryOperator<Tensor> generator,
            FeatureDistance distance,
            PathLengthConfig config) {
        return of(lengths(from, to, generator, distance, config), config);
    }

    /**
     * Mean and deviation of lengths, without those outside of the percentiles.
     *
     * @param lengths at least one
     * @throws IllegalArgumentException if a length is NaN, infinite or negative
     */
    public static Score of(double[] lengths, PathLengthConfig config) {
        return Score.of(trimmed(lengths, config));
    }

    /**
     * The length of each pair of latents, d / ε².
     *
     * @param from z, [N, z], of a floating-point type; float32 keeps only three digits of a step of 1e-4, so prefer
     *     float64 where the generator takes it
     * @param to z′, [N, z]
     * @param generator from latents [n, z] to images [n, …], in evaluation mode; it sees starts and ends in one batch
     * @param distance between images
     * @throws IllegalArgumentException if the shapes differ, there are no latents, or a latent is NaN or infinite
     */
    public static double[] lengths(
            Tensor from,
            Tensor to,
            UnaryOperator<Tensor> generator,
            FeatureDistance distance,
            PathLengthConfig config) {
        try (TensorScope scratch = TensorScope.open()) {
            Samples.require(METRIC, "latents", from, 1);
            Samples.require(METRIC, "latents to go to", to, 1);
        }
        Shapes.require(to, METRIC + ": latents to go to", from.size(0), from.size(1));
        int count = Math.toIntExact(from.size(0));
        double[] lengths = new double[count];
        for (int start = 0; start < count; start += config.batchSize()) {
            int size = Math.min(config.batchSize(), count - start);
            try (TensorScope batch = TensorScope.open();
                    Autograd.Recording off = Autograd.noGrad()) {
                Tensor begins = from.narrow(0, start, size);
                Tensor ends = config.path().at(begins, to.narrow(0, start, size), config.epsilon());
                Tensor images = generator.apply(Tensors.cat(List.of(begins, ends), 0));
                double[] distances = Shapes.require(
                                distance.between(images.narrow(0, 0, size), images.narrow(0, size, size)),
                                METRIC + ": distances",
                                size)
                        .toDoubleArray();
                for (int i = 0; i < size; i++) {
                    lengths[start + i] = distances[i] / (config.epsilon() * config.epsilon());
                }
            }
        }
        return lengths;
    }

    private static double[] trimmed(double[] lengths, PathLengthConfig config) {
        for (double length : lengths) {
            if (!(length >= 0 && length < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        METRIC + ": a distance divided by ε² was " + length + "; it must be finite and at least 0");
            }
        }
        double[] sorted = lengths.clone();
        Arrays.sort(sorted);
        double last = sorted.length - 1;
        double lowest = sorted[(int) Math.floor(last * config.lowerPercentile() / 100)];
        double highest = sorted[(int) Math.ceil(last * config.upperPercentile() / 100)];
        return Arrays.stream(sorted)
                .filter(length -> lowest <= length && length <= highest)
                .toArray();
    }
}
