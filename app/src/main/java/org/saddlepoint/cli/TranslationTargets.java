package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.saddlepoint.data.images.PictureFiles;

/**
 * Where translated pictures go: they keep their names, with the ending .png; where two would meet, all keep their own
 * ending before it. No source is ever overwritten, and what lies in the folder for the results is none.
 */
final class TranslationTargets {
    private static final String PNG = ".png";
    private static final List<String> OTHER_ENDINGS =
            List.of(".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff");

    /**
     * One picture to translate.
     *
     * @param index in the pictures that were found
     * @param name theirs
     * @param file where it goes
     */
    record Target(int index, String name, Path file) {}

    private final PictureFiles pictures;
    private final Path input;
    private final Path output;

    TranslationTargets(PictureFiles pictures, Path input, Path output) {
        this.pictures = pictures;
        this.input = input;
        this.output = output;
    }

    /** @throws UsageException if the two do not go together, or a source would be overwritten */
    List<Target> all() {
        List<Target> targets = hasEnding(List.of(PNG)) ? single() : many();
        for (Target target : targets) {
            Optional<Path> source = pictures.location(target.index());
            if (source.isPresent() && source.equals(real(target.file()))) {
                throw new UsageException(
                        target.file() + " would be written over the picture it is made of; give another OUT");
            }
        }
        return targets;
    }

    private boolean hasEnding(List<String> endings) {
        String name = output.toString().toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(name::endsWith) && !Files.isDirectory(output);
    }

    private List<Target> single() {
        if (pictures.names().size() > 1) {
            throw new UsageException("there are " + pictures.names().size() + " pictures in " + input + " but OUT is "
                    + output + "; give a folder");
        }
        return List.of(new Target(0, pictures.names().get(0), output));
    }

    private List<Target> many() {
        if (Files.isRegularFile(output) || hasEnding(OTHER_ENDINGS)) {
            throw new UsageException("pictures are written as PNG but OUT is " + output + "; give a .png, or a folder");
        }
        List<Integer> sources = sources();
        Map<String, Long> stems = sources.stream().collect(Collectors.groupingBy(this::stem, Collectors.counting()));
        List<Target> targets = targets(sources, index -> stems.getOrDefault(stem(index), 1L) > 1);
        if (meet(targets)) { // a.jpg, a.png, a.jpg.png
            targets = targets(sources, index -> true);
        }
        return meet(targets) ? numbered(targets) : targets;
    }

    private static boolean meet(List<Target> targets) {
        return targets.stream().map(Target::file).distinct().count() < targets.size();
    }

    /** Two pictures can have the same name, where accents are written in two ways, or in no known encoding. */
    private static List<Target> numbered(List<Target> targets) {
        Map<Path, Integer> before = new HashMap<>();
        return targets.stream()
                .map(target -> {
                    int number = before.merge(target.file(), 1, Integer::sum);
                    String file = target.file().toString();
                    String base = file.substring(0, file.length() - PNG.length());
                    return number == 1
                            ? target
                            : new Target(target.index(), target.name(), Path.of(base + "-" + number + PNG));
                })
                .toList();
    }

    private List<Target> targets(List<Integer> sources, IntPredicate keepsEnding) {
        return sources.stream()
                .map(index -> {
                    String name = pictures.names().get(index);
                    Path file = output.resolve((keepsEnding.test(index) ? name : stem(index)) + PNG);
                    requireInside(file);
                    return new Target(index, name, file);
                })
                .toList();
    }

    /** All but those in a folder for the results that lies in that of the pictures. */
    private List<Integer> sources() {
        List<Integer> all = IntStream.range(0, pictures.names().size()).boxed().toList();
        Optional<Path> from = real(input);
        Optional<Path> to = real(output);
        if (!Files.isDirectory(input)
                || from.isEmpty()
                || to.isEmpty()
                || !to.get().startsWith(from.get())) {
            return all;
        }
        if (to.equals(from)) {
            throw new UsageException("OUT is the folder of the pictures themselves, " + output + "; give another");
        }
        List<Integer> outside = all.stream()
                .filter(index -> pictures.location(index)
                        .filter(location -> location.startsWith(to.get()))
                        .isEmpty())
                .toList();
        if (outside.isEmpty()) {
            throw new UsageException("all pictures in " + input + " lie in OUT, " + output + "; give another folder");
        }
        return outside;
    }

    private String stem(int index) {
        String name = pictures.names().get(index);
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    /** A zip may hold names that lead elsewhere. */
    private void requireInside(Path target) {
        if (!target.normalize().startsWith(output.normalize())) {
            throw new UsageException(input + " holds a picture whose name leads out of " + output + ", to "
                    + target.normalize() + "; rename it");
        }
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty(); // it is not there yet
        }
    }
}
