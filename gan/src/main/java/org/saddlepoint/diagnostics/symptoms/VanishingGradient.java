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
 * D wins: it tells all samples apart, its loss has no slope left, and the generator learns nothing of use. Without readings, the
 * discriminator's loss at its bound shows it.
 */
public final class VanishingGradient implements Symptom {
    private static final double SEPARATION = 0.98;
    private static final double SLOPE = 0.1;
    private static final double LOSS = 0.05;
    private static final double SHARE = 0.4;
    private static final double FALLEN = 0.3;
    private static final int WINDOW = 20;
    private static final int READINGS = 4;
    private static final double NEARER = 0.9;
    private static final double PROGRESS = 0.7;

    @Override
    public String id() {
        return "vanishing-gradient";
    }

    @Override
    public String title() {
        return "D wins, G's gradient vanishes";
    }

    @Override
    public String rule() {
        return "D separates 0.98 of pairs and its loss keeps less than a tenth of its slope in 4 readings, failed"
                + " where G's loss is flat, too (Arjovsky and Bottou 2017), for " + Stage.TENTH.words()
                + ", or samples have come no nearer to the data for "
                + Stage.FIFTH.words() + "; from"
                + " losses alone |D loss| < 0.05 in 0.4 of the last 20 logged (derived from StudioGAN's logs; not for"
                + " critics), a warning where its median over 20 is below 0.3 of that before; also of critics: "
                + StandingStill.RULE;
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.SEPARATION, Signal.D_SLOPE);
    }

    @Override
    public boolean seesLosses() {
        return true;
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Optional<Finding> still = StandingStill.look(this, signals);
        if (still.isPresent() || signals.facts().critic()) {
            return still;
        }
        return signals.has(Signal.SEPARATION, Signal.D_SLOPE) ? byReadings(signals) : byLosses(signals);
    }

    private Optional<Finding> byReadings(Signals signals) {
        Series separation = signals.series(Signal.SEPARATION, Stage.TWENTIETH);
        Series slope = signals.series(Signal.D_SLOPE, Stage.TWENTIETH);
        OptionalLong since = slope.since(value -> value < SLOPE, READINGS);
        OptionalLong apart = separation.since(value -> value > SEPARATION, READINGS);
        if (since.isEmpty() || apart.isEmpty()) {
            return Optional.empty();
        }
        double flat = signals.series(Signal.G_SLOPE).tail(READINGS).median();
        Series distance = signals.series(Signal.DISTANCE);
        long both = Math.max(since.getAsLong(), apart.getAsLong());
        boolean stuck = signals.hasLasted(both, Stage.FIFTH)
                && distance.tail(READINGS).median()
                        > PROGRESS
                                * distance.until(since.getAsLong())
                                        .tail(READINGS)
                                        .median()
                && distance.tail(READINGS).median() > 0.3
                && !comesNearer(distance);
        return Optional.of(new Finding(
                id(),
                (flat < SLOPE && signals.hasLasted(both, Stage.TENTH)) || stuck ? Severity.FAILED : Severity.WARNING,
                both,
                "D wins: it tells " + Math.round(100 * separation.last())
                        + " % of pairs apart and has little left to learn",
                List.of(
                        Evidence.of(Signal.SEPARATION, separation.last(), "> 0.98"),
                        Evidence.of(Signal.D_SLOPE, slope.last(), "< 0.1"),
                        Evidence.of(Signal.G_SLOPE, flat, "< 0.1 is flat"),
                        Causes.last(signals, Signal.DISTANCE, "not falling")),
                causes(signals.facts(), flat)));
    }

    /** Whether the last readings are clearly below those just before: what stood still has found its way. */
    private static boolean comesNearer(Series distance) {
        double before =
                distance.slice(0, distance.size() - READINGS).tail(2 * READINGS).median();
        return distance.tail(READINGS).median() < NEARER * before;
    }

    private Optional<Finding> byLosses(Signals signals) {
        Series loss = signals.discriminatorLoss();
        if (loss.size() < WINDOW || !signals.has(Stage.TWENTIETH)) {
            return Optional.empty();
        }
        double share = loss.tail(WINDOW).share(value -> Math.abs(value) < LOSS);
        if (share < SHARE) {
            return fallen(signals, loss);
        }
        return Optional.of(new Finding(
                id(),
                Severity.FAILED,
                loss.tail(WINDOW).step(0),
                "D's loss is at its bound (below 0.05 in " + Math.round(100 * share) + " % of the last 20 logged)",
                List.of(new Evidence("share of the last 20 losses of D below 0.05", share, ">= 0.4")),
                causes(signals.facts(), Double.NaN)));
    }

    /** A loss that falls for long: D gets ahead, though not yet to its bound, which class losses may hide. */
    private Optional<Finding> fallen(Signals signals, Series loss) {
        if (loss.size() < 2 * WINDOW) {
            return Optional.empty();
        }
        double now = loss.tail(WINDOW).map(Math::abs).median();
        double before = loss.slice(0, loss.size() - WINDOW).map(Math::abs).median();
        if (!(now < FALLEN * before)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                Severity.WARNING,
                loss.tail(WINDOW).step(0),
                "D's loss has fallen to " + Evidence.number(now / before) + " of its median",
                List.of(new Evidence("median of the last 20 losses of D over that before", now / before, "< 0.3")),
                causes(signals.facts(), Double.NaN)));
    }

    private static List<Cause> causes(Facts facts, double flat) {
        List<Cause> causes = new java.util.ArrayList<>();
        if (facts.rateRatio() <= StandingStill.TINY) {
            causes.add(StandingStill.slow(facts));
        }
        if (flat < SLOPE || facts.saturating()) {
            causes.add(Cause.of("G's loss is flat where D wins", Remedy.NON_SATURATING, Remedy.ADD_R1));
        }
        if (facts.discriminatorSteps() > 2 && !facts.constrained()) {
            causes.add(Cause.of(
                    "D has " + facts.discriminatorSteps() + " updates for one of G",
                    Remedy.FEWER_DISCRIMINATOR_STEPS,
                    Remedy.ADD_R1));
        }
        if (facts.rateRatio() <= 0.25) {
            causes.add(Cause.of(
                    "D learns faster than G (learning rate of G over that of D: " + Evidence.number(facts.rateRatio())
                            + ")",
                    Remedy.BALANCE_RATES));
        }
        causes.add(Cause.of(
                facts.constrained() ? "D's constraint is too weak" : "nothing holds D back",
                Remedy.ADD_R1,
                Remedy.ADD_NOISE,
                Remedy.RELATIVISTIC));
        if (facts.examples() > 0 && facts.examples() < 2000) {
            causes.add(Cause.of(
                    "there is little data, which D learns by heart",
                    Remedy.AUGMENT,
                    Remedy.ADD_NOISE,
                    Remedy.MEND_DATA));
        }
        return causes;
    }
}
