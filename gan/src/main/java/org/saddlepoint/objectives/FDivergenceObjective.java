package org.saddlepoint.objectives;

import java.util.OptionalDouble;
import org.saddlepoint.tensor.Tensor;

/**
 * f-GAN (Nowozin et al. 2016): the discriminator's output V, through T = g_f(V), makes the variational bound of an
 * f-divergence tight, and the generator makes the bound small.
 *
 * <pre>
 * F   = E[g_f(V(x))] − E[f*(g_f(V(G(z))))] ≤ D_f(P‖Q)   (equation 6)
 * L_D = −F
 * L_G = −E[f*(g_f(V(G(z))))]   or   −E[g_f(V(G(z)))]
 * </pre>
 *
 * @param divergence f with its conjugate and output activation
 * @param generator which of the two losses the generator minimizes
 */
public record FDivergenceObjective(FDivergence divergence, GeneratorLoss generator) implements AdversarialObjective {
    /** What the generator minimizes. */
    public enum GeneratorLoss {
        /** The bound itself: −E[f*(g_f(V))] (Algorithm 1). */
        BOUND,
        /** −E[g_f(V)], which has gradients where samples are far from the data (section 3.2). */
        ACTIVATION
    }

    @Override
    public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return divergence
                .conjugateOfActivation(fakeLogits)
                .mean()
                .sub(divergence.activation(realLogits).mean());
    }

    @Override
    public Tensor generatorLoss(Tensor fakeLogits) {
        return switch (generator) {
            case BOUND -> divergence.conjugateOfActivation(fakeLogits).mean().neg();
            case ACTIVATION -> divergence.activation(fakeLogits).mean().neg();
        };
    }

    @Override
    public OptionalDouble divergenceBound(double discriminatorLoss) {
        return OptionalDouble.of(-discriminatorLoss);
    }
}
