package org.saddlepoint.studio.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeDifference;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHistory;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.RefusedException;

/** All that is shown of one run, beside its logs. */
final class RunPage {
    private final RunsFolder folder;
    private final RunFolder run;

    RunPage(RunsFolder folder, RunFolder run) {
        this.folder = folder;
        this.run = run;
    }

    /** The run's summary, machine, settings, sheets and checkpoints. */
    ObjectNode json(RunSummary summary) {
        ObjectNode page = Json.object();
        page.set("summary", Json.tree(summary));
        page.put("path", run.path().toString());
        page.set("samples", Json.tree(run.samples().stream().map(StepPath::step).toList()));
        page.set(
                "checkpoints",
                Json.tree(run.checkpoints().stream().map(StepPath::step).toList()));
        page.put("best", run.bestCheckpoint().toFile().isDirectory());
        try {
            RunManifest manifest = run.manifest();
            page.set("machine", machine(manifest));
            page.set("history", Json.tree(history(manifest)));
            page.set("settings", settings(manifest));
            rates(manifest).ifPresent(curves -> page.set("rates", Json.tree(curves)));
        } catch (RunException damaged) {
            page.put("damage", String.valueOf(damaged.getMessage()));
        }
        return page;
    }

    private static JsonNode machine(RunManifest manifest) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("data", manifest.data().spec());
        facts.put("shape", manifest.data().exampleShape());
        facts.put("classes", manifest.data().classNames().size());
        facts.put("seed", manifest.seed());
        facts.put("device", manifest.execution().device());
        facts.put("threads", manifest.execution().threads());
        facts.put("precision", manifest.execution().precision());
        facts.put("images", manifest.images());
        facts.put("started", manifest.started().toString());
        facts.put("finished", String.valueOf(manifest.finished()));
        facts.put("java", manifest.environment().java());
        facts.put("os", manifest.environment().os());
        facts.put("engine", manifest.environment().engine());
        return Json.tree(facts);
    }

    private static List<Map<String, Object>> history(RunManifest manifest) {
        List<Map<String, Object>> changes = new ArrayList<>();
        for (RunHistory.Change change : manifest.history().changes()) {
            changes.add(Map.of(
                    "step", change.step(), "setting", change.setting(), "from", change.from(), "to", change.to()));
        }
        return changes;
    }

    /** Settings that differ from those of the recipe of this name, and all others. */
    private ObjectNode settings(RunManifest manifest) {
        ObjectNode settings = Json.object();
        settings.put("yaml", run.recipe());
        try {
            Recipe own = Recipes.parse(run.recipe(), run.recipeFile().toString(), Map.of());
            if (Recipes.names().contains(manifest.recipe())) {
                Recipe standard = Recipes.load(manifest.recipe(), Map.of());
                settings.set("changed", Json.tree(RecipeDifference.between(standard, own)));
            }
        } catch (RecipeException unknown) {
            settings.put("damage", String.valueOf(unknown.getMessage()));
        }
        return settings;
    }

    /** The learning rates; empty for translations, and where the recipe cannot be read. */
    private Optional<RateCurves> rates(RunManifest manifest) {
        try {
            Recipe recipe = Recipes.parse(run.recipe(), run.recipeFile().toString(), Map.of());
            return Optional.of(RateCurves.of(recipe, manifest.data()));
        } catch (RecipeException | IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    /** Which log is asked for. */
    enum Log {
        METRICS,
        EVALUATIONS,
        DIAGNOSIS
    }

    /**
     * Lines of a log, evenly spread over these steps.
     *
     * @param most how many
     */
    List<JsonNode> log(Log log, int most, long from, long to) {
        Path file =
                switch (log) {
                    case METRICS -> run.metricsFile();
                    case EVALUATIONS -> run.evaluationsFile();
                    case DIAGNOSIS -> run.diagnosisFile();
                };
        Optional<Path> shown = folder.file(file, Long.MAX_VALUE);
        if (shown.isEmpty()) {
            return List.of();
        }
        try {
            List<LogLine> lines = new ArrayList<>(LogSample.read(shown.get(), most, from, to));
            if (log == Log.DIAGNOSIS) { // thinning must not lose what matters most
                new NewestFinding()
                        .in(shown.get())
                        .filter(found -> found.step() >= from && found.step() <= to && !lines.contains(found))
                        .ifPresent(lines::add);
                lines.sort(Comparator.comparingLong(LogLine::step));
            }
            return lines.stream().map(LogLine::json).toList();
        } catch (IOException e) {
            throw RefusedException.conflict("cannot read " + file + ": " + IoReasons.of(e));
        }
    }
}
