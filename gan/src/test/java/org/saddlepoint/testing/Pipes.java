package org.saddlepoint.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Named pipes, whose readers wait until somebody writes. */
public final class Pipes {
    private Pipes() {}

    /** Makes one; where the system has none, the test says so and is skipped. */
    public static Path make(Path path) {
        try {
            int code = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
            Assumptions.assumeTrue(code == 0, "mkfifo made no pipe");
        } catch (IOException e) {
            Assumptions.abort("there is no mkfifo here");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return path;
    }
}
