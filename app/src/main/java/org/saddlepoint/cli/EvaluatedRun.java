package org.saddlepoint.cli;

import java.nio.file.Files;
import java.util.Map;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.training.NewestCheckpoint;
import org.saddlepoint.training.SavedCheckpoint;
import org.saddlepoint.training.SavedNetworks;

/**
 * A run that is measured.
 *
 * @param folder of the run
 * @param recipe of the run
 * @param best whether its best checkpoint counts, and not its last one
 */
record EvaluatedRun(RunFolder folder, Recipe recipe, boolean best) {
    static EvaluatedRun of(RunFolder folder, boolean best) {
        Recipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        return new EvaluatedRun(folder, recipe, best);
    }

    /**
     * What the run learnt from.
     *
     * @throws UsageException if that is not known
     */
    String learntFrom() {
        try {
            recipe.requireTrainable();
        } catch (RecipeException e) {
            throw new UsageException("--against is needed: what the networks of " + folder.path()
                    + " learnt from is not known; give pictures such as paired:A,B or unpaired:A,B");
        }
        return folder.manifest().data().spec();
    }

    /** Refuses a run without the checkpoint, before anything that takes long. */
    void requireCheckpoint() {
        if (!best) {
            NewestCheckpoint.require(folder);
        } else if (!Files.isDirectory(folder.bestCheckpoint())) {
            throw new UsageException(
                    "--best: " + folder.path() + " holds no best checkpoint; only train --evaluate-every keeps one");
        }
    }

    /** Loads the checkpoint, and answers its step. */
    long load(SavedNetworks networks, Reporter reporter) {
        if (best) {
            SavedCheckpoint kept = SavedCheckpoint.open(folder.bestCheckpoint());
            kept.load(networks);
            return kept.step();
        }
        NewestCheckpoint newest = NewestCheckpoint.read(folder, saved -> saved.load(networks));
        newest.warnings().forEach(reporter::note);
        return newest.checkpoint().step();
    }
}
