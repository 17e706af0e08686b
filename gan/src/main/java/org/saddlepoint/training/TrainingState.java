package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.tensor.distributed.Ranks;

/** How far a training has come, how far it goes, and its sources of randomness. */
public final class TrainingState implements AutoCloseable {
    private final RandomStreams random;
    private final List<Rollback> rollbacks = new ArrayList<>();
    private Horizon horizon = Horizon.UNKNOWN;
    private OptionalDouble best = OptionalDouble.empty();
    private Ranks ranks = Ranks.ALONE;
    private long step;
    private long imagesSeen;

    /** The state before the first step, with randomness from this seed. */
    public TrainingState(long seed) {
        this(RandomStreams.of(seed));
    }

    /** The state before the first step, with this randomness, which it owns. */
    public TrainingState(RandomStreams random) {
        this.random = random;
    }

    /** The processes that train together; alone unless somebody says. */
    public Ranks ranks() {
        return ranks;
    }

    /** Says which processes train together. */
    public void ranks(Ranks value) {
        ranks = value;
    }

    /** Steps done. */
    public long step() {
        return step;
    }

    /** Real examples that the discriminator has seen. */
    public long imagesSeen() {
        return imagesSeen;
    }

    /** How far training goes; {@link Horizon#UNKNOWN} until somebody says. */
    public Horizon horizon() {
        return horizon;
    }

    /** Says how far training goes, for the schedules that depend on it. */
    public void horizon(Horizon value) {
        horizon = value;
    }

    /** Where everything random of this training comes from. */
    public RandomStreams random() {
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

    /** Counts one step that took this many real examples; for loops around a {@link TrainingStep} other than {@link Trainer}'s. */
    public void advance(int examples) {
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
        random.restore(saved.randomStates());
        restore(saved.step(), saved.images());
        rolledBack(saved.rollbacks());
        Double savedBest = saved.best();
        best = savedBest == null ? OptionalDouble.empty() : OptionalDouble.of(savedBest);
    }

    /** Goes on after these steps. */
    void restore(long savedStep, long savedImages) {
        step = savedStep;
        imagesSeen = savedImages;
    }

    /** Frees the generators of random numbers. */
    @Override
    public void close() {
        random.close();
    }
}
