package org.saddlepoint.places;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to say where JavaCPP could not unpack or load a library; it passes over reasons such as a full disk. */
final class LoadingFailure {
    /** Of the system's loader (dlopen): the file, up to twice, before the reason. */
    private static final Pattern FILE = Pattern.compile("^(?:/[^:]*: )+");

    private static final Pattern NOT_RUNNABLE =
            Pattern.compile("failed to map segment|cannot enable executable|Operation not permitted");

    private LoadingFailure() {}

    static String message(Throwable error, Path folder) {
        return message(error, folder, freeMegabytes(folder));
    }

    /** @param free megabytes in the folder */
    static String message(Throwable error, Path folder, long free) {
        String reason = reason(error);
        if (MissingLibraries.isReason(reason)) {
            return MissingLibraries.message();
        }
        String advice;
        if (NOT_RUNNABLE.matcher(reason).find()) {
            advice = "nothing there may be run or loaded; " + Use.LIBRARIES.remedy();
        } else if (free < NativeLibraries.MEGABYTES) {
            advice = "the disk is full, " + free + " MB are free; " + Use.LIBRARIES.remedy();
        } else {
            advice =
                    "this system lacks what they need, or the files are damaged: delete the folders there that end in .jar,"
                            + " and try again";
        }
        return "cannot load the native libraries from " + folder + " (" + reason + "): " + advice;
    }

    /** The deepest message of the loader's. */
    private static String reason(Throwable error) {
        String reason = String.valueOf(error.getMessage());
        for (Optional<Throwable> each = cause(error); each.isPresent(); each = each.flatMap(LoadingFailure::cause)) {
            String message = each.get().getMessage();
            reason = message == null || message.isBlank() ? reason : message;
        }
        return FILE.matcher(reason).replaceFirst("");
    }

    private static Optional<Throwable> cause(Throwable error) {
        return Optional.ofNullable(error.getCause());
    }

    private static long freeMegabytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() / 1_000_000;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
