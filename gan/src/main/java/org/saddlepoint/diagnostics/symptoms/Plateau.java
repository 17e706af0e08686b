package org.saddlepoint.diagnostics.symptoms;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.saddlepoint.diagnostics.Cause;
import org.saddlepoint.diagnostics.Evidence;
import org.saddlepoint.diagnostics.Finding;
import org.saddlepoint.diagnostics.Remedy;
import org.saddlepoint.diagnostics.Series;
import org.saddlepoint.diagnostics.Severity;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.diagnostics.Symptom;

/** Plateau: samples have come no nearer to the data for the second half of the training. */
public final class Plateau implements Symptom {
    private static final double BETTER = 0.95;
    private static final int READINGS = 24;

    @Override
    public String id() {
        return "plateau";
    }

    @Override
    public String title() {
        return "nothing gets better";
    }

    @Override
    public String rule() {
        return "of at least 24 readings, no mean of 6 in the last half is 5 % nearer to the data than the best one"
                + " before (our own)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.DISTANCE);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Signal used = signals.has(Signal.AVERAGE_DISTANCE) ? Signal.AVERAGE_DISTANCE : Signal.DISTANCE;
        Series distance = signals.series(used);
        if (distance.size() < READINGS) {
            return Optional.empty();
        }
        int half = distance.size() / 2;
        double before = best(distance.slice(0, half));
        double after = best(distance.slice(half, distance.size()));
        if (after < BETTER * before) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                Severity.ADVICE,
                distance.step(half),
                "nothing has got better (distance to the data " + Evidence.number(after) + ", before "
                        + Evidence.number(before) + ")",
                List.of(Evidence.of(used, after, ">= 0.95 of " + Evidence.number(before))),
                List.of(
                        Cause.of("the training has come as far as it goes", Remedy.STOP),
                        Cause.of("the learning rates are high for the end", Remedy.LOWER_RATES))));
    }

    private static double best(Series distance) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 6; i <= distance.size(); i++) {
            best = Math.min(best, distance.slice(i - 6, i).median());
        }
        return best;
    }
}
