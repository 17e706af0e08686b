package org.saddlepoint.training;

import org.saddlepoint.tensor.RandomGenerator;

/** How far a training has come, and its source of randomness: latents, dropout, initial weights. */
public final class TrainingState implements AutoCloseable {
    private final RandomGenerator random;
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

    /** Counts one step that took this many real examples. */
    void advance(int examples) {
        step++;
        imagesSeen += examples;
    }

    /** Goes on where a checkpoint was taken. */
    void restore(long savedStep, long savedImages, byte[] randomState) {
        step = savedStep;
        imagesSeen = savedImages;
        random.restore(randomState);
    }

    /** Frees the generator of random numbers. */
    @Override
    public void close() {
        random.close();
    }
}
