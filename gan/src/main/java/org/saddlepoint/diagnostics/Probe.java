package org.saddlepoint.diagnostics;

import java.util.Map;
import org.saddlepoint.training.TrainingState;

/**
 * Measures signals of a training, on the training thread, between two steps.
 *
 * <ul>
 *   <li>It changes nothing: weights, running statistics, modes and random streams are what they were.
 *   <li>It leaves no tensor behind until it is closed.
 * </ul>
 */
public interface Probe extends AutoCloseable {
    /** The next step's gradients are wanted. */
    void arm();

    /** What can be measured now. */
    Map<Signal, Double> measure(TrainingState state);

    @Override
    void close();
}
