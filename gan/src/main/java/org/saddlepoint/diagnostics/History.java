package org.saddlepoint.diagnostics;

import java.util.List;
import java.util.TreeSet;
import org.saddlepoint.run.MetricsRow;

/** What is on disk of a training, as {@link Signals}, and looking at it again. */
public final class History {
    /** Where there are no readings, looks at losses happen after so many of them at most. */
    private static final int LOOKS = 400;

    private History() {}

    /**
     * Signals of the lines of {@code diagnosis.jsonl} and {@code metrics.jsonl}; either may be empty.
     */
    public static Signals of(Facts facts, List<MetricsRow> diagnosis, List<MetricsRow> metrics) {
        List<Reading> readings =
                diagnosis.stream().filter(Reading::is).map(Reading::of).toList();
        return new Signals(
                facts,
                readings,
                losses(metrics, MetricsRow.DISCRIMINATOR_LOSS),
                losses(metrics, MetricsRow.GENERATOR_LOSS),
                java.util.Optional.empty());
    }

    private static Series losses(List<MetricsRow> rows, String name) {
        List<MetricsRow> found =
                rows.stream().filter(row -> row.number(name).isPresent()).toList();
        return Series.of(
                found.stream().mapToLong(MetricsRow::step).toArray(),
                found.stream()
                        .mapToDouble(row -> row.number(name).orElse(Double.NaN))
                        .toArray());
    }

    /** Lets a watch look at a training as it was after each reading, and, where there are none, along the losses. */
    public static void replay(Signals signals, Watch watch) {
        TreeSet<Long> steps = new TreeSet<>();
        signals.readings().forEach(reading -> steps.add(reading.step()));
        if (steps.isEmpty()) {
            Series losses =
                    signals.discriminatorLoss().isEmpty() ? signals.generatorLoss() : signals.discriminatorLoss();
            int stride = Math.max(1, losses.size() / LOOKS);
            for (int i = 0; i < losses.size(); i += stride) {
                steps.add(losses.step(i));
            }
        }
        if (signals.step() > 0) {
            steps.add(signals.step());
        }
        steps.forEach(step -> watch.look(signals.until(step)));
    }
}
