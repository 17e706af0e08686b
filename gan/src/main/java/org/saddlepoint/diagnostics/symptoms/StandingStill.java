package org.saddlepoint.diagnostics.symptoms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * A generator whose samples stand still far from the data: no gradient of use arrives, whatever D's scores say. This is how a
 * vanished gradient shows with critics, whose losses have no level and always a slope.
 */
final class StandingStill {
    static final String RULE =
            "samples of the same latents move by less than 0.05 of the distance between real ones in "
                    + Stage.FIFTH.words() + ", at more than 0.3 standard deviations from the data (our own)";
    private static final double MOVED = 0.05;
    private static final double FAR = 0.3;
    private static final int READINGS = 6;

    /** Of G's learning rate over that of D, so small that it is the cause. */
    static final double TINY = 0.01;

    private StandingStill() {}

    static Optional<Finding> look(Symptom symptom, Signals signals) {
        long since = signals.step() - Stage.FIFTH.step(signals.facts().steps());
        Series movement = signals.series(Signal.MOVEMENT).after(since);
        Series distance = signals.series(Signal.DISTANCE).after(since);
        double moved = java.util.Arrays.stream(movement.values()).sum();
        if (since < 0 || movement.size() < READINGS || moved > MOVED || distance.share(value -> value > FAR) < 1) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                symptom.id(),
                Severity.FAILED,
                Math.max(1, since),
                "G stands still (its samples have moved by " + Evidence.number(moved)
                        + " of the distance between real ones since step " + Math.max(1, since) + ")",
                List.of(
                        new Evidence("movement of samples in a fifth of the training", moved, "< 0.05"),
                        Evidence.of(Signal.DISTANCE, distance.last(), "> 0.3"),
                        Causes.last(signals, Signal.G_GRADIENT, "what arrives at G")),
                causes(signals.facts())));
    }

    /** That G's learning rate lets it learn nothing. */
    static Cause slow(Facts facts) {
        boolean tiny = facts.rateRatio() <= TINY;
        return Cause.of(
                tiny
                        ? "G's learning rate is tiny (over that of D: " + Evidence.number(facts.rateRatio()) + ")"
                        : "G's learning rate is too low (" + Evidence.number(facts.generatorRate()) + ")",
                Remedy.FASTER_GENERATOR);
    }

    private static List<Cause> causes(Facts facts) {
        List<Cause> causes = new ArrayList<>();
        Cause blunt = Cause.of(
                "D's scores hardly change with its samples: its constraint is too tight",
                Remedy.LOOSER_CONSTRAINT,
                Remedy.FASTER_DISCRIMINATOR);
        if (facts.constrained() && !(facts.rateRatio() <= TINY)) {
            causes.add(blunt);
        }
        if (facts.saturating()) {
            causes.add(Cause.of("G's loss is flat where D wins", Remedy.NON_SATURATING));
        }
        causes.add(slow(facts));
        return causes;
    }
}
