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

/** A moving average that lags behind the weights or was never right: it is farther from the data than the last weights. */
public final class LaggingAverage implements Symptom {
    private static final double WORSE = 1.6;
    private static final double MARGIN = 0.12;
    private static final int READINGS = 4;

    @Override
    public String id() {
        return "lagging-average";
    }

    @Override
    public String title() {
        return "the moving average lags";
    }

    @Override
    public String rule() {
        return "the average's samples are 1.6 times as far from the data as those of the last weights, and by more"
                + " than 0.12 standard deviations, in 4 readings, while running statistics are sound (our own)";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(Signal.AVERAGE_DISTANCE, Signal.DISTANCE);
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.average();
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        Series average = signals.series(Signal.AVERAGE_DISTANCE, Stage.TENTH);
        Series last = signals.series(Signal.DISTANCE, Stage.TENTH);
        if (average.size() < READINGS || last.size() < READINGS || average.size() != last.size()) {
            return Optional.empty();
        }
        Series ratio = Series.of(average.steps(), worse(average, last));
        OptionalLong since = ratio.since(value -> value > 0, READINGS);
        double evaluation =
                signals.series(Signal.EVALUATION_DISTANCE).tail(READINGS).median();
        double now = last.tail(READINGS).median();
        if (since.isEmpty() || evaluation > WORSE * now + MARGIN) {
            return Optional.empty(); // then the running statistics are wrong, and not the average
        }
        return Optional.of(new Finding(
                id(),
                Severity.WARNING,
                since.getAsLong(),
                "the moving average is worse than the last weights (distance to the data "
                        + Evidence.number(average.last()) + " against " + Evidence.number(now) + ")",
                List.of(
                        Evidence.of(Signal.AVERAGE_DISTANCE, average.last(), "> 1.6 of the last weights'"),
                        Evidence.of(Signal.DISTANCE, now, "of the last weights"),
                        Causes.last(signals, Signal.AVERAGE_LAG, "far from its weights")),
                List.of(
                        Cause.of(
                                "it is too long for this training, or never forgot its beginning",
                                Remedy.FASTER_AVERAGE),
                        Cause.of("its running statistics are not those of its weights", Remedy.COPY_BUFFERS))));
    }

    private static double[] worse(Series average, Series last) {
        double[] excess = new double[average.size()];
        for (int i = 0; i < excess.length; i++) {
            excess[i] = average.value(i) - Math.max(WORSE * last.value(i), last.value(i) + MARGIN);
        }
        return excess;
    }
}
