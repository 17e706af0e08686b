package org.saddlepoint.constraints;

import org.saddlepoint.models.Discriminator;
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
        Layers.parametrize(discriminator, "weight normalization", WeightNorm::new);
        return discriminator;
    }
}
