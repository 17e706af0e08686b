package org.saddlepoint.diagnostics.symptoms;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.saddlepoint.diagnostics.Cause;
import org.saddlepoint.diagnostics.Evidence;
import org.saddlepoint.diagnostics.Finding;
import org.saddlepoint.diagnostics.Remedy;
import org.saddlepoint.diagnostics.Series;
import org.saddlepoint.diagnostics.Severity;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.diagnostics.Stage;
import org.saddlepoint.diagnostics.Symptom;

/** D's overfitting: it prefers its training examples to held-out ones. Alone it is a warning: large healthy runs show it. */
public final class DiscriminatorOverfitting implements Symptom {
    private static final double PREFERENCE = 0.8;
    private static final double GAP = 0.5;
    private static final int READINGS = 3;

    @Override
    public String id() {
        return "discriminator-overfitting";
    }

    @Override
    public String title() {
        return "D learns its examples by heart";
    }

    @Override
    public String rule() {
        return "D scores a training example above a held-out one in 0.8 of pairs in 3 readings; failed where held-out"
                + " examples lack half of D's lead over generated ones, too (r_v of Karras et al. 2020; of a critic, its"
                + " estimate of W1 on them is half of that in training), and samples move away from the data; alone it"
                + " means little (Brock et al. 2019, section 4.2)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.OVERFITTING);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series preference = signals.series(Signal.OVERFITTING, Stage.TWENTIETH);
        OptionalLong since = preference.since(value -> value > PREFERENCE, READINGS);
        if (since.isEmpty()) {
            return Optional.empty();
        }
        double gap = signals.series(Signal.HELD_OUT_GAP).tail(READINGS).median();
        Series distance = signals.series(Signal.DISTANCE);
        boolean worse = distance.tail(READINGS).median() > 1.5 * distance.min().orElse(Double.NaN);
        return Optional.of(new Finding(
                id(),
                gap > GAP && worse ? Severity.FAILED : Severity.WARNING,
                since.getAsLong(),
                "D learns its examples by heart: it prefers them to held-out ones in "
                        + Math.round(100 * preference.last()) + " % of pairs",
                List.of(
                        Evidence.of(Signal.OVERFITTING, preference.last(), "> 0.8"),
                        Evidence.of(Signal.HELD_OUT_GAP, gap, "> 0.5"),
                        Causes.last(signals, Signal.REAL_SIGN, "0.6 is the aim of adaptive augmentation")),
                List.of(
                        Cause.of("there is little data for this D", Remedy.AUGMENT, Remedy.ADD_R1, Remedy.MEND_DATA),
                        Cause.of("training went on for too long", Remedy.STOP))));
    }
}
