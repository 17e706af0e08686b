package org.saddlepoint.objectives;

import java.util.OptionalDouble;
import org.saddlepoint.tensor.Tensor;

/**
 * The Kantorovich-Rubinstein dual of Arjovsky et al. (2017), equation 2, for a critic that a constraint keeps K-Lipschitz:
 *
 * <pre>
 * L_D = E[D(G(z))] − E[D(x)]
 * L_G = −E[D(G(z))]
 * </pre>
 *
 * <p>The divergence is K · W₁ = −min L_D; if K is unknown, as under weight clipping, only changes are meaningful.
 */
public record WassersteinObjective() implements AdversarialObjective {
    @Override
    public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return fakeLogits.mean().sub(realLogits.mean());
    }

    @Override
    public Tensor generatorLoss(Tensor fakeLogits) {
        return fakeLogits.mean().neg();
    }

    @Override
    public OptionalDouble divergenceBound(double discriminatorLoss) {
        return OptionalDouble.of(-discriminatorLoss);
    }
}
