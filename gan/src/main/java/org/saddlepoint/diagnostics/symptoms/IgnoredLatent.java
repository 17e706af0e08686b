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

/** A conditional generator that draws one sample for each label. */
public final class IgnoredLatent implements Symptom {
    private static final double EFFECT = 0.2;
    private static final double LABEL = 0.3;
    private static final int READINGS = 4;

    @Override
    public String id() {
        return "ignored-latent";
    }

    @Override
    public String title() {
        return "G ignores its latent";
    }

    @Override
    public String rule() {
        return "samples of one label have less than 0.2 of the diversity of real ones in 4 readings, while the label"
                + " changes them (our own)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.LATENT_EFFECT, Signal.LABEL_EFFECT);
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.conditional();
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series effect = signals.series(Signal.LATENT_EFFECT, Stage.TWENTIETH);
        OptionalLong since = effect.since(value -> value < EFFECT, READINGS);
        double label = signals.series(Signal.LABEL_EFFECT).last();
        if (since.isEmpty() || !(label > LABEL)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                Severity.FAILED,
                since.getAsLong(),
                "the generator draws one sample a label (diversity within a label " + Evidence.number(effect.last())
                        + " of real)",
                List.of(
                        Evidence.of(Signal.LATENT_EFFECT, effect.last(), "< 0.2"),
                        Evidence.of(Signal.LABEL_EFFECT, label, "> 0.3")),
                List.of(
                        Cause.of("the label says all that D looks at", Remedy.MODE_SEEKING, Remedy.ADD_R1),
                        Cause.of("the learning rates are high", Remedy.LOWER_RATES))));
    }
}
