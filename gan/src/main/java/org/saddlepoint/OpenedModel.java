package org.saddlepoint;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.TranslationRecipe;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.training.NewestCheckpoint;
import org.saddlepoint.training.SavedCheckpoint;

/**
 * Where the weights of a model come from.
 *
 * @param folder of the run
 * @param checkpoint which was read
 * @param warnings of newer ones that are damaged
 */
record OpenedModel(RunFolder folder, SavedCheckpoint checkpoint, List<String> warnings) {
    /** @throws RequestException if the run translates images */
    static GanRecipe generates(RunFolder folder) {
        Recipe recipe = recipe(folder);
        try {
            return recipe.asGan();
        } catch (RecipeException e) {
            throw new RequestException(e.getMessage() + "; in a program: TrainedTranslator", e);
        }
    }

    /** @throws RequestException if the run generates and translates nothing */
    static TranslationRecipe translates(RunFolder folder) {
        Recipe recipe = recipe(folder);
        try {
            return recipe.asTranslation();
        } catch (RecipeException e) {
            throw new RequestException(e.getMessage() + "; in a program: TrainedGenerator", e);
        }
    }

    private static Recipe recipe(RunFolder folder) {
        return Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
    }

    /** Refuses a run without the checkpoint that is asked for, before anything that takes long. */
    static void require(RunFolder folder, ModelOptions options) {
        if (!options.best()) {
            NewestCheckpoint.require(folder);
        } else if (!Files.isDirectory(folder.bestCheckpoint())) {
            throw new RequestException(
                    "--best: " + folder.path() + " holds no best checkpoint; only train --evaluate-every keeps one");
        }
    }

    /** Lets the reader take what it needs: of the best checkpoint if the options ask for it, else of the newest sound one. */
    static OpenedModel load(RunFolder folder, ModelOptions options, Consumer<SavedCheckpoint> reader) {
        if (options.best()) {
            SavedCheckpoint best = SavedCheckpoint.open(folder.bestCheckpoint());
            reader.accept(best);
            return new OpenedModel(folder, best, List.of());
        }
        NewestCheckpoint newest = NewestCheckpoint.read(folder, reader);
        return new OpenedModel(folder, newest.checkpoint(), newest.warnings());
    }
}
