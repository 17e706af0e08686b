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

/**
 * D is too weak: it cannot tell samples from data although plain statistics can, so that G learns nothing. Two signals:
 * separation near one half, and a large distance.
 */
public final class WeakDiscriminator implements Symptom {
    private static final double SEPARATION = 0.62;
    private static final double DISTANCE = 0.4;
    private static final double FALLING = 0.6;
    private static final int READINGS = 4;

    @Override
    public String id() {
        return "weak-discriminator";
    }

    @Override
    public String title() {
        return "D is too weak";
    }

    @Override
    public String rule() {
        return "D separates less than 0.62 of pairs while samples are more than 0.4 standard deviations from the data"
                + " (sliced W1, our own threshold), both in 4 readings; failed where that lasts for "
                + Stage.FIFTH.words() + " and the distance has not fallen to 0.6 of what it was";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.SEPARATION, Signal.DISTANCE);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series separation = signals.series(Signal.SEPARATION, Stage.TENTH);
        Series distance = signals.series(Signal.DISTANCE, Stage.TENTH);
        OptionalLong far = distance.since(value -> value > DISTANCE, READINGS);
        OptionalLong blind = separation.since(value -> value < SEPARATION, READINGS);
        if (far.isEmpty() || blind.isEmpty()) {
            return Optional.empty();
        }
        long since = Math.max(far.getAsLong(), blind.getAsLong());
        Facts facts = signals.facts();
        List<Cause> causes = new java.util.ArrayList<>();
        if (facts.rateRatio() >= 4) {
            causes.add(Cause.of(
                    "D learns more slowly than G (learning rate of G over that of D: "
                            + Evidence.number(facts.rateRatio()) + ")",
                    Remedy.BALANCE_RATES,
                    Remedy.MORE_DISCRIMINATOR_STEPS));
        }
        if (facts.views()) {
            causes.add(Cause.of("what D sees hides the difference", Remedy.FEWER_VIEWS));
        }
        causes.add(Cause.of(
                "D learns too slowly, or is too small", Remedy.FASTER_DISCRIMINATOR, Remedy.MORE_DISCRIMINATOR_STEPS));
        if (facts.constrained()) {
            causes.add(Cause.of("D's constraint is too strong", Remedy.MORE_DISCRIMINATOR_STEPS));
        }
        return Optional.of(new Finding(
                id(),
                signals.hasLasted(since, Stage.FIFTH) && !isFalling(distance.after(since - 1))
                        ? Severity.FAILED
                        : Severity.WARNING,
                since,
                "D is too weak: it cannot tell samples from data, although they are " + Evidence.number(distance.last())
                        + " standard deviations apart",
                List.of(
                        Evidence.of(Signal.SEPARATION, separation.last(), "< 0.62"),
                        Evidence.of(Signal.DISTANCE, distance.last(), "> 0.4")),
                causes));
    }

    /** Samples that come nearer have something to learn from. */
    private static boolean isFalling(Series distance) {
        return distance.tail(READINGS).median()
                < FALLING
                        * distance.slice(0, Math.min(READINGS, distance.size())).median();
    }
}
