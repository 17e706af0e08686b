package org.saddlepoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.RunData;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.distributed.ProcessGroup;
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

    /** @throws UsageException if what the run learnt from is not known */
    void requireKnownData() {
        try {
            recipe.requireTrainable();
        } catch (RecipeException e) {
            throw new UsageException("--against is needed: what the networks of " + folder.path()
                    + " learnt from is not known; give pictures such as paired:A,B or unpaired:A,B");
        }
    }

    /** Opens what the run learnt from; tells if it has changed. */
    Dataset learnt(Links links, DataOptions options, Reporter reporter) {
        RunData.Found found = new RunData(folder, folder.manifest().data()).open(links, options, "--against NEW");
        found.difference()
                .ifPresent(difference -> reporter.note(
                        "the data " + found.request().spec() + " has changed since the run " + folder.path()
                                + " began: " + difference + "; samples are compared with what it is now"));
        return found.data();
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

    /** Loads the checkpoint, of several processes that which rank 0 chooses, and answers its step. */
    long load(SavedNetworks networks, Optional<ProcessGroup> group, Reporter reporter) {
        if (group.isEmpty() || group.get().rank() == 0) {
            long step = load(networks, reporter);
            group.ifPresent(all -> all.say(step, new byte[0]));
            return step;
        }
        long step = group.get().say(0, new byte[0]).number();
        Path path = best
                ? folder.bestCheckpoint()
                : folder.checkpoints().stream()
                        .filter(each -> each.step() == step)
                        .findFirst()
                        .map(StepPath::path)
                        .orElseThrow(
                                () -> new RunException(
                                        "rank 0 measures step " + step + " of " + folder.path()
                                                + ", which is not there; give all the same run, or try again where it is being trained"));
        SavedCheckpoint same = SavedCheckpoint.open(path);
        if (same.step() != step) {
            throw new RunException("rank 0 measures step " + step + " but " + path + " is of step " + same.step()
                    + "; try again, since the run is being trained");
        }
        same.load(networks);
        return step;
    }

    private long load(SavedNetworks networks, Reporter reporter) {
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
