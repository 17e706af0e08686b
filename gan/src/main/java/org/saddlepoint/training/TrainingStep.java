package org.saddlepoint.training;

import java.util.Map;
import org.saddlepoint.data.Batch;
import org.saddlepoint.tensor.Tensor;

/**
 * One step of a method: all updates of the discriminator that belong to one of the generator, and that one.
 *
 * <ul>
 *   <li>The state of a step is its {@link #parts} and nothing else; randomness comes from the {@link TrainingState}.
 *   <li>A step leaves no tensor behind.
 * </ul>
 */
public interface TrainingStep extends AutoCloseable {
    /** How many examples of the data one step takes: the batch of each update times the updates. */
    int examplesPerStep();

    /** Trains on these examples, {@link #examplesPerStep} of them. */
    StepReport run(Batch batch, TrainingState state);

    /** What a checkpoint saves: the live tensors of each network, average and optimizer, by part and by name. */
    Map<String, Map<String, Tensor>> parts();

    /**
     * Overwrites the parts with saved values.
     *
     * @throws IllegalArgumentException if parts, names or shapes differ
     */
    void load(Map<String, Map<String, Tensor>> parts);

    /** Frees networks and optimizers. */
    @Override
    void close();
}
