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

/** Colour or contrast drift: means or deviations of channels leave those of the data. */
public final class ColourDrift implements Symptom {
    private static final double SHIFT = 0.5;
    static final double LOW = 0.55;
    private static final double HIGH = 1.7;
    private static final int READINGS = 5;

    @Override
    public String id() {
        return "colour-drift";
    }

    @Override
    public String title() {
        return "colour or contrast drift";
    }

    @Override
    public String rule() {
        return "a channel's mean is half a standard deviation from the data, or its deviation outside of [0.55, 1.7]"
                + " of it, in 5 readings after " + Stage.FIFTH.words() + " (our own)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.BRIGHTNESS, Signal.CONTRAST);
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.pictures();
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series shift = signals.series(Signal.BRIGHTNESS, Stage.FIFTH);
        Series contrast = signals.series(Signal.CONTRAST, Stage.FIFTH);
        OptionalLong moved = shift.since(value -> value > SHIFT, READINGS);
        OptionalLong changed = contrast.since(value -> value < LOW || value > HIGH, READINGS);
        if (moved.isEmpty() && changed.isEmpty()) {
            return Optional.empty();
        }
        Facts facts = signals.facts();
        Cause views = Cause.of("augmentation of what D sees leaks into pictures", Remedy.FEWER_VIEWS);
        Cause rates = Cause.of("the learning rates are high", Remedy.LOWER_RATES);
        Cause blind = Cause.of("D is blind to means", Remedy.MORE_DISCRIMINATOR_STEPS, Remedy.ADD_AVERAGE);
        return Optional.of(new Finding(
                id(),
                Severity.WARNING,
                moved.orElseGet(changed::getAsLong),
                "colours or contrast drift (mean off by " + Evidence.number(shift.last()) + " deviations, contrast "
                        + Evidence.number(contrast.last()) + " of the data)",
                List.of(
                        Evidence.of(Signal.BRIGHTNESS, shift.last(), "> 0.5"),
                        Evidence.of(Signal.CONTRAST, contrast.last(), "outside of [0.55, 1.7]")),
                facts.views() ? List.of(views, rates, blind) : List.of(rates, blind)));
    }
}
