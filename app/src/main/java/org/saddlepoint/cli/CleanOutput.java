package org.saddlepoint.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps standard output to this program alone: Gloo prints lines of its own on it, in native code, between those that programs read.
 */
final class CleanOutput {
    private static boolean kept;

    private CleanOutput() {}

    /**
     * From now on Java writes through another descriptor of the same output, and what native code writes goes nowhere. Not where the
     * output is a file: opened again, that would be written from its own place, over or under what other programs write to it.
     */
    static synchronized void keep() {
        Path output = Path.of("/proc/self/fd/1");
        if (kept || !Files.exists(output) || Files.isRegularFile(output)) {
            return;
        }
        try {
            PrintStream own = new PrintStream(
                    new FileOutputStream(output.toFile(), true),
                    true,
                    AsciiLocale.isHere()
                            ? "UTF-8"
                            : System.getProperty(
                                    "sun.stdout.encoding",
                                    Charset.defaultCharset().name()));
            System.out.flush();
            System.setOut(own);
            // Java does not close the standard descriptors but points them to nowhere.
            new FileOutputStream(FileDescriptor.out).close();
            kept = true;
        } catch (IOException e) {
            // an output that cannot be opened again, such as a socket: then the lines stay
        }
    }
}
