package org.saddlepoint.recipes;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.training.TrainingSetup;

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

    /** Real examples that one step takes. */
    int examplesPerStep();

    /** Steps from one line of metrics to the next. */
    int logEvery();

    /** Steps from one sheet of samples to the next; 0 for a few first steps, then by time. */
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
     * Makes of data what it learns from, once, when a run begins: in most cases the data as it is. This may take a while.
     *
     * @param seed of the run
     * @param notes is told in one line now and then how far it is, on the calling thread
     * @throws RecipeException if the data does not have what it takes
     */
    default PreparedData prepare(Dataset data, long seed, Consumer<String> notes) {
        return PreparedData.asItIs(data);
    }

    /**
     * Makes of the same data what {@link #prepare} did when the run began, as its folder says.
     *
     * @throws RunException if what the folder says of that is missing or damaged
     */
    default PreparedData prepared(Dataset data, RunFolder run) {
        return PreparedData.asItIs(data);
    }

    /**
     * Sets it up on data, which stays the caller's.
     *
     * @param data as {@link #prepare} makes it
     * @throws RecipeException if the networks do not fit the data, or it lacks what they need
     * @throws TensorException if the batch does not fit the memory
     */
    Training train(Dataset data, TrainingSetup setup);

    /**
     * This recipe with one setting changed, as {@code --set} changes it.
     *
     * <pre>{@code
     * recipe.with("generator.width", 32);
     * recipe.with("objective", new HingeObjective());
     * recipe.with("generatorOptimizer.method", "sgd");
     * }</pre>
     *
     * @param setting such as {@code generator.width}
     * @param value a number, a word, a list, or the settings themselves; text is read as YAML
     * @throws RecipeException if there is no such setting, or the value is wrong
     */
    default Recipe with(String setting, Object value) {
        return RecipeSettings.of(this).set(setting, value).recipe();
    }

    /** What is measured of it, and against what. */
    EvaluationRules evaluationRules();

    /**
     * The networks of a run of it, for a checkpoint to be loaded into.
     *
     * @param learnt what the run learns from
     * @param seed of randomness in their use, such as dropout
     */
    RunNetworks networks(RunManifest.Data learnt, Device device, long seed);

    /** Whether it has a translator for each direction. */
    default boolean bothWays() {
        return false;
    }

    /**
     * How other programs load the networks that {@code export} wrote, line by line.
     *
     * @param learnt what the run learns from
     * @param files names of the files, at least one
     */
    List<String> loadingHints(RunManifest.Data learnt, List<String> files);

    /** The result of one of two functions: for a recipe with a generator from latents, or for one that translates pictures. */
    <T> T asEither(Function<GanRecipe, T> generates, Function<TranslationRecipe, T> translates);

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
