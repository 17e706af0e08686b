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

/** Time lost waiting for data. */
public final class Waiting implements Symptom {
    private static final double SHARE = 0.3;
    private static final int READINGS = 3;

    @Override
    public String id() {
        return "waiting-for-data";
    }

    @Override
    public String title() {
        return "time lost waiting for data";
    }

    @Override
    public String rule() {
        return "0.3 of the time is spent waiting for data in 3 readings (our own)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.WAITING);
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series waiting = signals.series(Signal.WAITING);
        OptionalLong since = waiting.since(value -> value > SHARE, READINGS);
        return since.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        id(),
                        Severity.ADVICE,
                        since.getAsLong(),
                        Math.round(100 * waiting.last()) + " % of the time goes into waiting for data",
                        List.of(Evidence.of(Signal.WAITING, waiting.last(), "> 0.3")),
                        List.of(Cause.of(
                                "pictures are decoded or read too slowly: saddlepoint data prepare",
                                Remedy.MEND_DATA))));
    }
}
