package org.saddlepoint.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Objects;

/** Reasons for failures of the file system, in words: the messages of several exceptions hold the path alone. */
public final class IoReasons {
    /** What to say where the exception itself gives no reason; the file follows a colon. */
    private static final Map<Class<? extends FileSystemException>, String> REASONS = Map.of(
            AccessDeniedException.class, "permission denied",
            NoSuchFileException.class, "no such file or folder:",
            FileAlreadyExistsException.class, "a file is in the way:",
            NotDirectoryException.class, "not a folder:",
            DirectoryNotEmptyException.class, "the folder is not empty:");

    private IoReasons() {}

    /** The reason alone, in a few words without a line break. */
    public static String of(IOException exception) {
        if (exception instanceof FileSystemException failure) {
            return of(failure);
        }
        String message = exception.getMessage();
        if (message == null || message.isBlank()) {
            return exception.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse(message).strip();
        if (exception instanceof FileNotFoundException && line.endsWith(")") && line.contains(" (")) {
            return line.substring(line.lastIndexOf(" (") + 2, line.length() - 1); // "path (Permission denied)"
        }
        return line;
    }

    private static String of(FileSystemException failure) {
        String reason = failure.getReason();
        if (reason != null) {
            return reason.strip();
        }
        String known = REASONS.get(failure.getClass());
        if (known != null) {
            return known.endsWith(":") ? known + " " + failure.getFile() : known;
        }
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
