package org.saddlepoint.recipes;

import java.nio.file.Path;
import java.util.List;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.diagnostics.Facts;
import org.saddlepoint.diagnostics.Probe;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.training.CheckpointOrigin;
import org.saddlepoint.training.Checkpoints;
import org.saddlepoint.training.Trainer;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.TrainingStep;

/** A recipe set up on data: networks, step, loader and randomness, ready for a {@link Trainer}; closes them together. */
public interface Training extends AutoCloseable {
    /** How far it has come. */
    TrainingState state();

    /** What a step does. */
    TrainingStep step();

    /** Where the data comes from. */
    BatchLoader loader();

    /** The networks and their sizes, and the batch, in one line. */
    String description();

    /** How many numbers what generates learns: the generator, or all translators. */
    long generatorWeights();

    /** How many numbers all discriminators learn. */
    long discriminatorWeights();

    /**
     * Draws pictures of how far it has come into the run's folder; its randomness is its own, from this seed.
     *
     * @param title names the data
     */
    TrainingListener samples(RunFolder folder, String title, long seed);

    /** What to do with the trained run on the command line, such as {@code draw more with: saddlepoint sample RUN}. */
    String useWith(Path run);

    /** Its checkpoints in a run's folder. */
    default Checkpoints checkpoints(RunFolder folder, CheckpointOrigin origin) {
        return new Checkpoints(folder, origin, step(), loader(), state());
    }

    /** How long it trains, in steps. */
    long steps();

    /**
     * Measures what it has come to, at any time.
     *
     * @param against opened as the rules of the recipe say
     */
    Evaluation evaluation(Evaluator evaluator, Dataset against);

    /**
     * Measures signals for a diagnosis; changes nothing of the training. To be closed before it.
     *
     * @param seed of its own randomness
     */
    Probe probe(long seed);

    /** What a diagnosis should know of the settings. */
    Facts facts();

    /** The loop, with these listeners. */
    default Trainer trainer(List<TrainingListener> listeners) {
        return new Trainer(step(), loader(), state(), listeners);
    }

    @Override
    void close();
}
