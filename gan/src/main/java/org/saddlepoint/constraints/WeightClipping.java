package org.saddlepoint.constraints;

import org.saddlepoint.input.Require;
import org.saddlepoint.models.Discriminator;

/**
 * Weight clipping (Arjovsky et al. 2017, Algorithm 1, line 7): after each update every weight of the critic is cut to
 * [−c, c], which keeps it K-Lipschitz for some unknown K.
 *
 * @param bound c, > 0; 0.01 in the paper
 */
public record WeightClipping(double bound) implements Constraint {
    public WeightClipping {
        Require.positive("bound", bound);
    }

    @Override
    public void project(Discriminator discriminator) {
        discriminator.weights().forEach(weight -> weight.clampInPlace(-bound, bound));
    }
}
