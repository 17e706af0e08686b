package org.saddlepoint.places;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.saddlepoint.input.IoReasons;

/**
 * Decides where a process keeps what it can make again, in this order:
 *
 * <ol>
 *   <li>{@code $SADDLEPOINT_CACHE}
 *   <li>{@code $XDG_CACHE_HOME/saddlepoint}
 *   <li>{@code $HOME/.cache/saddlepoint}
 *   <li>{@code .cache/saddlepoint} in Java's {@code user.home}
 *   <li>{@code saddlepoint-USER} in Java's {@code java.io.tmpdir}, with a remark
 * </ol>
 *
 * <p>The first two were chosen by somebody: if they cannot be used, that is an error. A home that cannot be used is passed
 * over. Native libraries are in the folder {@code native} below; but a folder that JavaCPP filled with them before ({@code
 * ~/.javacpp/cache}) goes on to serve unless {@code SADDLEPOINT_CACHE} is set, and JavaCPP's own property {@value
 * #JAVACPP} comes before all.
 */
public final class CacheFolders {
    /** The environment variable that moves everything. */
    public static final String VARIABLE = "SADDLEPOINT_CACHE";

    /** Where JavaCPP unpacks native libraries. */
    static final String JAVACPP = "org.bytedeco.javacpp.cachedir";

    private static final String OTHER_JAVACPP = "org.bytedeco.javacpp.cacheDir";
    private static final String HOME = "user.home";
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final String XDG = "XDG_CACHE_HOME";

    private final Map<String, String> environment;
    private final Map<String, String> properties;

    /**
     * For tests.
     *
     * @param environment variables by name
     * @param properties system properties by name
     */
    CacheFolders(Map<String, String> environment, Map<String, String> properties) {
        this.environment = environment;
        this.properties = properties;
    }

    /** Those of this process. */
    public static CacheFolders ofProcess() {
        Map<String, String> properties = new HashMap<>();
        for (String name : List.of(JAVACPP, OTHER_JAVACPP, TEMPORARY)) {
            Optional.ofNullable(System.getProperty(name)).ifPresent(value -> properties.put(name, value));
        }
        properties.put(HOME, UserHome.found());
        return new CacheFolders(System.getenv(), properties);
    }

    /**
     * The folder for small files.
     *
     * @throws PlaceException if the chosen one cannot be used, or none can
     */
    public Place files() {
        return first(Use.FILES);
    }

    /**
     * The folder for native libraries.
     *
     * @throws PlaceException if the chosen one cannot be used, or none can
     */
    public Place nativeLibraries() {
        Use use = Use.LIBRARIES;
        Optional<String> own = property(JAVACPP).or(() -> property(OTHER_JAVACPP));
        if (own.isPresent()) {
            return use.require(
                    path(JAVACPP, own.get()), "the property " + JAVACPP, "give it another folder, or leave it out");
        }
        if (variable(VARIABLE).isEmpty()) {
            for (Path home : homes()) {
                Path filled = home.resolve(".javacpp").resolve("cache");
                if (holdsLibraries(filled) && use.refusal(filled).isEmpty()) {
                    return new Place(filled, "");
                }
            }
        }
        return first(use);
    }

    /** A folder of this user's alone in that for temporary files. */
    Path temporary() throws IOException {
        return TemporaryFolder.ofUser(everybody());
    }

    private Path everybody() {
        return Path.of(property(TEMPORARY).orElse("/tmp"));
    }

    private Place first(Use use) {
        Optional<Path> chosen = variable(VARIABLE).map(folder -> path(VARIABLE, folder));
        if (chosen.isPresent()) {
            return use.require(use.below(chosen.get()), VARIABLE);
        }
        Optional<Path> general = variable(XDG)
                .filter(folder -> parsed(XDG, folder).isAbsolute()) // others are to be ignored, says its specification
                .map(folder -> path(XDG, folder));
        if (general.isPresent()) {
            return use.require(use.below(general.get().resolve("saddlepoint")), XDG);
        }
        List<String> refusals = new ArrayList<>();
        for (Path home : homes()) {
            Path folder = use.below(home.resolve(".cache").resolve("saddlepoint"));
            Optional<String> refusal = use.refusal(folder);
            if (refusal.isEmpty()) {
                return new Place(folder, "");
            }
            refusals.add(folder + " cannot be used (" + refusal.get() + ")");
        }
        if (refusals.isEmpty()) {
            refusals.add(variable("HOME")
                    .map(home -> "HOME=" + home + " is no folder")
                    .orElse("HOME is not set"));
        }
        return lastResort(use, String.join(" and ", refusals));
    }

    private Place lastResort(Use use, String why) {
        try {
            Path folder = use.below(temporary());
            Optional<String> refusal = use.refusal(folder);
            if (refusal.isEmpty()) {
                return new Place(
                        folder,
                        use.what() + " are kept in " + folder + ", since " + why + "; set " + VARIABLE
                                + " to a folder that stays");
            }
            throw use.failure("there is no place for " + use.what() + ": " + why + ", and " + folder
                    + " cannot be used (" + refusal.get() + ")");
        } catch (IOException e) {
            throw use.failure("there is no place for " + use.what() + ": " + why + ", and " + everybody()
                    + " cannot be used (" + IoReasons.of(e) + ")");
        }
    }

    /** Real folders only: Java calls the home of an unknown user "?". */
    private Set<Path> homes() {
        Set<Path> homes = new LinkedHashSet<>();
        Stream.of(variable("HOME"), property(HOME))
                .flatMap(Optional::stream)
                .flatMap(home -> realFolder(home).stream())
                .forEach(homes::add);
        return homes;
    }

    /** This folder, if it is one and its path is absolute. */
    static Optional<Path> realFolder(String name) {
        try {
            return Optional.of(Path.of(name)).filter(path -> path.isAbsolute() && Files.isDirectory(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean holdsLibraries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(
                    entry -> String.valueOf(entry.getFileName()).startsWith("pytorch-") && Files.isDirectory(entry));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path path(String origin, String folder) {
        return parsed(origin, folder).toAbsolutePath();
    }

    private static Path parsed(String origin, String folder) {
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw new PlaceException(origin + " is \"" + folder + "\", which is no path: " + IoReasons.of(e), e);
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name)).filter(value -> !value.isBlank());
    }
}
