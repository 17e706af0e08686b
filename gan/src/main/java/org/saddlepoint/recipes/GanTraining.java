package org.saddlepoint.recipes;

import java.util.List;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Shape;
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

    /** Sets a recipe up; the data stays the caller's. */
    public GanTraining(Recipe recipe, Dataset data, long seed, Device device, Precision precision) {
        state = new TrainingState(seed);
        try {
            networks = networks(recipe, data.shape().dimensions(), device, state);
            step = new AdversarialStep(
                    networks, recipe.latent(), recipe.objective().create(), recipe.step(precision));
            loader = new BatchLoader(data, LoaderConfig.of(step.examplesPerStep(), seed));
        } catch (RuntimeException refused) {
            state.close();
            throw refused;
        }
    }

    /** The networks of a recipe for examples of these sizes, with weights drawn from the state's randomness. */
    public static AdversarialPair networks(Recipe recipe, int[] example, Device device, TrainingState state) {
        long[] sizes = new long[example.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = example[axis];
        }
        return new AdversarialPair(
                recipe.network(), recipe.latent(), Shape.of(sizes), recipe.averageDecay(), device, state.random());
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
