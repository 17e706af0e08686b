package org.saddlepoint.objectives;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.tensor.Tensor;

/** All objectives: each new one is listed here and inherits the tests. */
public final class Objectives {
    private Objectives() {}

    /**
     * An objective and where its players disagree.
     *
     * @param low between this logit and the next, the discriminator wants real logits larger and fake ones smaller, and
     *     the generator fake ones larger
     */
    public record Case(Objective objective, double low, double high) {
        Tensor discriminatorLoss(Tensor real, Tensor fake) {
            return objective.discriminatorLoss(real, fake);
        }

        /** Whatever the objective needs. */
        Tensor generatorLoss(Tensor real, Tensor fake) {
            return objective instanceof RelativisticObjective relativistic
                    ? relativistic.generatorLoss(real, fake)
                    : ((AdversarialObjective) objective).generatorLoss(fake);
        }

        /** Whether logits count in pairs, so that both batches must have one size and one order. */
        boolean paired() {
            return objective instanceof RelativisticPairedObjective;
        }

        @Override
        public String toString() {
            return objective.toString();
        }
    }

    /** All of them, with the settings that papers use. */
    public static List<Case> all() {
        List<Case> all = new ArrayList<>();
        all.add(new Case(new MinimaxObjective(), -3, 3));
        all.add(new Case(new NonSaturatingObjective(), -3, 3));
        all.add(new Case(LeastSquaresObjective.BINARY, 0, 1));
        all.add(new Case(LeastSquaresObjective.PEARSON, -1, 0));
        all.add(new Case(new HingeObjective(), -1, 1));
        all.add(new Case(new WassersteinObjective(), -3, 3));
        all.add(new Case(new RelativisticPairedObjective(), -3, 3));
        all.add(new Case(new RelativisticAverageObjective(), -3, 3));
        for (FDivergence divergence : FDivergence.values()) {
            for (FDivergenceObjective.GeneratorLoss generator : FDivergenceObjective.GeneratorLoss.values()) {
                all.add(new Case(new FDivergenceObjective(divergence, generator), -1.5, 1.5));
            }
        }
        return all;
    }
}
