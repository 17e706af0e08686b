package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Fully connected generators: for images as in Goodfellow et al. (2014), and for points.
 *
 * @param hidden units of the hidden layers, ReLU
 * @param weights how the layers start
 */
public record MlpGeneratorConfig(List<Integer> hidden, InitialWeights weights) implements GeneratorConfig {
    public MlpGeneratorConfig {
        hidden = requireHidden(hidden);
    }

    /** Hidden layers of a network, at least one of at least one unit. */
    static List<Integer> requireHidden(List<Integer> hidden) {
        Require.that(
                !hidden.isEmpty() && hidden.stream().allMatch(units -> units >= 1),
                "hidden",
                "at least one layer of >= 1 units",
                hidden);
        return List.copyOf(hidden);
    }

    @Override
    public MlpGenerator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        if (!condition.equals(ConditionShape.none())) {
            throw new IllegalArgumentException("fully connected networks have no batch normalization that could depend"
                    + " on the class; choose conditioning.generator.way: concatenation, embedding or multiplication");
        }
        return new MlpGenerator(this, latent, sample, random);
    }
}
