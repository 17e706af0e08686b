package org.saddlepoint.recipes;

import java.util.Arrays;
import java.util.Locale;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.SampleListener;
import org.saddlepoint.training.SamplePicture;
import org.saddlepoint.training.TrainingState;

/** A {@link GanRecipe} set up on data. */
public final class GanTraining implements Training {
    private final GanRecipe recipe;
    private final Dataset data;
    private final TrainingState state;
    private final AdversarialPair networks;
    private final AdversarialStep step;
    private final BatchLoader loader;

    /**
     * Sets a recipe up; the data stays the caller's.
     *
     * @throws RecipeException if the networks do not fit the data, or it lacks what they are conditioned on
     * @throws TensorException if the batch does not fit the memory
     */
    public GanTraining(GanRecipe recipe, Dataset data, long seed, Device device, Precision precision) {
        recipe.conditioning().require(recipe.name(), data);
        this.recipe = recipe;
        this.data = data;
        state = new TrainingState(seed);
        try {
            LoaderConfig loading = LoaderConfig.of(recipe.examplesPerStep(), seed)
                    .withBalance(recipe.conditioning().balancedBatches());
            Shape example = shape(data.shape().dimensions());
            MemoryNeed.require(
                    recipe.name(),
                    recipe.updates().batchSize(),
                    example.elements(),
                    recipe.network().keptForBackward(example),
                    loading,
                    device);
            networks = networks(
                    recipe,
                    data.shape().dimensions(),
                    data.classNames().size(),
                    data.vectorNames().size(),
                    device,
                    state);
            step = new AdversarialStep(networks, recipe.latent(), recipe.objective(), recipe.step(precision));
            loader = new BatchLoader(data, loading);
        } catch (IllegalArgumentException unfit) {
            state.close();
            throw new RecipeException(
                    "the recipe " + recipe.name() + " does not fit " + data.name() + ": " + unfit.getMessage(), unfit);
        } catch (RuntimeException refused) {
            state.close();
            throw refused;
        }
    }

    /**
     * The networks of a recipe, with weights drawn from the state's randomness.
     *
     * @param example sizes of an example
     * @param classes how many classes the data has; counts only where the recipe asks for labels
     * @param vectorSize how many numbers describe an example; counts only where the recipe asks for vectors
     */
    public static AdversarialPair networks(
            GanRecipe recipe, int[] example, int classes, int vectorSize, Device device, TrainingState state) {
        return new AdversarialPair(
                recipe.network(),
                recipe.conditioning().networks(classes, vectorSize),
                recipe.latent(),
                shape(example),
                recipe.constraints().values(),
                recipe.average(),
                device,
                state.random());
    }

    /** The networks of a run, with weights drawn from the state's randomness. */
    public static AdversarialPair networks(
            GanRecipe recipe, RunManifest.Data data, Device device, TrainingState state) {
        return networks(
                recipe,
                data.exampleShape().stream().mapToInt(i -> i).toArray(),
                data.classNames().size(),
                data.vectorNames().size(),
                device,
                state);
    }

    private static Shape shape(int[] example) {
        return Shape.of(Arrays.stream(example).asLongStream().toArray());
    }

    /** The settings. */
    public GanRecipe recipe() {
        return recipe;
    }

    @Override
    public TrainingState state() {
        return state;
    }

    /** The networks in training. */
    public AdversarialPair networks() {
        return networks;
    }

    @Override
    public AdversarialStep step() {
        return step;
    }

    @Override
    public BatchLoader loader() {
        return loader;
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "generator %,d weights, discriminator %,d; batch %,d",
                networks.generator().parameterCount(),
                networks.discriminator().parameterCount(),
                recipe.updates().batchSize());
    }

    @Override
    public SampleListener samples(RunFolder folder, long seed) {
        SamplePicture picture = new SamplePicture(networks, recipe.latent(), data, seed);
        return new SampleListener(picture, data.name(), folder, recipe.sampleEvery());
    }

    @Override
    public void close() {
        loader.close();
        step.close();
        state.close();
    }
}
