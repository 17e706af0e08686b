package org.saddlepoint.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reasons for failures of the file system, in words: the messages of several exceptions hold the path alone. */
public final class IoReasons {
    /** What to say where the exception itself gives no reason; the file follows. */
    private static final Map<Class<? extends FileSystemException>, String> REASONS = Map.of(
            NoSuchFileException.class, "no such file or folder",
            FileAlreadyExistsException.class, "a file is in the way",
            NotDirectoryException.class, "not a folder",
            DirectoryNotEmptyException.class, "the folder is not empty");

    /** The messages of {@code java.io}: {@code path (Permission denied)}. */
    private static final Pattern WITH_PATH = Pattern.compile("(?<path>.*) \\((?<reason>[^()]*)\\)");

    /** On Unix and on Windows. */
    private static final Pattern DENIED = Pattern.compile("Permission denied|Access is denied");

    /** What to do where a name has letters that the locale's charset lacks. */
    public static final String OF_LOCALE =
            "it has letters that are not in the charset of this locale, " + System.getProperty("sun.jnu.encoding")
                    + "; start through the launcher saddlepoint, or set LC_ALL=C.UTF-8";

    /** Of the JDK, for names that the charset cannot spell. */
    private static final String UNMAPPABLE = "unmappable characters";

    private IoReasons() {}

    /**
     * The reason alone, in a few words without a line break. Where permission was denied it names the user, and the file or
     * folder with its owner and permissions.
     */
    public static String of(IOException exception) {
        return of(exception, false);
    }

    /** The same for a message that names the file already: files that were refused alike have the same reason. */
    public static String ofNamed(IOException exception) {
        return of(exception, true);
    }

    private static String of(IOException exception, boolean named) {
        if (exception instanceof FileSystemException failure) {
            return of(failure, named);
        }
        String message = exception.getMessage();
        if (message == null || message.isBlank()) {
            return exception.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse(message).strip();
        Matcher known = WITH_PATH.matcher(line);
        if (!(exception instanceof FileNotFoundException) || !known.matches()) {
            return line;
        }
        String reason = known.group("reason");
        return DENIED.matcher(reason).matches() ? Denial.of(known.group("path"), named) : reason;
    }

    /** Why a text is no path, in words. */
    public static String of(InvalidPathException exception) {
        return exception.getReason().contains(UNMAPPABLE) ? OF_LOCALE : exception.getReason();
    }

    private static String of(FileSystemException failure, boolean named) {
        String reason = failure.getReason();
        if (reason != null) {
            return reason.strip();
        }
        String file = failure.getFile();
        if (failure instanceof AccessDeniedException && file != null) {
            return Denial.of(file, named);
        }
        String known = REASONS.get(failure.getClass());
        if (known != null) {
            return known + ": " + file;
        }
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
