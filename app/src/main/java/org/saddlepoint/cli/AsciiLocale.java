package org.saddlepoint.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.saddlepoint.input.IoReasons;

/**
 * What to do in a locale whose charset is ASCII, as in containers and cron without {@code LANG}. The launcher sets another;
 * this is for {@code java} without it.
 */
final class AsciiLocale {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private AsciiLocale() {}

    /** Whether the charset of names, arguments and the terminal is ASCII. */
    static boolean isHere() {
        return Charset.forName(System.getProperty("native.encoding", "UTF-8")).equals(StandardCharsets.US_ASCII);
    }

    /** Prints UTF-8, which is what terminals show: Java would print a "?" for each other letter. */
    static void printUtf8() {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    /** What to say of an argument that Java could not read: it has a "?" or U+FFFD for each byte beyond ASCII. */
    static Optional<String> objection(String... arguments) {
        return hasOtherLetters()
                ? Arrays.stream(arguments)
                        .filter(argument -> argument.indexOf('?') >= 0 || argument.indexOf('\uFFFD') >= 0)
                        .findFirst()
                        .map(argument -> "the argument \"" + argument + "\" cannot be read: " + IoReasons.OF_LOCALE)
                : Optional.empty();
    }

    private static boolean hasOtherLetters() {
        try {
            for (byte letter : Files.readAllBytes(COMMAND_LINE)) {
                if (letter < 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // not Linux; elsewhere the charset of names is not the locale's
        }
    }
}
