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

/** A generator that ignores its label, although the data's classes differ. */
public final class IgnoredLabel implements Symptom {
    private static final double EFFECT = 0.08;
    private static final double CLASSES = 1.03;
    private static final int READINGS = 4;
    private static final int MATCHES = 6;
    private static final double OBEDIENCE = 0.2;
    private static final double TELLING = 0.2;
    private static final double NEAR = 0.45;

    /** A label has so much effect with initial weights; one that is learned has more. */
    private static final double WEAK = 0.2;

    private static final List<Cause> CAUSES = List.of(
            Cause.of("D does not use the label", Remedy.STRONGER_LABEL),
            Cause.of("the labels do not describe the pictures", Remedy.MEND_DATA));

    @Override
    public String id() {
        return "ignored-label";
    }

    @Override
    public String title() {
        return "G ignores its label";
    }

    @Override
    public String rule() {
        return "another label changes a sample by less than 0.08 of the distance between samples in 4 readings, while"
                + " classes of the data are farther apart than examples within them; or, a warning, of samples within 0.45 of the"
                + " data, or whose label changes them by less than 0.2, the nearest real example has their label hardly oftener than"
                + " by chance, in 6 readings for " + Stage.FIFTH.words()
                + ", though real examples tell their labels (our own)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.LABEL_EFFECT, Signal.CLASS_EFFECT);
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.conditional();
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series effect = signals.series(Signal.LABEL_EFFECT, Stage.TENTH);
        OptionalLong since = effect.since(value -> value < EFFECT, READINGS);
        double classes = signals.series(Signal.CLASS_EFFECT).last();
        boolean diverse = signals.series(Signal.DIVERSITY).last() > ModeCollapse.DIVERSITY;
        if (since.isEmpty() || !(classes > CLASSES) || !diverse) {
            return diverse ? disobeyed(signals) : Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                Severity.FAILED,
                since.getAsLong(),
                "the generator ignores its label (a change of label changes a sample by "
                        + Evidence.number(effect.last()) + " of the distance between samples)",
                List.of(
                        Evidence.of(Signal.LABEL_EFFECT, effect.last(), "< 0.08"),
                        Evidence.of(Signal.CLASS_EFFECT, classes, "> 1.03")),
                CAUSES));
    }

    /** The label has some effect, as a part of the latent has, but not that of its class. */
    private Optional<Finding> disobeyed(Signals signals) {
        double chance = signals.series(Signal.LABEL_CHANCE).last();
        double real = signals.series(Signal.DATA_LABEL_MATCH).last();
        boolean weak = signals.series(Signal.LABEL_EFFECT).tail(MATCHES).share(value -> value < WEAK) == 1;
        Series match = signals.series(Signal.LABEL_MATCH, weak ? Stage.TENTH : Stage.FIFTH);
        double bound = chance + OBEDIENCE * (real - chance);
        OptionalLong since = match.since(value -> value < bound, MATCHES);
        boolean near = signals.series(Signal.DISTANCE).tail(MATCHES).share(value -> value < NEAR) == 1;
        if (since.isEmpty()
                || !signals.hasLasted(since.getAsLong(), Stage.FIFTH) // classes come late
                || !(real - chance > TELLING)
                || !(near || weak)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                Severity.WARNING,
                since.getAsLong(),
                "samples are not of the class that is asked for (" + Math.round(100 * match.last())
                        + " % look most like it, by chance " + Math.round(100 * chance) + " %)",
                List.of(
                        Evidence.of(Signal.LABEL_MATCH, match.last(), "< " + Evidence.number(bound)),
                        Evidence.of(Signal.DATA_LABEL_MATCH, real, "what real examples have")),
                CAUSES));
    }
}
