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

/** Running statistics of batch normalization that do not fit: the same weights are much worse outside of training. */
public final class StatisticsMismatch implements Symptom {
    private static final double WORSE = 1.6;
    private static final double MARGIN = 0.12;
    private static final int READINGS = 4;

    @Override
    public String id() {
        return "statistics-mismatch";
    }

    @Override
    public String title() {
        return "batch statistics differ between training and use";
    }

    @Override
    public String rule() {
        return "with running statistics samples are 1.6 times as far from the data as with the batch's, and by more"
                + " than 0.12 standard deviations, in 4 readings (our own)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.EVALUATION_DISTANCE, Signal.DISTANCE);
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.batchNormalization();
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series used = signals.series(Signal.EVALUATION_DISTANCE, Stage.TENTH);
        Series trained = signals.series(Signal.DISTANCE, Stage.TENTH);
        if (used.size() < READINGS || used.size() != trained.size()) {
            return Optional.empty();
        }
        double[] excess = new double[used.size()];
        for (int i = 0; i < excess.length; i++) {
            excess[i] = used.value(i) - Math.max(WORSE * trained.value(i), trained.value(i) + MARGIN);
        }
        OptionalLong since = Series.of(used.steps(), excess).since(value -> value > 0, READINGS);
        if (since.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                id(),
                Severity.WARNING,
                since.getAsLong(),
                "samples are worse outside of training (distance to the data " + Evidence.number(used.last())
                        + " against " + Evidence.number(trained.last()) + ")",
                List.of(
                        Evidence.of(Signal.EVALUATION_DISTANCE, used.last(), "> 1.6 of that in training"),
                        Evidence.of(Signal.DISTANCE, trained.last(), "in training")),
                List.of(
                        Cause.of("batches are too small for their statistics", Remedy.LARGER_BATCH),
                        Cause.of("weights change faster than running statistics follow", Remedy.LOWER_RATES))));
    }
}
