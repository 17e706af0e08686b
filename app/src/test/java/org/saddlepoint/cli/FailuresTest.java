package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static void says(Throwable failure, int code, String message) {
        StringWriter out = new StringWriter();
        assertThat(Failures.report(failure, new PrintWriter(out), false)).isEqualTo(code);
        assertThat(out.toString()).isEqualToNormalizingNewlines("saddlepoint: " + message + "\n");
    }

    @Test
    void whatTheFileSystemRefusesIsNoUnexpectedFailure() {
        says(
                new UncheckedIOException(new FileSystemException("a", null, "Read-only file system")),
                Failures.FAILED,
                "Read-only file system");
        says(
                new InvalidPathException("a\0b", "Nul character not allowed"),
                Failures.USAGE,
                "\"a b\" is no path: Nul character not allowed");
    }

    @Test
    void anErrorOfTheProgramIsOneLineAndAsksForAReport() {
        says(
                new NoClassDefFoundError("x"),
                Failures.FAILED,
                "unexpected failure: java.lang.NoClassDefFoundError: x\n"
                        + "Run it again with --stacktrace and report what it shows.");
    }
}
