package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Fully connected discriminators: for images as in Goodfellow et al. (2014), and for points.
 *
 * @param hidden units of the hidden layers
 * @param weights how the layers start
 * @param maxoutPieces linear pieces of a maxout unit; 1 stands for LeakyReLU units
 * @param slope of these LeakyReLU units below 0; 0 makes them ReLU
 * @param inputDropout share of the inputs that are dropped in training
 * @param hiddenDropout share of the hidden units that are dropped in training
 */
public record MlpDiscriminatorConfig(
        List<Integer> hidden,
        InitialWeights weights,
        int maxoutPieces,
        double slope,
        double inputDropout,
        double hiddenDropout)
        implements DiscriminatorConfig {

    public MlpDiscriminatorConfig {
        hidden = MlpGeneratorConfig.requireHidden(hidden);
        Require.atLeast(1, "maxoutPieces", maxoutPieces);
        Require.within(0, 1, "slope", slope);
        Require.below(0, 1, "inputDropout", inputDropout);
        Require.below(0, 1, "hiddenDropout", hiddenDropout);
    }

    /** LeakyReLU units of slope 0.2, without dropout. */
    public static MlpDiscriminatorConfig of(List<Integer> hidden, InitialWeights weights) {
        return new MlpDiscriminatorConfig(hidden, weights, 1, 0.2, 0, 0);
    }

    @Override
    public MlpDiscriminator create(Shape sample, RandomGenerator random) {
        return new MlpDiscriminator(this, sample, random);
    }

    @Override
    public long keptForBackward(Shape sample) {
        return hidden.stream().mapToLong(units -> (long) units * maxoutPieces).sum();
    }

    @Override
    public boolean takesVectors() {
        return true;
    }
}
