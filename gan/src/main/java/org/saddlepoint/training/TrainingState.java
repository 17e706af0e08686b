package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.tensor.RandomGenerator;

/** How far a training has come, and its source of randomness: latents, dropout, initial weights. */
public final class TrainingState implements AutoCloseable {
    private final RandomGenerator random;
    private final List<Rollback> rollbacks = new ArrayList<>();
    private OptionalDouble best = OptionalDouble.empty();
    private long step;
    private long imagesSeen;

    /** The state before the first step, with randomness from this seed. */
    public TrainingState(long seed) {
        random = new RandomGenerator(seed);
    }

    /** Steps done. */
    public long step() {
        return step;
    }

    /** Real examples that the discriminator has seen. */
    public long imagesSeen() {
        return imagesSeen;
    }

    /** Where everything random of this training comes from. */
    public RandomGenerator random() {
        return random;
    }

    /** The best evaluation so far; empty before the first. */
    public OptionalDouble best() {
        return best;
    }

    /** Notes the best evaluation so far, or that there is none. */
    public void best(OptionalDouble value) {
        best = value;
    }

    /** Returns to earlier checkpoints after training diverged, the first one first. */
    public List<Rollback> rollbacks() {
        return List.copyOf(rollbacks);
    }

    /** What all learning rates are multiplied by beside their schedule: 1, or less after a {@link Rollback}. */
    public double learningRateFactor() {
        return rollbacks.isEmpty() ? 1 : rollbacks.get(rollbacks.size() - 1).learningRateFactor();
    }

    /** Counts one step that took this many real examples. */
    void advance(int examples) {
        step++;
        imagesSeen += examples;
    }

    /** Goes on with lower learning rates, after a checkpoint was restored. */
    void rolledBack(List<Rollback> all) {
        rollbacks.clear();
        rollbacks.addAll(all);
    }

    /** Goes on where a checkpoint was taken. */
    void restore(CheckpointState saved) {
        restore(saved.step(), saved.images(), saved.random());
        rolledBack(saved.rollbacks());
        Double savedBest = saved.best();
        best = savedBest == null ? OptionalDouble.empty() : OptionalDouble.of(savedBest);
    }

    /** Goes on after these steps. */
    void restore(long savedStep, long savedImages, byte[] randomState) {
        random.restore(randomState);
        step = savedStep;
        imagesSeen = savedImages;
    }

    /** Frees the generator of random numbers. */
    @Override
    public void close() {
        random.close();
    }
}
