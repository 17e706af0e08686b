package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Fully connected networks: for images as in Goodfellow et al. (2014), and for points.
 *
 * @param generatorHidden units of the generator's hidden layers, ReLU
 * @param generatorWeights how the generator starts
 * @param discriminatorHidden units of the discriminator's hidden layers
 * @param discriminatorWeights how the discriminator starts
 * @param maxoutPieces linear pieces a maxout unit of the discriminator; 1 stands for LeakyReLU units
 * @param slope of these LeakyReLU units below 0; 0 makes them ReLU
 * @param inputDropout share of the discriminator's inputs that are dropped in training
 * @param hiddenDropout share of the discriminator's hidden units that are dropped in training
 */
public record MlpConfig(
        List<Integer> generatorHidden,
        InitialWeights generatorWeights,
        List<Integer> discriminatorHidden,
        InitialWeights discriminatorWeights,
        int maxoutPieces,
        double slope,
        double inputDropout,
        double hiddenDropout)
        implements NetworkConfig {

    public MlpConfig {
        generatorHidden = List.copyOf(generatorHidden);
        discriminatorHidden = List.copyOf(discriminatorHidden);
        for (List<Integer> hidden : List.of(generatorHidden, discriminatorHidden)) {
            if (hidden.isEmpty() || hidden.stream().anyMatch(units -> units < 1)) {
                throw new IllegalArgumentException(
                        "hidden layers must be at least one of >= 1 units but were " + hidden);
            }
        }
        if (maxoutPieces < 1) {
            throw new IllegalArgumentException("maxoutPieces must be >= 1 but was " + maxoutPieces);
        }
        if (!(slope >= 0 && slope <= 1)) {
            throw new IllegalArgumentException("slope must be in [0, 1] but was " + slope);
        }
        if (!(inputDropout >= 0 && inputDropout < 1 && hiddenDropout >= 0 && hiddenDropout < 1)) {
            throw new IllegalArgumentException(
                    "dropout must be in [0, 1) but was " + inputDropout + " and " + hiddenDropout);
        }
    }

    /** ReLU units in the generator and LeakyReLU units of slope 0.2 in the discriminator, without dropout. */
    public static MlpConfig of(
            List<Integer> generatorHidden, List<Integer> discriminatorHidden, InitialWeights weights) {
        return new MlpConfig(generatorHidden, weights, discriminatorHidden, weights, 1, 0.2, 0, 0);
    }

    @Override
    public MlpGenerator generator(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        if (!condition.equals(ConditionShape.NONE)) {
            throw new IllegalArgumentException("fully connected networks have no batch normalization that could depend"
                    + " on the class; choose conditioning.generator.way: concatenation, embedding or multiplication");
        }
        return new MlpGenerator(this, latent, sample, random);
    }

    @Override
    public long keptForBackward(Shape sample) {
        return discriminatorHidden.stream()
                .mapToLong(units -> (long) units * maxoutPieces)
                .sum();
    }

    @Override
    public MlpDiscriminator discriminator(Shape sample, RandomGenerator random) {
        return new MlpDiscriminator(this, sample, random);
    }
}
