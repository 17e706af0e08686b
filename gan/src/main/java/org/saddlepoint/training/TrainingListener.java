package org.saddlepoint.training;

/**
 * Is told how a training goes, on the training thread. Listeners only listen: they cannot change the mathematics, and
 * never draw from the training's randomness.
 */
public interface TrainingListener {
    /** The loop is about to begin, after {@code state.step()} steps that an earlier process did. */
    default void onStart(TrainingState state) {}

    /** A step is done; {@code state} counts it already. */
    default void onStep(TrainingState state, StepReport report) {}

    /** The loop failed; it is rethrown after all listeners heard of it. */
    default void onFailure(TrainingState state, RuntimeException failure) {}

    /** The loop ended by itself or by request. */
    default void onEnd(TrainingState state) {}
}
