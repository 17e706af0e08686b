package org.saddlepoint.diagnostics.symptoms;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.saddlepoint.diagnostics.Cause;
import org.saddlepoint.diagnostics.Evidence;
import org.saddlepoint.diagnostics.Finding;
import org.saddlepoint.diagnostics.Remedy;
import org.saddlepoint.diagnostics.Severity;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.diagnostics.Symptom;

/** Faults of the data: values out of range or without contrast, copies, labels of one class. */
public final class DataFault implements Symptom {
    private static final double OUTSIDE = 0.001;
    private static final double COPIES = 0.3;
    private static final double SPREAD = 0.02;
    private static final double COMMONEST = 0.9;
    private static final double HALF = 0.02;

    /** Of 512 examples; those that are each other's neighbours, as most are, match or do not together. */
    private static final double INDEPENDENT = 512 / 2.0;

    @Override
    public String id() {
        return "data-fault";
    }

    @Override
    public String title() {
        return "faults of the data";
    }

    @Override
    public String rule() {
        return "of the examined examples 0.001 of the values are outside of [-1, 1], or none is in one half of it, 0.3 equal"
                + " another one, the values have a deviation below 0.02, 0.9 of the labels are the same, or the nearest neighbour of"
                + " an example has its label no oftener than by chance";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.DATA_DUPLICATES);
    }

    /** Whether labels go with looks no better than chance, by three standard errors. */
    private static boolean saysNothing(Signals signals) {
        double chance = signals.series(Signal.LABEL_CHANCE).last();
        double match = signals.series(Signal.DATA_LABEL_MATCH).last();
        return chance < 1 && match < chance + 3 * Math.sqrt(chance * (1 - chance) / INDEPENDENT);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        double outside = signals.series(Signal.DATA_OUTSIDE).last();
        double copies = signals.series(Signal.DATA_DUPLICATES).last();
        double classes = signals.series(Signal.DATA_CLASSES).last();
        double top = signals.series(Signal.DATA_TOP_CLASS).last();
        double spread = signals.series(Signal.DATA_SPREAD).last();
        Evidence evidence;
        if (outside > OUTSIDE) {
            evidence = Evidence.of(Signal.DATA_OUTSIDE, outside, "<= 0.001");
        } else if (signals.series(Signal.DATA_LEAST).last() > -HALF) {
            evidence = Causes.last(signals, Signal.DATA_LEAST, "down to -1, not 0");
        } else if (signals.series(Signal.DATA_MOST).last() < HALF) {
            evidence = Causes.last(signals, Signal.DATA_MOST, "up to 1");
        } else if (spread < SPREAD) {
            evidence = Evidence.of(Signal.DATA_SPREAD, spread, ">= 0.02");
        } else if (copies > COPIES) {
            evidence = Evidence.of(Signal.DATA_DUPLICATES, copies, "<= 0.3");
        } else if (signals.facts().conditional() && (classes == 1 || top > COMMONEST)) {
            evidence = Evidence.of(Signal.DATA_TOP_CLASS, top, "<= 0.9");
        } else if (saysNothing(signals) && signals.facts().conditional()) {
            evidence = Causes.last(signals, Signal.DATA_LABEL_MATCH, "more than by chance: labels fit the examples");
        } else {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                Severity.WARNING,
                signals.readings().get(0).step(),
                "the data has a fault: " + evidence,
                List.of(evidence),
                List.of(Cause.of("the data is not as it should be", Remedy.MEND_DATA))));
    }
}
