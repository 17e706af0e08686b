package org.saddlepoint.places;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What to say where the class path has no native libraries for this system: the dependency to add. */
final class MissingLibraries {
    /** Systems that libtorch is published for, as classifiers of its artifacts. */
    private static final List<String> PUBLISHED = List.of("linux-x86_64", "macosx-arm64", "windows-x86_64");

    /** Of the loader, after it found or could unpack no such file. */
    private static final Pattern NOT_FOUND =
            Pattern.compile("(no|Could not find) (jni\\w+) in (java\\.library\\.path|class).*", Pattern.DOTALL);

    private MissingLibraries() {}

    /** Whether a library could not be loaded since it is not there; a full disk has the same words. */
    static boolean isReason(String reason) {
        Matcher words = NOT_FOUND.matcher(reason);
        return words.matches() && !isOnClassPath(System.mapLibraryName(words.group(2)));
    }

    private static boolean isOnClassPath(String file) {
        String system = system(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        return Stream.of("javacpp", "openblas", "pytorch", "leptonica")
                .flatMap(library -> Stream.of("", "-gpu")
                        .map(variant -> "/org/bytedeco/" + library + "/" + system + variant + "/" + file))
                .anyMatch(path -> MissingLibraries.class.getResource(path) != null);
    }

    /** One line for this system. */
    static String message() {
        return message(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /**
     * One line for a system.
     *
     * @param os as Java names it, such as {@code Mac OS X}
     * @param arch as Java names it, such as {@code aarch64}
     */
    static String message(String os, String arch) {
        String system = system(os, arch);
        return PUBLISHED.contains(system)
                ? "the class path has no native libraries for this system, " + system
                        + "; add the dependency org.saddlepoint:saddlepoint-natives (type pom), or org.bytedeco:pytorch, openblas,"
                        + " javacpp and leptonica with the classifier " + system
                : "there are no native libraries for this system, " + system + "; use one of "
                        + String.join(", ", PUBLISHED) + ", or a container of these";
    }

    /** The classifier of a system. */
    static String system(String os, String arch) {
        String name = os.toLowerCase(Locale.ROOT);
        String family = name.startsWith("mac") ? "macosx" : name.startsWith("windows") ? "windows" : name;
        return family + "-"
                + switch (arch) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "arm64";
                    default -> arch;
                };
    }
}
