package org.saddlepoint.objectives;

import org.saddlepoint.tensor.Tensor;

/**
 * The non-saturating game of Goodfellow et al. (2014), section 3: the discriminator's loss is that of {@link
 * MinimaxObjective}, and the generator maximizes log D(G(z)).
 *
 * <pre>L_G = −E[log D(G(z))] = E[softplus(−f(G(z)))]</pre>
 */
public final class NonSaturatingObjective implements AdversarialObjective {
    private final MinimaxObjective minimax = new MinimaxObjective();

    @Override
    public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return minimax.discriminatorLoss(realLogits, fakeLogits);
    }

    @Override
    public Tensor generatorLoss(Tensor fakeLogits) {
        return fakeLogits.neg().softplus().mean(); // softplus(−t) = −log σ(t), without overflow
    }
}
