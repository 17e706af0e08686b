package org.saddlepoint.diagnostics.symptoms;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.saddlepoint.diagnostics.Evidence;
import org.saddlepoint.diagnostics.Finding;
import org.saddlepoint.diagnostics.Series;
import org.saddlepoint.diagnostics.Severity;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.diagnostics.Stage;
import org.saddlepoint.diagnostics.Symptom;

/** Explosion: numbers that are infinite or NaN, or gradients and weights, or losses, that grow out of all proportion. */
public final class Explosion implements Symptom {
    private static final double GRADIENT = 100;
    private static final double WEIGHT = 4;
    private static final double LOSS = 100;
    private static final int HISTORY = 5;
    private static final double GAIN = 50;
    private static final int READINGS = 3;
    private static final int LOSSES = 40;
    private static final int RECENT = 5;

    @Override
    public String id() {
        return "explosion";
    }

    @Override
    public String title() {
        return "explosion";
    }

    @Override
    public String rule() {
        return "a number is infinite or NaN; or a gradient is 100 times its median (Chintala et al. 2016, tip 10) and a"
                + " largest singular value four times its median (Brock et al. 2019, section 4.1); or it is above 50 in 3 readings, from the first one or four times its"
                + " median (our own), and a"
                + " gradient, or D's loss but a critic's, above 100 (tip 10); with fewer than 6 readings, from losses:"
                + " differences (levels of critics drift) in 3 of 5 are 100 times their median and as large as the"
                + " loss";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.G_GRADIENT, Signal.G_SIGMA);
    }

    @Override
    public boolean seesLosses() {
        return true;
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        if (signals.failure().isPresent()) {
            Signals.Failure failure = signals.failure().get();
            return Optional.of(finding(
                    signals,
                    Severity.FAILED,
                    failure.step(),
                    "numbers are not finite: " + failure.words(),
                    List.of(new Evidence("step of the first number that is not finite", failure.step(), "none"))));
        }
        Optional<Finding> beyond = beyond(signals, Signal.D_GRADIENT, Signal.D_SIGMA, "D")
                .or(() -> beyond(signals, Signal.G_GRADIENT, Signal.G_SIGMA, "G"));
        if (beyond.isPresent()) {
            return beyond;
        }
        if (signals.series(Signal.G_GRADIENT).size() > HISTORY) { // losses also jump where D wins and loses again
            return player(signals, Signal.D_GRADIENT, Signal.D_SIGMA, "D")
                    .or(() -> player(signals, Signal.G_GRADIENT, Signal.G_SIGMA, "G"));
        }
        return losses(signals, signals.discriminatorLoss(), "D")
                .or(() -> losses(signals, signals.generatorLoss(), "G"));
    }

    /** Weights that exploded before there was a history: no network that learns has such gains. */
    private Optional<Finding> beyond(Signals signals, Signal gradient, Signal sigma, String name) {
        Series weights = signals.series(sigma);
        OptionalLong since = weights.since(value -> value > GAIN, READINGS);
        boolean sudden = !weights.isEmpty()
                && (weights.value(0) > GAIN
                        || weights.last()
                                > WEIGHT * weights.slice(0, weights.size() / 2).median());
        if (since.isEmpty() || !sudden) { // weights of long trainings grow, slowly
            return Optional.empty();
        }
        double norm = signals.series(gradient).tail(HISTORY).max().orElse(Double.NaN);
        double loss = signals.facts().critic()
                ? Double.NaN
                : signals.discriminatorLoss().tail(HISTORY).map(Math::abs).max().orElse(Double.NaN);
        if (!(norm > GRADIENT) && !(loss > GRADIENT)) {
            return Optional.empty();
        }
        return Optional.of(finding(
                signals,
                Severity.FAILED,
                since.getAsLong(),
                name + " has exploded: a layer multiplies by " + Evidence.number(weights.last()),
                List.of(
                        Evidence.of(sigma, weights.last(), "> 50"),
                        Evidence.of(gradient, norm, "> 100 at times, or D's loss is"),
                        new Evidence("largest of D's last losses", loss, "> 100"))));
    }

    private Optional<Finding> player(Signals signals, Signal gradient, Signal sigma, String name) {
        Series norms = signals.series(gradient);
        Series weights = signals.series(sigma);
        if (norms.size() <= HISTORY || weights.size() <= HISTORY) {
            return Optional.empty();
        }
        double growth = norms.last() / norms.slice(0, norms.size() - 1).median();
        double weightGrowth =
                weights.last() / weights.slice(0, weights.size() / 2).median();
        if (!(growth > GRADIENT) || !(weightGrowth > WEIGHT)) {
            return Optional.empty();
        }
        return Optional.of(finding(
                signals,
                Severity.FAILED,
                norms.step(norms.size() - 1),
                name + " explodes: its gradient is " + Evidence.number(growth) + " times its median",
                List.of(
                        new Evidence("gradient of " + name + " over its median", growth, "> 100"),
                        new Evidence("largest singular value over its median", weightGrowth, "> 4"))));
    }

    private Optional<Finding> losses(Signals signals, Series loss, String name) {
        Series differences = loss.finite().differences().map(Math::abs);
        if (differences.size() < LOSSES || !signals.has(Stage.TWENTIETH)) {
            return Optional.empty();
        }
        double usual = differences.slice(0, differences.size() - RECENT).median();
        Series recent = differences.tail(RECENT);
        double level = loss.finite().map(Math::abs).median(); // what hardly moved at first may well move later
        double far = Math.max(LOSS * usual, level);
        if (!(usual > 0) || recent.share(value -> value > far) < 0.6) {
            return Optional.empty();
        }
        double now = recent.median() / usual;
        return Optional.of(finding(
                signals,
                Severity.WARNING,
                recent.step(0),
                name + "'s loss jumps " + Evidence.number(now) + " times as far as usual",
                List.of(new Evidence("differences of " + name + "'s loss over their median", now, "> 100"))));
    }

    private Finding finding(Signals signals, Severity severity, long since, String what, List<Evidence> evidence) {
        return new Finding(id(), severity, since, what, evidence, Causes.ofExplosion(signals.facts()));
    }
}
