package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.saddlepoint.diagnostics.Diagnosis;
import org.saddlepoint.diagnostics.DiagnosisPage;
import org.saddlepoint.diagnostics.symptoms.Symptoms;
import org.saddlepoint.recipes.RunSignals;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;

/**
 * What a run of a comparison came to, read from its folder.
 *
 * @param recipe as the user names it
 * @param seed of it
 * @param folder of it
 * @param outcome how it ended
 * @param imagesPerStep real examples of a step
 * @param steps done
 * @param curves by estimate, and then by step
 * @param diagnosis of it
 */
record ComparedRun(
        String recipe,
        long seed,
        RunFolder folder,
        RunManifest.Outcome outcome,
        long imagesPerStep,
        long steps,
        Map<String, TreeMap<Long, Double>> curves,
        Diagnosis diagnosis) {
    /** Reads a run that has ended, and writes the page of its diagnosis into its folder. */
    static ComparedRun read(String recipe, long seed, Path path) {
        RunFolder folder = RunFolder.open(path);
        RunManifest manifest = folder.manifest();
        RunSignals known = RunSignals.of(folder);
        Diagnosis diagnosis = Diagnosis.of(known.signals(), Symptoms.ALL);
        new DiagnosisPage(diagnosis, folder.name(), known::flags, known.notes()).write(path);
        Map<String, TreeMap<Long, Double>> curves = new LinkedHashMap<>();
        for (MetricsRow row : MetricsLog.read(folder.evaluationsFile())) {
            String name = String.valueOf(row.values().get("metric"));
            String way = row.values().get("direction") == null
                    ? ""
                    : " " + row.values().get("direction");
            row.number("value").ifPresent(value -> curves.computeIfAbsent(name + way, unknown -> new TreeMap<>())
                    .put(row.step(), value));
        }
        return new ComparedRun(
                recipe,
                seed,
                folder,
                manifest.outcome(),
                known.recipe().examplesPerStep(),
                manifest.steps(),
                curves,
                diagnosis);
    }

    boolean hasDiverged() {
        return outcome == RunManifest.Outcome.DIVERGED;
    }

    /** What was measured at its end; nothing of a run that diverged, whose last measurement is of an earlier state. */
    Optional<Double> value(String estimate) {
        TreeMap<Long, Double> curve = curves.get(estimate);
        return hasDiverged() || curve == null
                ? Optional.empty()
                : Optional.of(curve.lastEntry().getValue());
    }

    /** Its last sheet of samples. */
    Optional<Path> sheet() {
        List<StepPath> sheets = folder.samples();
        return sheets.isEmpty()
                ? Optional.empty()
                : Optional.of(sheets.get(sheets.size() - 1).path());
    }
}
