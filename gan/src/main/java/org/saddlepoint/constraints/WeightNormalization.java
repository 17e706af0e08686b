package org.saddlepoint.constraints;

import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.nn.WeightNorm;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Weight normalization of every layer of D (Salimans and Kingma 2016): length and direction of each output's weights are
 * trained apart; see {@link WeightNorm}.
 */
public record WeightNormalization() implements Constraint {
    @Override
    public Discriminator apply(Discriminator discriminator, Shape sample, RandomGenerator random) {
        for (WeightLayer layer : Layers.requireMatrices(discriminator, "weight normalization")) {
            layer.parametrize(WeightNorm::new);
        }
        return discriminator;
    }
}
