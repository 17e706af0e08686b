package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory that this process has had at once, Java's and libtorch's together. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");
    private static final double KIBIBYTES_A_GIBIBYTE = 1 << 20;

    private PeakMemory() {}

    /** In GiB; empty where the system does not tell, which Linux does. */
    static OptionalDouble gibibytes() {
        try {
            return of(Files.readString(STATUS));
        } catch (IOException e) {
            return OptionalDouble.empty(); // another system
        }
    }

    /** The same of this text of the kernel's. */
    static OptionalDouble of(String status) {
        Matcher peak = PEAK.matcher(status);
        return peak.find()
                ? OptionalDouble.of(Long.parseLong(peak.group(1)) / KIBIBYTES_A_GIBIBYTE)
                : OptionalDouble.empty();
    }
}
