package org.saddlepoint.objectives;

import java.util.OptionalDouble;
import org.saddlepoint.tensor.Tensor;

/**
 * The non-saturating game of Goodfellow et al. (2014), section 3: the discriminator's loss is that of {@link
 * MinimaxObjective}, and the generator maximizes log D(G(z)).
 *
 * <pre>L_G = −E[log D(G(z))] = E[softplus(−f(G(z)))]</pre>
 */
public record NonSaturatingObjective() implements AdversarialObjective {
    private static final MinimaxObjective MINIMAX = new MinimaxObjective();

    @Override
    public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return MINIMAX.discriminatorLoss(realLogits, fakeLogits);
    }

    @Override
    public Tensor generatorLoss(Tensor fakeLogits) {
        return fakeLogits.neg().softplus().mean(); // softplus(−t) = −log σ(t), without overflow
    }

    @Override
    public OptionalDouble divergenceBound(double discriminatorLoss) {
        return MINIMAX.divergenceBound(discriminatorLoss);
    }
}
