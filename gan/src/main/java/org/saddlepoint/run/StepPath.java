package org.saddlepoint.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Require;

/**
 * A file or folder of a run that belongs to one training step, such as a checkpoint or a sheet of samples.
 *
 * @param step the step after which it was written, at least 0
 * @param path where it is
 */
public record StepPath(long step, Path path) {
    private static final Pattern STEP = Pattern.compile("\\d{6,18}");

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
        return Require.atLeast(0, "step", step);
    }

    /** The entries of a folder whose names are a step and this suffix, by ascending step; none if it is no folder. */
    static List<StepPath> list(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.flatMap(entry -> {
                        String file =
                                Objects.requireNonNull(entry.getFileName()).toString();
                        String digits = file.endsWith(suffix) ? file.substring(0, file.length() - suffix.length()) : "";
                        return STEP.matcher(digits).matches()
                                ? Stream.of(new StepPath(Long.parseLong(digits), entry))
                                : Stream.empty();
                    })
                    .sorted(Comparator.comparingLong(StepPath::step))
                    .toList();
        } catch (IOException e) {
            throw new RunException("cannot list " + folder + ": " + IoReasons.of(e), e);
        }
    }
}
