package org.saddlepoint.schedule;

/** What a {@link Schedule} counts. */
public enum Unit {
    /** Steps of training: updates of the generator. */
    STEPS,
    /** Real examples that the discriminator has seen. */
    IMAGES,
    /** Whole passes through the data. */
    EPOCHS
}
