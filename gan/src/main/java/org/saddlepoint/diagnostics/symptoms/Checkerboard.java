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

/** Checkerboard: detail of generated pictures that repeats with the pixel grid (Odena et al. 2016). */
public final class Checkerboard implements Symptom {
    private static final double SHARE = 0.15;
    private static final double OVER_REAL = 3;
    private static final int READINGS = 4;

    @Override
    public String id() {
        return "checkerboard";
    }

    @Override
    public String title() {
        return "checkerboard";
    }

    @Override
    public String rule() {
        return "more than 0.15 of a picture's detail repeats every two or four pixels, three times the share of real"
                + " pictures, in 4 readings (Odena et al. 2016; thresholds our own)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.GRID, Signal.REAL_GRID);
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.pictures();
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series grid = signals.series(Signal.GRID, Stage.FIFTH);
        double real = signals.series(Signal.REAL_GRID).last();
        OptionalLong since = grid.since(value -> value > Math.max(SHARE, OVER_REAL * real), READINGS);
        if (since.isEmpty()) {
            return Optional.empty();
        }
        Cause rates = Cause.of("the learning rates are high", Remedy.LOWER_RATES);
        Cause overlap = Cause.of("transposed convolutions overlap unevenly", Remedy.NEAREST_UPSAMPLING);
        return Optional.of(new Finding(
                id(),
                Severity.WARNING,
                since.getAsLong(),
                "pictures have a checkerboard (" + Math.round(100 * grid.last()) + " % of their detail repeats with the"
                        + " pixel grid)",
                List.of(
                        Evidence.of(Signal.GRID, grid.last(), "> 0.15"),
                        Evidence.of(Signal.REAL_GRID, real, "a third of it at most")),
                signals.facts().transposed() ? List.of(overlap, rates) : List.of(rates)));
    }
}
