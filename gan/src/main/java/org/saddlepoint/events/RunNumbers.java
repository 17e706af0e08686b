package org.saddlepoint.events;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.saddlepoint.run.LogFollower;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;

/**
 * The numbers that a run logs, under names for other tools, such as {@code losses/generatorLoss}, {@code evaluation/fid} and
 * {@code diagnosis/coverage}; and those that it gains. Not thread-safe.
 */
public final class RunNumbers {
    private final List<Followed> logs;

    /** A log, and what its rows become. */
    private record Followed(LogFollower log, Function<MetricsRow, Map<String, Double>> names) {}

    /** Takes rows, some at a time. */
    interface Taker {
        /** Takes all or, if it throws, none. */
        void take(List<Row> rows);
    }

    /**
     * What was logged at a step.
     *
     * @param values at least one
     */
    record Row(long step, Map<String, Double> values) {}

    /** Takes what was logged at a step. */
    public interface RowTaker {
        /** Is given the numbers of one line. */
        void take(long step, Map<String, Double> values);
    }

    /** @param rates the planned learning rates at a step, by player */
    RunNumbers(RunFolder run, LongFunction<Map<String, Double>> rates) {
        RowTags tags = new RowTags(rates);
        this.logs = List.of(
                new Followed(new LogFollower(run.metricsFile()), tags::ofTraining),
                new Followed(new LogFollower(run.evaluationsFile()), tags::ofEvaluation),
                new Followed(new LogFollower(run.diagnosisFile()), tags::ofDiagnosis));
    }

    /** All that a run has logged. */
    public static RunNumbers of(RunFolder run) {
        return new RunNumbers(run, step -> Map.of());
    }

    /**
     * Passes on what has not been passed on yet, log by log.
     *
     * @throws RunException if a log cannot be read, or is damaged
     */
    public void forEach(RowTaker taker) {
        next(rows -> rows.forEach(row -> taker.take(row.step(), row.values())));
    }

    /** As {@link #forEach}; rows of which the taker throws are passed on again by the next call. */
    void next(Taker taker) {
        for (Followed followed : logs) {
            LogFollower.Part part = followed.log().next();
            while (!part.rows().isEmpty()) {
                taker.take(part.rows().stream()
                        .map(row -> new Row(row.step(), followed.names().apply(row)))
                        .filter(row -> !row.values().isEmpty())
                        .toList());
                followed.log().accept(part);
                part = followed.log().next();
            }
        }
    }

    /** Passes over all that is there. */
    void skip() {
        logs.forEach(each -> each.log().skip());
    }
}
