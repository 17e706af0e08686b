package org.saddlepoint.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.diagnostics.Facts;
import org.saddlepoint.diagnostics.History;
import org.saddlepoint.diagnostics.Remedy;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.run.DataSummary;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;

/**
 * What a run's folder holds for a diagnosis, also where the run is of an older release, was interrupted or is in training.
 *
 * @param recipe its settings
 * @param signals as far as they are there
 * @param notes what is missing, in sentences
 */
public record RunSignals(Recipe recipe, Signals signals, List<String> notes) {
    public RunSignals {
        notes = List.copyOf(notes);
    }

    /**
     * Reads a run.
     *
     * @throws org.saddlepoint.run.RunException if a file is damaged
     */
    public static RunSignals of(RunFolder folder) {
        RunManifest manifest = folder.manifest();
        Recipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        List<MetricsRow> diagnosis = MetricsLog.read(folder.diagnosisFile());
        List<MetricsRow> metrics = MetricsLog.read(folder.metricsFile());
        List<String> notes = new ArrayList<>();
        if (diagnosis.isEmpty()) {
            notes.add(
                    "It has no diagnosis.jsonl: it was trained by an older release, or with --on-failure off; only its"
                            + " losses can be looked at.");
        }
        if (metrics.isEmpty()) {
            notes.add("It has no metrics.jsonl, and so no losses.");
        }
        Facts facts = RecipeFacts.of(
                recipe,
                manifest.data().summary().map(DataSummary::examples).orElse(0),
                manifest.data().exampleShape().size() > 1);
        Signals signals = History.of(facts, diagnosis, metrics);
        if (manifest.outcome() == RunManifest.Outcome.DIVERGED) {
            signals = signals.failed(
                    new Signals.Failure(manifest.steps() + 1, "training ended at infinite or NaN numbers"));
        }
        return new RunSignals(recipe, signals, notes);
    }

    /** The settings of a remedy; empty where it has none here. */
    public Map<String, String> flags(Remedy remedy) {
        return RemedyFlags.of(recipe, remedy);
    }

    /** The first setting that a list of remedies has, if any. */
    public Optional<Map<String, String>> first(List<Remedy> remedies) {
        return remedies.stream()
                .map(this::flags)
                .filter(flags -> !flags.isEmpty())
                .findFirst();
    }
}
