package org.saddlepoint.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.recipes.Measurement;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunLock;

/** Shows measurements, and adds them to a run's {@code evaluations.jsonl}. */
final class EvaluationReport {
    private final Reporter reporter;

    EvaluationReport(Reporter reporter) {
        this.reporter = reporter;
    }

    /** A line a number with its protocol, or an object with --json; classes as a table. */
    void show(List<Measurement> measurements) {
        for (Measurement measurement : measurements) {
            reporter.note(measurement.title() + ":");
            if (reporter.json()) {
                measurement.rows().forEach(reporter::object);
            } else {
                measurement.estimates().forEach(this::line);
            }
            ClassTable.of(measurement.estimates()).forEach(reporter::note);
        }
    }

    private void line(String name, Estimate estimate) {
        reporter.note(String.format(
                Locale.ROOT,
                "  %-15s %10s ± %-9s %s",
                name,
                Numbers.figures(estimate.value()),
                Numbers.figures(estimate.standardError()),
                estimate.protocol()));
    }

    /** Where the run cannot be written, as when another process trains it, that is said. */
    void append(RunFolder folder, long step, List<Measurement> measurements, String against) {
        try (RunLock lock = RunLock.of(folder.path());
                MetricsLog log = MetricsLog.open(folder.evaluationsFile())) {
            Objects.requireNonNull(lock);
            for (Measurement measurement : measurements) {
                for (Map<String, Object> values : measurement.rows()) {
                    Map<String, Object> row = new LinkedHashMap<>(values);
                    row.put("against", against);
                    row.put("when", "afterwards");
                    log.append(step, row);
                }
            }
        } catch (RunException e) {
            reporter.note("not written to " + folder.evaluationsFile() + ": " + e.getMessage());
        }
    }
}
