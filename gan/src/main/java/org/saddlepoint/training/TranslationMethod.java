package org.saddlepoint.training;

import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.models.Discriminator;

/** What translators learn from, beside discriminators. */
public interface TranslationMethod {
    /** Whether the result translates both ways. */
    boolean bothWays();

    /** Whether one network translates both ways. */
    default boolean oneTranslator() {
        return false;
    }

    /** How many passes of the translator to B an update differentiates. */
    default int passesToB() {
        return 1;
    }

    /** How many passes of the translator to A an update differentiates. */
    default int passesToA() {
        return 0;
    }

    /**
     * A step of this method, which owns the players from then on.
     *
     * @param discriminators one of pairs, or one of pictures of A and one of B
     * @param batchSize pictures of each kind a step
     * @throws IllegalArgumentException if nothing can be trained by it
     */
    TrainingStep step(
            TranslationPlayers translators, List<Player<Discriminator>> discriminators, Game game, int batchSize);

    /**
     * Checks the channels of the pictures of both kinds.
     *
     * @throws IllegalArgumentException if the method cannot work with them
     */
    default void requireChannels(int channelsA, int channelsB) {}

    /**
     * Pairs: the discriminator sees both halves, and the translator is drawn to the target (Isola et al. 2017, equation 4).
     *
     * <pre>L_G = w L_adv(D(a, G(a))) + λ E|b − G(a)|</pre>
     *
     * @param l1Weight λ, >= 0; 100 in the paper
     */
    record Paired(double l1Weight) implements TranslationMethod {
        public Paired {
            Require.notNegative("l1Weight", l1Weight);
        }

        @Override
        public boolean bothWays() {
            return false;
        }

        @Override
        public TrainingStep step(
                TranslationPlayers translators, List<Player<Discriminator>> discriminators, Game game, int batchSize) {
            return new PairedTranslationStep(translators, discriminators.get(0), this, game, batchSize);
        }
    }

    /**
     * Two kinds of pictures without pairs: there and back again should change nothing (Zhu et al. 2017, equation 3), and
     * neither should a translation of what is of its target's kind already (section 5.2).
     *
     * <pre>
     * L_G = w L_adv(D_B(G(a))) + w L_adv(D_A(F(b)))
     *     + λ_A E|F(G(a)) − a| + λ_B E|G(F(b)) − b|
     *     + λ_i λ_B E|G(b) − b| + λ_i λ_A E|F(a) − a|
     * </pre>
     *
     * @param cycleWeightA λ_A, >= 0; 10 in the paper
     * @param cycleWeightB λ_B, >= 0; 10 in the paper
     * @param identityWeight λ_i, >= 0, a factor on the other two; 0 where the kinds differ in channels
     * @param oneTranslator whether one network translates both ways, for kinds that are each other's mirror
     */
    record Cycle(double cycleWeightA, double cycleWeightB, double identityWeight, boolean oneTranslator)
            implements TranslationMethod {
        public Cycle {
            Require.notNegative("cycleWeightA", cycleWeightA);
            Require.notNegative("cycleWeightB", cycleWeightB);
            Require.notNegative("identityWeight", identityWeight);
        }

        @Override
        public void requireChannels(int channelsA, int channelsB) {
            if (channelsA != channelsB && (oneTranslator || identityWeight > 0)) {
                throw new IllegalArgumentException((oneTranslator ? "oneTranslator" : "identityWeight")
                        + " needs A and B with the same channels but they have " + channelsA + " and " + channelsB
                        + "; set images.channelsA and images.channelsB to the same, or "
                        + (oneTranslator ? "oneTranslator to false" : "identityWeight to 0"));
            }
        }

        @Override
        public boolean bothWays() {
            return true;
        }

        /** There and back from each side; the identity loss is a pass of each more. */
        @Override
        public int passesToB() {
            return identityWeight > 0 ? 3 : 2;
        }

        @Override
        public int passesToA() {
            return passesToB();
        }

        @Override
        public TrainingStep step(
                TranslationPlayers translators, List<Player<Discriminator>> discriminators, Game game, int batchSize) {
            CycleStep.Discriminators both = new CycleStep.Discriminators(discriminators.get(0), discriminators.get(1));
            return new CycleStep(translators, both, this, game, batchSize);
        }
    }

    /**
     * Nothing that is known here: weights that were trained elsewhere, and no discriminators to go on with.
     *
     * @param bothWays whether there is a translator from B to A, too
     */
    record Elsewhere(boolean bothWays) implements TranslationMethod {
        @Override
        public TrainingStep step(
                TranslationPlayers translators, List<Player<Discriminator>> discriminators, Game game, int batchSize) {
            throw new IllegalArgumentException("these translators were trained elsewhere, with what is not known");
        }
    }
}
