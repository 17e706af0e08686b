package org.saddlepoint.recipes;

import java.util.List;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.run.RunFolder;
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

    /** Draws pictures of how far it has come into the run's folder; its randomness is its own, from this seed. */
    TrainingListener samples(RunFolder folder, long seed);

    /** The loop, with these listeners. */
    default Trainer trainer(List<TrainingListener> listeners) {
        return new Trainer(step(), loader(), state(), listeners);
    }

    @Override
    void close();
}
