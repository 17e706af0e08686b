package org.saddlepoint.run;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * A file or folder of a run that belongs to one training step: a checkpoint or a sheet of samples.
 *
 * @param step the step after which it was written, at least 0
 * @param path where it is
 */
public record StepPath(long step, Path path) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if step is negative
     */
    public StepPath {
        requireStep(step);
        Objects.requireNonNull(path, "path");
    }

    /** The name of a step on disk, six digits or more, so that names sort as steps do up to a million. */
    static String name(long step) {
        return String.format(Locale.ROOT, "%06d", requireStep(step));
    }

    static long requireStep(long step) {
        if (step < 0) {
            throw new IllegalArgumentException("step must be at least 0 but was " + step);
        }
        return step;
    }
}
