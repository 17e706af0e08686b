package org.saddlepoint.objectives;

import java.util.OptionalDouble;
import org.saddlepoint.tensor.Tensor;

/**
 * The hinge game (Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17):
 *
 * <pre>
 * L_D = E[max(0, 1 − D(x))] + E[max(0, 1 + D(G(z)))]
 * L_G = −E[D(G(z))]
 * </pre>
 *
 * <p>The divergence is the total variation: L_D ≥ 2 (1 − TV).
 */
public record HingeObjective() implements AdversarialObjective {
    @Override
    public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return realLogits
                .neg()
                .add(1)
                .relu()
                .mean()
                .add(fakeLogits.add(1).relu().mean());
    }

    @Override
    public Tensor generatorLoss(Tensor fakeLogits) {
        return fakeLogits.mean().neg();
    }

    @Override
    public OptionalDouble divergenceBound(double discriminatorLoss) {
        return OptionalDouble.of(1 - discriminatorLoss / 2);
    }
}
