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
import org.saddlepoint.diagnostics.Symptom;

/** Dead layers: nearly all units of a layer have no gradient, while the network as a whole has one. */
public final class DeadLayers implements Symptom {
    private static final double DEAD = 0.9;
    private static final double MANY = 0.6;
    private static final int READINGS = 3;

    @Override
    public String id() {
        return "dead-layers";
    }

    @Override
    public String title() {
        return "dead layers";
    }

    @Override
    public String rule() {
        return "0.6 of a layer's units have no gradient in 3 readings while D's loss has a slope; failed above 0.9"
                + " (our own: a unit whose output is constant passes no gradient)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.G_DEAD, Signal.D_DEAD);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        return look(signals, Signal.D_DEAD, Signal.D_GRADIENT, "D")
                .or(() -> look(signals, Signal.G_DEAD, Signal.G_GRADIENT, "G"));
    }

    private Optional<Finding> look(Signals signals, Signal signal, Signal gradient, String name) {
        Series dead = signals.series(signal);
        OptionalLong since = dead.since(value -> value > MANY, READINGS);
        double slope = signals.series(Signal.D_SLOPE).tail(READINGS).median();
        if (since.isEmpty() || slope < 1e-3) { // no gradient at all is D's victory, and not a matter of units
            return Optional.empty();
        }
        boolean all = dead.tail(READINGS).share(value -> value > DEAD) == 1;
        return Optional.of(new Finding(
                id(),
                all ? Severity.FAILED : Severity.WARNING,
                since.getAsLong(),
                Math.round(100 * dead.last()) + " % of the units of a layer of " + name + " are dead",
                List.of(Evidence.of(signal, dead.last(), "> 0.6"), Causes.last(signals, gradient, "not 0 as a whole")),
                List.of(
                        Cause.of(
                                "a learning rate so high that units were thrown beyond their zero",
                                Remedy.MUCH_LOWER_RATES,
                                Remedy.LOWER_RATES),
                        Cause.of("initial weights of a scale at which nothing passes", Remedy.OTHER_INITIAL_WEIGHTS),
                        Cause.of("activations without a slope below zero", Remedy.LEAKY))));
    }
}
