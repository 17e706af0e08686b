package org.saddlepoint.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Files whose names are bytes in no encoding that Java writes. */
public final class RawNames {
    private RawNames() {}

    /**
     * Writes a file by the shell; where the disk refuses such names, as on macOS, the test says so and is skipped.
     *
     * @param folder an existing folder
     * @param name its name, with bytes as {@code \351} for {@code printf}; folders in it are made
     */
    public static void write(Path folder, String name, byte[] content) {
        try {
            Path source = Files.write(Files.createTempFile("raw", ".bin"), content);
            String script = "name=$(printf \"$2\"); mkdir -p \"$(dirname \"$name\")\" && cp \"$1\" \"$name\"";
            int code = new ProcessBuilder("sh", "-c", script, "sh", source.toString(), name)
                    .directory(folder.toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
            Files.delete(source);
            Assumptions.assumeTrue(code == 0, "the disk does not take names that are no UTF-8");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
