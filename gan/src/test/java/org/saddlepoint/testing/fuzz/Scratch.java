package org.saddlepoint.testing.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where fuzzed files lie until the process ends. */
public final class Scratch {
    private Scratch() {}

    /** A new folder. */
    public static Path folder() {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of this name in a new folder. */
    public static Path file(String name) {
        Path file = folder().resolve(name);
        file.toFile().deleteOnExit();
        return file;
    }
}
