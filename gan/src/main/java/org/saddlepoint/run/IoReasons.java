package org.saddlepoint.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Says in words why the file system refused, since the messages of several exceptions hold the path alone. */
public final class IoReasons {
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
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder: " + failure.getFile();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file is in the way: " + failure.getFile();
        }
        if (failure instanceof NotDirectoryException) {
            return "not a folder: " + failure.getFile();
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "the folder is not empty: " + failure.getFile();
        }
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
