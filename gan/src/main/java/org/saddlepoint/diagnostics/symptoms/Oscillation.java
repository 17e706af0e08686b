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
 * Oscillation: samples wander about the data without coming nearer. Two signals: the same latents move far from one reading to
 * the next, and the distance to the data has stopped falling at a high level.
 */
public final class Oscillation implements Symptom {
    private static final double MOVEMENT = 0.5;
    private static final double DISTANCE = 0.35;

    /** A distance that is above this share of an earlier one does not fall. */
    private static final double FALLS = 0.8;

    /** The same of the moving average's, which wanders little. */
    private static final double AVERAGE_FALLS = 0.95;

    private static final int READINGS = 6;

    @Override
    public String id() {
        return "oscillation";
    }

    @Override
    public String title() {
        return "oscillation";
    }

    @Override
    public String rule() {
        return "samples of the same latents move by more than half of the distance between real ones from one reading to the next,"
                + " six times in a row, at a median distance above 0.35 that does not fall, nor that of the moving average; failed where"
                + " they do, and it does not, for "
                + Stage.FIFTH.words() + " (our own; cycles of Mescheder"
                + " et al. 2018, section 3)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.MOVEMENT, Signal.DISTANCE);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series movement = signals.series(Signal.MOVEMENT, Stage.TENTH);
        Series distance = signals.series(Signal.DISTANCE, Stage.TENTH);
        OptionalLong since = movement.since(value -> value > MOVEMENT, READINGS);
        if (since.isEmpty() || distance.size() < 2 * READINGS) {
            return Optional.empty();
        }
        double now = distance.tail(READINGS).median();
        Series average = signals.series(Signal.AVERAGE_DISTANCE, Stage.TENTH);
        if (!(now > DISTANCE)
                || falls(distance, FALLS)
                || (average.size() >= 2 * READINGS && falls(average, AVERAGE_FALLS))) {
            return Optional.empty();
        }
        Facts facts = signals.facts();
        List<Cause> causes = new java.util.ArrayList<>();
        if (facts.momentum() >= 0.8) {
            causes.add(Cause.of("momentum carries both players around each other", Remedy.LESS_MOMENTUM));
        }
        if (!facts.constrained()) {
            causes.add(Cause.of("nothing damps the game", Remedy.ADD_R1));
        }
        causes.add(Cause.of("the learning rates are high", Remedy.LOWER_RATES, Remedy.MUCH_LOWER_RATES));
        if (!facts.average()) {
            causes.add(Cause.of("nothing averages over the cycle", Remedy.ADD_AVERAGE));
        }
        return Optional.of(new Finding(
                id(),
                lasts(signals, since.getAsLong()) ? Severity.FAILED : Severity.WARNING,
                since.getAsLong(),
                "the generator wanders: the same latents move by " + Evidence.number(movement.last())
                        + " of the distance between real ones from one reading to the next",
                List.of(
                        Evidence.of(Signal.MOVEMENT, movement.last(), "> 0.5"),
                        Evidence.of(Signal.DISTANCE, now, "> 0.35 and not falling")),
                causes));
    }

    /** Whether the last readings are clearly below those before them. */
    private static boolean falls(Series distance, double share) {
        double before =
                distance.slice(0, distance.size() - READINGS).tail(READINGS).median();
        return !(distance.tail(READINGS).median() > share * before);
    }

    /**
     * Healthy generators of the beginning wander as well, while the distance falls from where they began to: their own, or that of
     * the average of their weights, which shows it sooner.
     */
    private static boolean lasts(Signals signals, long since) {
        return signals.hasLasted(since, Stage.FIFTH)
                && !hasFallen(signals.series(Signal.DISTANCE).after(since - 1))
                && !hasFallen(signals.series(Signal.AVERAGE_DISTANCE).after(since - 1));
    }

    private static boolean hasFallen(Series wandering) {
        double atFirst =
                wandering.slice(0, Math.min(READINGS, wandering.size())).median();
        return wandering.tail(READINGS).median() <= FALLS * atFirst;
    }
}
