package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.saddlepoint.DiagnosisPlan;
import org.saddlepoint.OnFailure;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.diagnostics.Diagnosis;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.diagnostics.Severity;
import org.saddlepoint.diagnostics.symptoms.Symptoms;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.RunSignals;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.training.TrainingDivergedException;

/**
 * An entry of a catalogue, trained and diagnosed with readings at fixed steps, so that it repeats.
 *
 * @param entry what was trained
 * @param seed of it
 * @param diagnosis at its end
 * @param remedies settings against what was found, the likeliest first
 */
record CatalogueRun(CatalogueEntry entry, long seed, Diagnosis diagnosis, List<Map<String, String>> remedies) {
    private static final int READINGS = 60;

    CatalogueRun {
        remedies = List.copyOf(remedies);
    }

    /**
     * Trains an entry with further settings, or reads what was trained.
     *
     * @param folder of the run; if one is there that has ended, it is not trained again, so that symptoms can be changed and looked
     *     at anew
     */
    static CatalogueRun of(CatalogueEntry entry, Map<String, String> more, long seed, Path folder) {
        Recipe recipe = recipe(entry, more);
        try (Dataset sound = DataSources.open(entry.data(), recipe.dataOptions())) {
            Dataset data = PlantedData.of(sound, entry.plant());
            if (!hasEnded(recipe, data, seed, folder)) {
                train(recipe, data, seed, folder);
            }
        }
        RunSignals known = RunSignals.of(RunFolder.open(folder));
        Diagnosis diagnosis = Diagnosis.of(known.signals(), Symptoms.ALL);
        return new CatalogueRun(entry, seed, diagnosis, remedies(known, diagnosis));
    }

    /**
     * The recipe of an entry with further settings.
     *
     * @throws org.saddlepoint.recipes.RecipeException if there is no such recipe, or a setting is wrong
     */
    static Recipe recipe(CatalogueEntry entry, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(entry.settings());
        settings.putAll(more);
        return Recipes.load(entry.recipe(), settings);
    }

    /** Whether there is a training of this entry as it is now: an entry that was edited is trained anew. */
    private static boolean hasEnded(Recipe recipe, Dataset data, long seed, Path folder) {
        if (!RunFolder.isRun(folder)) {
            return false;
        }
        RunFolder there = RunFolder.open(folder);
        RunManifest manifest = there.manifest();
        return manifest.outcome() != RunManifest.Outcome.RUNNING
                && manifest.seed() == seed
                && manifest.data().name().equals(data.name())
                && Recipes.parse(there.recipe(), there.recipeFile().toString(), Map.of())
                        .equals(recipe);
    }

    private static void train(Recipe recipe, Dataset data, long seed, Path folder) {
        try {
            AtomicFiles.delete(folder); // of a process that was killed
        } catch (IOException e) {
            throw RunException.of(e);
        }
        try {
            long every = Math.max(1, recipe.steps(data.size()) / READINGS);
            RunOptions options = RunOptions.DEFAULT.seed(seed).diagnosis(new DiagnosisPlan(OnFailure.REPORT, every));
            Run.train(recipe, data, folder, options);
        } catch (TrainingDivergedException diverged) {
            // the run says so
        }
    }

    /** Of each cause the first remedy that has settings here. */
    private static List<Map<String, String>> remedies(RunSignals known, Diagnosis diagnosis) {
        return diagnosis.open().stream()
                .filter(episode -> episode.finding().severity() != Severity.ADVICE)
                .flatMap(episode -> episode.finding().causes().stream())
                .flatMap(cause -> known.first(cause.remedies()).stream())
                .distinct()
                .toList();
    }

    /** All that was found, whether it lasted or not. */
    List<Episode> found() {
        return diagnosis.episodes();
    }

    /** Whether something wrong was said at any time. */
    boolean isCalledIll() {
        return found().stream().anyMatch(episode -> episode.finding().severity() != Severity.ADVICE);
    }

    /** Whether it was said at any time that this run had failed. */
    boolean isCalledFailed() {
        return found().stream().anyMatch(episode -> episode.finding().severity() == Severity.FAILED);
    }

    /** Whether what was planted was said at any time. */
    boolean isFound() {
        return found().stream()
                .anyMatch(episode -> entry.expect().contains(episode.finding().symptom()));
    }

    /** Whether only other things were said than what was planted. */
    boolean isMistaken() {
        return isCalledIll() && !isFound();
    }

    /** Steps from onset to the first right word. */
    OptionalLong delay() {
        return found().stream()
                .filter(episode -> entry.expect().contains(episode.finding().symptom()))
                .mapToLong(episode -> Math.max(0, episode.found() - entry.onset()))
                .min();
    }
}
