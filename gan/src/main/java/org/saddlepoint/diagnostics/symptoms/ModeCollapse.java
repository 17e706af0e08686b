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
 * and their effective rank is low, many are duplicates, or diversity was lost and hardly any real sample has one beside it.
 * Samples that are near each other as initial weights draw them have not collapsed: they have not begun.
 */
public final class ModeCollapse implements Symptom {
    /** Of {@link Signal#DIVERSITY}; our own: a third of mbstd in the reference, with room for small batches. */
    static final double DIVERSITY = 0.25;

    private static final double RANK = 1 / 3.0;
    private static final double DUPLICATES = 0.5;

    /** Points of the plane have two directions at most, and their rank says little. */
    private static final double COVERAGE = 0.1;

    private static final double LOST = 0.5;

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
        return "diversity below 0.25 of real batches of equal size in 3 readings, and effective rank below 1/3 (Roy"
                + " and Vetterli 2007) or half of the samples near duplicates (birthday test, Arora and Zhang 2017), or"
                + " coverage below 0.1 (Naeem et al. 2020) after half of the best diversity was lost; a warning where only that was";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.DIVERSITY);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series diversity = signals.series(Signal.DIVERSITY, Stage.TWENTIETH);
        OptionalLong since = diversity.since(value -> value < DIVERSITY, READINGS);
        if (since.isEmpty()) {
            return Optional.empty();
        }
        double rank = signals.series(Signal.RANK).last();
        double duplicates = signals.series(Signal.DUPLICATES).last();
        double coverage = signals.series(Signal.COVERAGE).last();
        double best = signals.series(Signal.DIVERSITY).max().orElse(Double.NaN);
        boolean lost = diversity.last() < LOST * best;
        boolean second = rank < RANK || duplicates > DUPLICATES || (lost && coverage < COVERAGE);
        if (!second && !lost) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                second ? Severity.FAILED : Severity.WARNING,
                since.getAsLong(),
                "the generator draws few different samples (diversity " + Evidence.number(diversity.last())
                        + " of real)",
                List.of(
                        Evidence.of(Signal.DIVERSITY, diversity.last(), "< 0.25"),
                        Evidence.of(Signal.RANK, rank, "< 0.33"),
                        Evidence.of(Signal.DUPLICATES, duplicates, "> 0.5"),
                        Evidence.of(Signal.COVERAGE, coverage, "< 0.1")),
                Causes.ofCollapse(signals.facts())));
    }
}
