package org.saddlepoint.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.saddlepoint.data.NoSuchDataException;

/**
 * What the user calls data, taken apart, such as {@code paired:A,B,test} into {@code paired:}, {@code A} and {@code B},
 * and {@code ,test}.
 *
 * @param scheme the word before the paths with its colon; empty for a folder or zip; all there is where no path follows
 * @param paths the paths, as they are written; empty for data that lies in no file, such as {@code digits}
 * @param part {@code ,train}, {@code ,test}, {@code ,unlabelled} or empty
 */
record DataSpec(String scheme, List<String> paths, String part) {
    static final String TRAIN = ",train";
    static final String TEST = ",test";
    static final String UNLABELLED = ",unlabelled";

    /** The schemes whose argument is paths. */
    private static final List<Grammar> GRAMMARS = List.of(
            new Grammar("idx:", 1, 2, List.of()),
            new Grammar("cifar10:", 1, 1, List.of(TEST)),
            new Grammar("cifar100:", 1, 1, List.of(TEST)),
            new Grammar("stl10:", 1, 1, List.of(TEST, UNLABELLED)),
            new Grammar("lmdb:", 1, 1, List.of()),
            new Grammar("lsun:", 1, 1, List.of()),
            new Grammar("csv:", 1, 1, List.of()),
            new Grammar(PairSources.PAIRED, 2, 2, List.of(TRAIN, TEST)),
            new Grammar(PairSources.UNPAIRED, 2, 2, List.of(TRAIN, TEST)),
            new Grammar(PairSources.SIDE_BY_SIDE, 1, 1, List.of(TRAIN, TEST)),
            new Grammar(PairSources.COLORIZE, 1, 1, List.of(TRAIN, TEST)));

    /**
     * What a scheme takes.
     *
     * @param fewest paths
     * @param most paths, 1 or 2
     * @param parts suffixes that select a part
     */
    private record Grammar(String scheme, int fewest, int most, List<String> parts) {}

    DataSpec {
        paths = List.copyOf(paths);
    }

    /**
     * Takes {@code spec} apart. A comma may be part of a name, if what is meant is there; where nothing is there, a
     * part and several paths are preferred.
     *
     * @throws NoSuchDataException when a scheme needs two paths and has one
     */
    static DataSpec of(String spec) {
        return of(spec, UnaryOperator.identity());
    }

    /**
     * As {@link #of(String)}, with each path replaced.
     *
     * @param place gives the path to look for in place of one that is written
     */
    static DataSpec of(String spec, UnaryOperator<String> place) {
        List<DataSpec> readings = readings(spec).stream()
                .map(reading -> new DataSpec(
                        reading.scheme, reading.paths.stream().map(place).toList(), reading.part))
                .toList();
        return readings.stream()
                .filter(reading -> reading.existing() == reading.paths.size())
                .findFirst()
                .orElseGet(() -> readings.stream()
                        .max(Comparator.comparingLong(DataSpec::existing)
                                .thenComparing(DataSpec::isAbsolute)
                                .thenComparingInt(readings::indexOf))
                        .orElseThrow());
    }

    private static List<DataSpec> readings(String spec) {
        if (DataSources.isWithoutPaths(spec)) {
            String part =
                    Stream.of(TRAIN, TEST).filter(spec::endsWith).findFirst().orElse("");
            return List.of(new DataSpec(spec.substring(0, spec.length() - part.length()), List.of(), part));
        }
        Grammar grammar = GRAMMARS.stream()
                .filter(each -> spec.startsWith(each.scheme))
                .findFirst()
                .orElse(new Grammar("", 1, 1, List.of()));
        String argument = spec.substring(grammar.scheme.length());
        List<DataSpec> readings = new ArrayList<>();
        addReadings(readings, grammar, argument, "");
        grammar.parts.stream()
                .filter(argument::endsWith)
                .forEach(part ->
                        addReadings(readings, grammar, argument.substring(0, argument.length() - part.length()), part));
        if (readings.isEmpty()) {
            throw new NoSuchDataException(grammar.scheme + " was given \"" + argument
                    + "\"; expected two folders or zips, such as " + grammar.scheme
                    + "A,B, and behind them ,train or ,test for a part");
        }
        return readings;
    }

    private static void addReadings(List<DataSpec> readings, Grammar grammar, String paths, String part) {
        if (grammar.fewest == 1) {
            readings.add(new DataSpec(grammar.scheme, List.of(paths), part));
        }
        for (int comma = paths.indexOf(','); grammar.most == 2 && comma >= 0; comma = paths.indexOf(',', comma + 1)) {
            List<String> two = List.of(paths.substring(0, comma), paths.substring(comma + 1));
            if (grammar.fewest == 1 || two.stream().noneMatch(String::isBlank)) {
                readings.add(new DataSpec(grammar.scheme, two, part));
            }
        }
    }

    private long existing() {
        return paths.stream().filter(DataSources::exists).count();
    }

    private boolean isAbsolute() {
        return paths.stream()
                .allMatch(path -> parsed(path).filter(Path::isAbsolute).isPresent());
    }

    /** Empty where the system has no such paths. */
    private static Optional<Path> parsed(String path) {
        try {
            return Optional.of(Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Whether a file or folder is certainly not there. One that cannot be looked at may be there. */
    boolean isAbsent() {
        return paths.stream()
                .anyMatch(path ->
                        parsed(path).filter(each -> !Files.notExists(each)).isEmpty());
    }

    /** As it is written. */
    String text() {
        return scheme + String.join(",", paths) + part;
    }

    /** The paths as they are found from any working directory. */
    DataSpec absolute() {
        return new DataSpec(scheme, paths.stream().map(DataSpec::absolute).toList(), part);
    }

    private static String absolute(String path) {
        return parsed(path).map(DataSpec::absolute).map(Path::toString).orElse(path);
    }

    /** Without {@code .} and {@code ..}, unless that would lead elsewhere through a link. */
    private static Path absolute(Path path) {
        Path absolute = path.toAbsolutePath();
        Path plain = absolute.normalize();
        try {
            return absolute.equals(plain) || Files.isSameFile(absolute, plain) ? plain : absolute.toRealPath();
        } catch (IOException e) {
            return plain;
        }
    }

    /** The paths as they are found from a folder, with forward slashes; absolute where there is no way, as between drives. */
    List<String> from(Path folder) {
        Path base = folder.toAbsolutePath().normalize();
        return paths.stream()
                .map(path ->
                        parsed(path).map(each -> relative(base, absolute(each))).orElse(path))
                .toList();
    }

    /**
     * What {@code spec} says with paths that are seen from a folder in place of its own.
     *
     * @param fromFolder end in the names that those of {@code spec} end in, by which the right ones are found in it
     */
    static Optional<DataSpec> of(String spec, Path folder, List<String> fromFolder) {
        return readings(spec).stream()
                .filter(reading -> reading.paths.size() == fromFolder.size()
                        && IntStream.range(0, fromFolder.size())
                                .allMatch(i -> endAlike(reading.paths.get(i), fromFolder.get(i))))
                .findFirst()
                .map(reading -> new DataSpec(
                        reading.scheme,
                        fromFolder.stream()
                                .map(path -> parsed(path)
                                        .map(each ->
                                                folder.resolve(each).normalize().toString())
                                        .orElse(path))
                                .toList(),
                        reading.part));
    }

    private static String relative(Path base, Path path) {
        try {
            return base.relativize(path).toString().replace('\\', '/');
        } catch (IllegalArgumentException e) {
            return path.toString();
        }
    }

    /** A folder around that of the run has no name as seen from there. */
    private static boolean endAlike(String path, String seen) {
        return seen.isEmpty() || seen.endsWith("..") || name(path).equals(name(seen));
    }

    private static Optional<Path> name(String path) {
        return parsed(path).map(Path::getFileName);
    }
}
