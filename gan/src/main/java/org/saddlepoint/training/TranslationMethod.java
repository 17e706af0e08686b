package org.saddlepoint.training;

/** What translators learn from, beside discriminators. */
public sealed interface TranslationMethod {
    /** Whether the result translates both ways. */
    boolean bothWays();

    /**
     * Pairs: the discriminator sees both halves, and the translator is drawn to the target (Isola et al. 2017, equation 4).
     *
     * <pre>L_G = w L_adv(D(a, G(a))) + λ E|b − G(a)|</pre>
     *
     * @param l1Weight λ, >= 0; 100 in the paper
     */
    record Paired(double l1Weight) implements TranslationMethod {
        public Paired {
            requireWeight("l1Weight", l1Weight);
        }

        @Override
        public boolean bothWays() {
            return false;
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
            requireWeight("cycleWeightA", cycleWeightA);
            requireWeight("cycleWeightB", cycleWeightB);
            requireWeight("identityWeight", identityWeight);
        }

        @Override
        public boolean bothWays() {
            return true;
        }
    }

    /**
     * Nothing that is known here: weights that were trained elsewhere, and no discriminators to go on with.
     *
     * @param bothWays whether there is a translator from B to A, too
     */
    record Elsewhere(boolean bothWays) implements TranslationMethod {}

    private static void requireWeight(String name, double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be >= 0 and finite but was " + weight);
        }
    }
}
