package org.saddlepoint.lab;

import java.util.List;

/** The catalogue: every experiment with its default settings, in reading order. */
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

    /** All experiments. */
    public static List<Experiment> all() {
        return ALL;
    }
}
