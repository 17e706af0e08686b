package org.saddlepoint.diagnostics.symptoms;

import java.util.List;
import org.saddlepoint.diagnostics.Cause;
import org.saddlepoint.diagnostics.Evidence;
import org.saddlepoint.diagnostics.Facts;
import org.saddlepoint.diagnostics.Remedy;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Signals;

/** Causes that several symptoms share, ordered by what the settings say. */
final class Causes {
    private static final double UNEQUAL = 4;
    private static final double FAST = 1e-3;

    private Causes() {}

    /** Why a generator leaves parts of the data out. */
    static List<Cause> ofCollapse(Facts facts) {
        List<Cause> causes = new java.util.ArrayList<>();
        Cause fast = Cause.of(
                "G learns faster than D (learning rate of G over that of D: " + Evidence.number(facts.rateRatio())
                        + ")",
                Remedy.BALANCE_RATES,
                Remedy.MORE_DISCRIMINATOR_STEPS);
        Cause free = Cause.of(
                "nothing holds D back, so that its gradients chase single modes", Remedy.ADD_R1, Remedy.RELATIVISTIC);
        Cause rates = Cause.of("the learning rates are high", Remedy.LOWER_RATES, Remedy.MUCH_LOWER_RATES);
        Cause momentum = Cause.of("momentum carries both players around each other", Remedy.LESS_MOMENTUM);
        Cause blind = Cause.of("the objective does not see dropped modes", Remedy.RELATIVISTIC, Remedy.MODE_SEEKING);
        Cause small = Cause.of("the batch is too small to show the variety of the data", Remedy.LARGER_BATCH);
        if (facts.rateRatio() >= UNEQUAL) {
            causes.add(fast);
        }
        if (Math.max(facts.generatorRate(), facts.discriminatorRate()) > 2 * FAST) {
            causes.add(rates);
        }
        if (!facts.constrained()) {
            causes.add(free);
        }
        if (facts.momentum() >= 0.8) {
            causes.add(momentum);
        }
        if (facts.batchSize() > 0 && facts.batchSize() < 16) {
            causes.add(small);
        }
        if (!causes.contains(rates)) {
            causes.add(rates);
        }
        if (!facts.relativistic()) {
            causes.add(blind);
        }
        return causes;
    }

    /** Why numbers grow without bound. */
    static List<Cause> ofExplosion(Facts facts) {
        Cause rates = Cause.of(
                "the learning rates are too high for these networks", Remedy.MUCH_LOWER_RATES, Remedy.LOWER_RATES);
        Cause free = Cause.of("nothing bounds D's gradients", Remedy.ADD_R1, Remedy.LOWER_RATES);
        Cause momentum = Cause.of("momentum adds up opposing steps", Remedy.LESS_MOMENTUM);
        return facts.constrained() ? List.of(rates, momentum) : List.of(rates, free, momentum);
    }

    /** The last value of a signal against a bound. */
    static Evidence last(Signals signals, Signal signal, String bound) {
        return Evidence.of(signal, signals.series(signal).last(), bound);
    }
}
