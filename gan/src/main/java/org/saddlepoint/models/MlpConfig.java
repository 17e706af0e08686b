package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Fully connected networks: for images as in Goodfellow et al. (2014), and for points.
 *
 * @param generatorHidden units of the generator's hidden layers, ReLU
 * @param generatorRange weights of the generator start in U(±range)
 * @param discriminatorHidden units of the discriminator's hidden layers
 * @param discriminatorRange weights of the discriminator start in U(±range)
 * @param maxoutPieces linear pieces a maxout unit of the discriminator; 1 stands for LeakyReLU units of slope 0.2
 * @param inputDropout share of the discriminator's inputs that are dropped in training
 * @param hiddenDropout share of the discriminator's hidden units that are dropped in training
 */
public record MlpConfig(
        List<Integer> generatorHidden,
        double generatorRange,
        List<Integer> discriminatorHidden,
        double discriminatorRange,
        int maxoutPieces,
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
        if (!(generatorRange > 0 && discriminatorRange > 0)) {
            throw new IllegalArgumentException(
                    "initial ranges must be > 0 but were " + generatorRange + " and " + discriminatorRange);
        }
        if (maxoutPieces < 1) {
            throw new IllegalArgumentException("maxoutPieces must be >= 1 but was " + maxoutPieces);
        }
        if (!(inputDropout >= 0 && inputDropout < 1 && hiddenDropout >= 0 && hiddenDropout < 1)) {
            throw new IllegalArgumentException(
                    "dropout must be in [0, 1) but was " + inputDropout + " and " + hiddenDropout);
        }
    }

    @Override
    public Generator generator(Latent latent, Shape sample, RandomGenerator random) {
        return new MlpGenerator(this, latent, sample, random);
    }

    @Override
    public long keptForBackward(Shape sample) {
        return discriminatorHidden.stream()
                .mapToLong(units -> (long) units * maxoutPieces)
                .sum();
    }

    @Override
    public Discriminator discriminator(Shape sample, RandomGenerator random) {
        return new MlpDiscriminator(this, sample, random);
    }
}
