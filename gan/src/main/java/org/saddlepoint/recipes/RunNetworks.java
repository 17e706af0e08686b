package org.saddlepoint.recipes;

import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.training.SavedNetworks;

/** The networks of a run: a checkpoint is loaded into them, and then they are measured. */
public interface RunNetworks extends AutoCloseable {
    /** What a checkpoint is loaded into. */
    SavedNetworks networks();

    /**
     * Measures them.
     *
     * @param name what they are called
     * @param against opened as the rules of the recipe say
     */
    Evaluation evaluation(String name, Evaluator evaluator, Dataset against);

    @Override
    void close();
}
