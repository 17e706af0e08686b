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

/**
 * Total collapse: the generator draws few different samples, whatever the latent. Two signals: samples are near each other,
 * and their effective rank is low, many are duplicates, or hardly any real sample has one beside it. A collapse may be there from
 * the beginning, but what initial weights draw is none: samples must have moved, for long, without getting more diverse.
 */
public final class ModeCollapse implements Symptom {
    /** Of {@link Signal#DIVERSITY}; our own: a third of mbstd in the reference, with room for small batches. */
    static final double DIVERSITY = 0.25;

    /** What has collapsed lasts below this: a little more diversity is no health. */
    static final double RECOVERED = 0.4;

    private static final double RANK = 1 / 3.0;
    private static final double DUPLICATES = 0.5;

    /** Points of the plane have two directions at most, and their rank says little. */
    private static final double COVERAGE = 0.1;

    private static final double LOST = 0.5;
    private static final double RISING = 1.3;

    private static final int READINGS = 3;

    @Override
    public String id() {
        return "mode-collapse";
    }

    @Override
    public String title() {
        return "mode collapse";
    }

    @Override
    public String rule() {
        return "diversity below 0.25 of real batches of equal size in 3 readings, up to where it is 0.4 again, and two signs; with one of"
                + " them a warning. Samples are alike: effective rank below 1/3 (Roy and Vetterli 2007), half of them near duplicates"
                + " (birthday test, Arora and Zhang 2017) or, beside the other sign and for " + Stage.TENTH.words()
                + ", coverage below 0.1 (Naeem et al. 2020). Diversity was"
                + " lost: half of one above 0.4, or it has been as low for " + Stage.FIFTH.words()
                + " without rising, though samples moved";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.DIVERSITY);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series diversity = signals.series(Signal.DIVERSITY, Stage.TWENTIETH);
        OptionalLong since = lowSince(diversity, READINGS);
        if (since.isEmpty()) {
            return Optional.empty();
        }
        double rank = signals.series(Signal.RANK).tail(READINGS).median();
        double duplicates = signals.series(Signal.DUPLICATES).tail(READINGS).median();
        double coverage = signals.series(Signal.COVERAGE).tail(READINGS).median();
        boolean lost = isLost(signals, diversity) || isLasting(signals, since.getAsLong());
        boolean missing = lost && coverage < COVERAGE;
        boolean alike = rank < RANK
                || duplicates > DUPLICATES
                || (missing && signals.hasLasted(since.getAsLong(), Stage.TENTH));
        if (!alike && !lost) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                alike && lost ? Severity.FAILED : Severity.WARNING,
                since.getAsLong(),
                "the generator draws few different samples (diversity " + Evidence.number(diversity.last())
                        + " of real)",
                List.of(
                        Evidence.of(Signal.DIVERSITY, diversity.last(), "< 0.25, until 0.4"),
                        Evidence.of(Signal.RANK, rank, "< 0.33"),
                        Evidence.of(Signal.DUPLICATES, duplicates, "> 0.5"),
                        Evidence.of(Signal.COVERAGE, coverage, "< 0.1")),
                Causes.ofCollapse(signals.facts())));
    }

    /** Since when diversity is far below that of real examples, and has not come back from there. */
    static OptionalLong lowSince(Series diversity, int readings) {
        return diversity.since(value -> value < DIVERSITY, value -> value < RECOVERED, readings);
    }

    private static boolean isLost(Signals signals, Series diversity) {
        double best = signals.series(Signal.DIVERSITY).max().orElse(Double.NaN);
        return best > RECOVERED && diversity.tail(READINGS).median() < LOST * best;
    }

    /** Low for long, of a generator that learns, and that found no more in that time. */
    private static boolean isLasting(Signals signals, long since) {
        long until = since + Stage.FIFTH.step(signals.facts().steps());
        Series low = signals.series(Signal.DIVERSITY).after(since - 1).until(until);
        return signals.hasLasted(since, Stage.FIFTH)
                && Begun.by(until, signals)
                && low.tail(low.size() / 2).median()
                        < RISING * low.slice(0, low.size() / 2).median();
    }
}
