package org.saddlepoint.recipes;

import org.saddlepoint.data.Dataset;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.training.Precision;

/** The full settings of one method: with data and a seed it determines a training. */
public sealed interface Recipe permits GanRecipe, TranslationRecipe {
    /** What it is called on the command line. */
    String name();

    /** One line for the list of recipes. */
    String summary();

    /**
     * How long it trains unless the user says otherwise, in updates of the generator.
     *
     * @param examples how many the data has, for recipes whose length is told in epochs
     */
    long steps(int examples);

    /** Steps from one line of metrics to the next. */
    int logEvery();

    /** Steps from one sheet of samples to the next. */
    int sampleEvery();

    /** Steps from one checkpoint to the next. */
    int checkpointEvery();

    /** How its data is opened. */
    DataOptions dataOptions();

    /**
     * Does nothing where this can be trained.
     *
     * @throws RecipeException if it has networks that were trained elsewhere, and nothing to train them with
     */
    default void requireTrainable() {}

    /**
     * Sets it up on data, which stays the caller's.
     *
     * @throws RecipeException if the networks do not fit the data, or it lacks what they need
     * @throws TensorException if the batch does not fit the memory
     */
    Training train(Dataset data, long seed, Device device, Precision precision);

    /**
     * This recipe, where a generator from latents is needed.
     *
     * @throws RecipeException if it has none
     */
    default GanRecipe asGan() {
        throw new RecipeException("the recipe " + name()
                + " translates pictures and has no generator from latents; use translate, or another recipe, such as "
                + Recipes.DEFAULT);
    }

    /**
     * This recipe, where one that translates pictures is needed.
     *
     * @throws RecipeException if it does not
     */
    default TranslationRecipe asTranslation() {
        throw new RecipeException(
                "the recipe " + name() + " generates pictures and translates none; use sample, or a run of "
                        + Recipes.DEFAULT_FOR_PAIRS + " or " + Recipes.DEFAULT_FOR_UNPAIRED);
    }
}
