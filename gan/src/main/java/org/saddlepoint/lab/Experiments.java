package org.saddlepoint.lab;

import java.util.List;

/** The catalogue: every experiment with its own settings, in the order of reading. */
public final class Experiments {
    private static final List<Experiment> ALL = List.of(
            ParallelLines.DEFAULT,
            Distances.DEFAULT,
            Continuity.DEFAULT,
            BestDiscriminator.DEFAULT,
            VanishingGradient.DEFAULT,
            LogDTrick.DEFAULT,
            NoiseAnnealing.DEFAULT,
            FDivergences.DEFAULT,
            ClippedWeights.DEFAULT,
            UnitGradient.DEFAULT,
            Kantorovich.DEFAULT,
            LipschitzDepth.DEFAULT,
            NormalizationBound.DEFAULT,
            LossMeaning.DEFAULT,
            ModeCollapse.DEFAULT,
            DiracGanMethods.DEFAULT);

    private Experiments() {}

    /** All of them. */
    public static List<Experiment> all() {
        return ALL;
    }
}
