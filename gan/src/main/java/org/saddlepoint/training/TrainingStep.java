package org.saddlepoint.training;

import java.util.Map;
import java.util.Set;
import org.saddlepoint.data.Batch;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.distributed.Ranks;

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

    /**
     * Trains with other processes from now on, which share each batch: gradients, what schedules watch and what is kept between
     * updates are means over all of it.
     */
    void join(Ranks ranks);

    /**
     * What of {@link #parts} each of several processes has of its own: {@code part/} for a whole part, {@code part/name} for one
     * tensor. All else is the same on all of them.
     */
    default Set<String> ofRank() {
        return Set.of();
    }

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
