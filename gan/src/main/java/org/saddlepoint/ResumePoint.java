package org.saddlepoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeDifference;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHistory;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.training.SavedCheckpoint;

/**
 * Where a run goes on, and by which recipe: that of the checkpoint, with what the user means to change.
 *
 * @param checkpoint the newest sound one
 * @param recipe the checkpoint's with the changes
 * @param changes what differs from the checkpoint's recipe
 */
record ResumePoint(StepPath checkpoint, Recipe recipe, List<RunHistory.Change> changes) {
    /** How long a run is does not change what was trained so far, and may be another in recipe.yaml. */
    private static final Set<String> HOW_LONG = Set.of("steps", "epochs");

    ResumePoint {
        changes = List.copyOf(changes);
    }

    /**
     * Finds it, and tells of damaged checkpoints.
     *
     * @throws RunException if there is no sound checkpoint
     * @throws RequestException if recipe.yaml differs from the checkpoint's in settings that are not among the overrides
     */
    static ResumePoint of(RunFolder folder, ResumeOptions options, RunListener listener) {
        CheckpointSearch found = CheckpointSearch.of(folder);
        StepPath checkpoint = found.require(folder, "begin again with train and another --out");
        if (!found.damaged().isEmpty()) {
            listener.onDamaged(found);
        }
        String text = SavedCheckpoint.open(checkpoint.path()).recipe();
        String origin = checkpoint.path().resolve("recipe.yaml").toString();
        Recipe saved = Recipes.parse(text, origin, Map.of());
        Recipe onDisk = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        Map<String, String> changes = new LinkedHashMap<>();
        List<RecipeDifference> refused = new ArrayList<>();
        for (RecipeDifference difference : RecipeDifference.between(saved, onDisk)) {
            if (HOW_LONG.contains(difference.setting())) {
                changes.put(difference.setting(), difference.second());
            } else if (options.overrides().keySet().stream().noneMatch(difference::isWithin)) {
                refused.add(difference);
            }
        }
        if (!refused.isEmpty()) {
            throw refusal(folder.recipeFile(), checkpoint, refused);
        }
        changes.putAll(options.overrides());
        options.steps().ifPresent(steps -> changes.put("steps", Long.toString(steps)));
        Recipe recipe = Recipes.parse(text, origin, changes);
        return new ResumePoint(
                checkpoint,
                recipe,
                RecipeDifference.between(saved, recipe).stream()
                        .map(each ->
                                new RunHistory.Change(checkpoint.step(), each.setting(), each.first(), each.second()))
                        .toList());
    }

    /** Whether more changes than how long the run is. */
    boolean changesTraining() {
        return changes.stream().anyMatch(change -> !HOW_LONG.contains(change.setting()));
    }

    private static RequestException refusal(Path file, StepPath checkpoint, List<RecipeDifference> differences) {
        StringBuilder message = new StringBuilder(file.toString())
                .append(" is not the recipe that the checkpoint of step ")
                .append(checkpoint.step())
                .append(" was trained by: ");
        for (RecipeDifference each : differences) {
            message.append(each.setting())
                    .append(": ")
                    .append(each.first())
                    .append(" in the checkpoint, ")
                    .append(each.second())
                    .append(" in recipe.yaml; ");
        }
        RecipeDifference first = differences.get(0);
        return new RequestException(message.append("put it back as it was, or mean it with --override ")
                .append(ShellWord.quote(first.setting() + "=" + first.second()))
                .toString());
    }
}
