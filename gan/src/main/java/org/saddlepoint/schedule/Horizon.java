package org.saddlepoint.schedule;

import org.saddlepoint.input.Require;

/**
 * The planned length of a training.
 *
 * @param steps steps in all, >= 0; 0 where that is unknown
 * @param imagesPerStep real examples that a step takes, >= 1
 * @param examples how many the data has, >= 1
 */
public record Horizon(long steps, long imagesPerStep, long examples) {
    /** The horizon of a training whose length is unknown. */
    public static final Horizon UNKNOWN = new Horizon(0, 1, 1);

    public Horizon {
        Require.atLeast(0, "steps", steps);
        Require.atLeast(1, "imagesPerStep", imagesPerStep);
        Require.atLeast(1, "examples", examples);
    }

    /** The length of the training in this unit. */
    long end(Unit unit) {
        return switch (unit) {
            case STEPS -> steps;
            case IMAGES -> steps * imagesPerStep;
            case EPOCHS -> steps * imagesPerStep / examples;
        };
    }
}
