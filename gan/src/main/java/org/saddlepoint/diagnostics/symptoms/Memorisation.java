package org.saddlepoint.diagnostics.symptoms;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.saddlepoint.diagnostics.Cause;
import org.saddlepoint.diagnostics.Evidence;
import org.saddlepoint.diagnostics.Facts;
import org.saddlepoint.diagnostics.Finding;
import org.saddlepoint.diagnostics.Remedy;
import org.saddlepoint.diagnostics.Series;
import org.saddlepoint.diagnostics.Severity;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.diagnostics.Stage;
import org.saddlepoint.diagnostics.Symptom;

/** Memorisation: generated samples lie nearer to training examples than these lie to each other. */
public final class Memorisation implements Symptom {
    private static final double COPYING = 0.5;
    private static final double BOLD = 0.25;
    private static final int READINGS = 3;

    @Override
    public String id() {
        return "memorisation";
    }

    @Override
    public String title() {
        return "memorisation";
    }

    @Override
    public String rule() {
        return "the median distance of samples to the nearest training example is below half of that of held-out examples"
                + " to it, or between training examples where none are held out, in 3 readings, failed below a quarter with diverse samples (after Meehan et al. 2020; pixels"
                + " miss shifts)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.COPYING);
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.pictures();
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series copying = signals.series(Signal.COPYING, Stage.TWENTIETH);
        OptionalLong since = copying.since(value -> value < COPYING, READINGS);
        if (since.isEmpty()) {
            return Optional.empty();
        }
        boolean diverse = signals.series(Signal.DIVERSITY).last() > 0.7;
        return Optional.of(new Finding(
                id(),
                copying.last() < BOLD && diverse ? Severity.FAILED : Severity.WARNING,
                since.getAsLong(),
                "samples are copies of training examples (distance " + Evidence.number(copying.last())
                        + " of that between examples)",
                List.of(
                        Evidence.of(Signal.COPYING, copying.last(), "< 0.5"),
                        Causes.last(signals, Signal.DIVERSITY, "> 0.7 for failed")),
                List.of(
                        Cause.of(
                                "there is little data for these networks ("
                                        + signals.facts().examples() + " examples)",
                                Remedy.AUGMENT,
                                Remedy.MEND_DATA),
                        Cause.of("training went on for too long", Remedy.STOP))));
    }
}
