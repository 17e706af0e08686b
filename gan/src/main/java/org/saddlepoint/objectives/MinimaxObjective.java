package org.saddlepoint.objectives;

import java.util.OptionalDouble;
import org.saddlepoint.tensor.Tensor;

/**
 * The original game of Goodfellow et al. (2014), equation 1, D = σ(f):
 *
 * <pre>
 * L_D = −E[log D(x)] − E[log(1 − D(G(z)))] = E[softplus(−f(x))] + E[softplus(f(G(z)))]
 * L_G =  E[log(1 − D(G(z)))]               = −E[softplus(f(G(z)))]
 * </pre>
 *
 * <p>L_G saturates: its gradient vanishes where D is sure that a sample is generated (section 3). The divergence is
 * Jensen and Shannon's: L_D ≥ log 4 − 2 JS (theorem 1).
 */
public record MinimaxObjective() implements AdversarialObjective {
    @Override
    public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return realLogits.neg().softplus().mean().add(fakeLogits.softplus().mean());
    }

    @Override
    public Tensor generatorLoss(Tensor fakeLogits) {
        return fakeLogits.softplus().mean().neg();
    }

    @Override
    public OptionalDouble divergenceBound(double discriminatorLoss) {
        return OptionalDouble.of(Math.log(2) - discriminatorLoss / 2);
    }
}
