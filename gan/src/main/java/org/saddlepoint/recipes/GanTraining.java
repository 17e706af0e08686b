package org.saddlepoint.recipes;

import java.util.Arrays;
import java.util.List;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.Trainer;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;

/** A recipe set up on data: networks, step, loader and randomness, ready for a {@link Trainer}; closes them together. */
public final class GanTraining implements AutoCloseable {
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
    public GanTraining(Recipe recipe, Dataset data, long seed, Device device, Precision precision) {
        recipe.conditioning().require(recipe.name(), data);
        state = new TrainingState(seed);
        try {
            LoaderConfig loading = LoaderConfig.of(recipe.examplesPerStep(), seed)
                    .withBalance(recipe.conditioning().balancedBatches());
            MemoryNeed.require(recipe, shape(data.shape().dimensions()), loading, device);
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
            Recipe recipe, int[] example, int classes, int vectorSize, Device device, TrainingState state) {
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
    public static AdversarialPair networks(Recipe recipe, RunManifest.Data data, Device device, TrainingState state) {
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

    /** How far it has come. */
    public TrainingState state() {
        return state;
    }

    /** The networks in training. */
    public AdversarialPair networks() {
        return networks;
    }

    /** What a step does. */
    public AdversarialStep step() {
        return step;
    }

    /** Where the data comes from. */
    public BatchLoader loader() {
        return loader;
    }

    /** The loop, with these listeners. */
    public Trainer trainer(List<TrainingListener> listeners) {
        return new Trainer(step, loader, state, listeners);
    }

    @Override
    public void close() {
        loader.close();
        step.close();
        state.close();
    }
}
