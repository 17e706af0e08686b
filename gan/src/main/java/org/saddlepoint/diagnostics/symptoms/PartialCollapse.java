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
 * Partial collapse: parts of the data are left out. Where modes are known they are counted; elsewhere the share of real samples
 * with a generated neighbour falls, and with it diversity or rank.
 */
public final class PartialCollapse implements Symptom {
    private static final double MODES = 0.8;
    private static final double FALL = 0.5;
    private static final double NARROW = 0.6;
    private static final double LITTLE = 0.15;
    private static final double RISE = 1.3;
    private static final double MARGIN = 0.02;
    private static final int READINGS = 4;

    @Override
    public String id() {
        return "partial-collapse";
    }

    @Override
    public String title() {
        return "dropped modes";
    }

    @Override
    public String rule() {
        return "fewer than 0.8 of the known modes in 4 readings after " + Stage.FIFTH.words()
                + " (modes come late), failed with coverage below 0.5 where they have been missing for as long again and coverage does not rise, of samples that have moved; elsewhere coverage (Naeem et al. 2020) below half of its"
                + " best or below 0.15, and diversity or effective rank below 0.6 of real batches; it can heal"
                + " (NVlabs/stylegan3 issue 140), so it alone never fails a run of pictures";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.COVERAGE, Signal.DIVERSITY);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series diversity = signals.series(Signal.DIVERSITY, Stage.TENTH);
        if (ModeCollapse.lowSince(diversity, 1).isPresent()) {
            return Optional.empty(); // that is total
        }
        return signals.has(Signal.MODES) ? byModes(signals) : byCoverage(signals, diversity);
    }

    private Optional<Finding> byModes(Signals signals) {
        Series modes = signals.series(Signal.MODES, Stage.FIFTH);
        OptionalLong since = modes.since(value -> value < MODES, READINGS);
        if (since.isEmpty() || !Begun.by(signals.step(), signals)) {
            return Optional.empty();
        }
        double coverage = signals.series(Signal.COVERAGE).tail(READINGS).median();
        boolean isLasting = signals.hasLasted(since.getAsLong(), Stage.FIFTH)
                && !isRising(signals.series(Signal.COVERAGE).after(since.getAsLong() - 1));
        return Optional.of(new Finding(
                id(),
                coverage < FALL && isLasting ? Severity.FAILED : Severity.WARNING,
                since.getAsLong(),
                "the generator leaves modes out (" + Math.round(100 * modes.last()) + " % of them found)",
                List.of(
                        Evidence.of(Signal.MODES, modes.last(), "< 0.8"),
                        Evidence.of(Signal.COVERAGE, coverage, "< 0.5")),
                Causes.ofCollapse(signals.facts())));
    }

    /** Modes that are still being found are late, and not lost. */
    private static boolean isRising(Series coverage) {
        int half = coverage.size() / 2;
        return coverage.tail(half).median() > RISE * coverage.slice(0, half).median() + MARGIN;
    }

    private Optional<Finding> byCoverage(Signals signals, Series diversity) {
        Series coverage = signals.series(Signal.COVERAGE, Stage.TENTH);
        double best = coverage.quantile(0.9);
        OptionalLong since = coverage.since(value -> value < Math.max(LITTLE, FALL * best), READINGS);
        double narrow = Math.min(
                diversity.tail(READINGS).median(),
                signals.series(Signal.RANK).tail(READINGS).median());
        if (since.isEmpty() || !(narrow < NARROW)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                Severity.WARNING,
                since.getAsLong(),
                "the generator leaves parts of the data out (coverage " + Evidence.number(coverage.last()) + ", best "
                        + Evidence.number(best) + ")",
                List.of(
                        Evidence.of(Signal.COVERAGE, coverage.last(), "< 0.15 or half of its best"),
                        new Evidence("diversity or rank, the lower one", narrow, "< 0.6")),
                Causes.ofCollapse(signals.facts())));
    }
}
