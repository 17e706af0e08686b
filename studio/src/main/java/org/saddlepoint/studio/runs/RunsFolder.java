package org.saddlepoint.studio.runs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.server.RefusedException;

/**
 * The folder below which all runs are that the browser may see. Nothing outside of it is ever opened, whatever names and links
 * say. A run is called by its path from here, with {@code /} between names.
 */
public final class RunsFolder {
    /** The bin of deleted runs; names that begin with a dot are not listed. */
    static final String BIN = ".bin";

    /** Runs lie this deep at most: folders of comparisons hold runs. */
    static final int DEPTH = 3;

    /** No more runs than this are listed. */
    private static final int MOST = 20_000;

    private final Path root;

    /**
     * A folder of runs.
     *
     * @param root need not exist yet
     */
    public RunsFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Where it is. */
    public Path path() {
        return root;
    }

    /** What a run in this folder is called. */
    String name(RunFolder run) {
        return name(root, run.path());
    }

    /** A path from a folder to one inside, with {@code /} between names on every system. */
    static String name(Path folder, Path inside) {
        List<String> names = new ArrayList<>();
        folder.relativize(inside).forEach(name -> names.add(name.toString()));
        return String.join("/", names);
    }

    /** The names of all runs, in the order of their paths; none if there is no folder yet. */
    public List<String> names() {
        List<String> found = new ArrayList<>();
        real(root).ifPresent(real -> collect(real, real, "", DEPTH, found));
        Collections.sort(found);
        return found;
    }

    private static void collect(Path real, Path folder, String name, int depth, List<String> found) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String own = String.valueOf(entry.getFileName());
                if (own.startsWith(".") || found.size() >= MOST || !Files.isDirectory(entry) || !within(real, entry)) {
                    continue;
                }
                String path = name.isEmpty() ? own : name + "/" + own;
                if (Files.isRegularFile(entry.resolve("run.json"))) {
                    found.add(path);
                } else if (depth > 1 && !Files.isSymbolicLink(entry)) { // links may go round in circles
                    collect(real, entry, path, depth - 1, found);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return; // it is gone, or another user's
        }
    }

    private static boolean within(Path real, Path entry) {
        return !Files.isSymbolicLink(entry)
                || real(entry).filter(target -> target.startsWith(real)).isPresent();
    }

    /**
     * The run of a name.
     *
     * @throws RefusedException if there is none, or it is not in this folder
     */
    public RunFolder run(@Nullable String name) {
        Path folder = inside(name);
        if (!Files.isRegularFile(folder.resolve("run.json"))) {
            throw RefusedException.missing("there is no run " + name);
        }
        RunFolder run = RunFolder.open(folder);
        requireInside(run);
        return run;
    }

    /** Refuses a run whose parts lie elsewhere, or are pipes: readers of runs and of checkpoints follow links, and wait. */
    private void requireInside(RunFolder run) {
        List<Path> parts = new ArrayList<>(List.of(
                run.manifestFile(),
                run.recipeFile(),
                run.metricsFile(),
                run.evaluationsFile(),
                run.diagnosisFile(),
                run.clustersFile(),
                run.dataFilesFile(),
                run.bestCheckpoint()));
        run.checkpoints().forEach(checkpoint -> parts.add(checkpoint.path()));
        for (Path part : parts) {
            boolean linked = Files.isSymbolicLink(part) || Files.isSymbolicLink(part.getParent());
            if (linked && !contains(part)) {
                throw RefusedException.missing("a link in the run leads out of the folder of runs: " + part);
            }
            if (Files.exists(part) && !Files.isRegularFile(part) && !Files.isDirectory(part)) {
                throw RefusedException.missing(part + " is neither a file nor a folder"); // a pipe would not answer
            }
        }
    }

    /**
     * The path of a name, if it is an existing one below this folder.
     *
     * @throws RefusedException if not
     */
    private Path inside(@Nullable String name) {
        RefusedException missing = RefusedException.missing("there is no run " + name);
        if (name == null || name.isBlank() || name.contains("\\") || name.contains("\0")) {
            throw missing;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.startsWith(".")) {
                throw missing;
            }
        }
        try {
            Path folder = root.resolve(name).normalize();
            if (contains(folder) && !folder.equals(root)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw missing;
        }
        throw missing;
    }

    /** Whether a path exists and lies in this folder, also when all links are followed. */
    boolean contains(Path path) {
        Optional<Path> real = real(root);
        return path.normalize().startsWith(root)
                && real.isPresent()
                && real(path).filter(target -> target.startsWith(real.get())).isPresent();
    }

    /**
     * A regular file of a run that may be shown.
     *
     * @param largest the most bytes it may have
     * @return empty if there is none, it is larger, or it lies outside of this folder
     */
    public Optional<Path> file(Path file, long largest) {
        try {
            boolean shown = Files.isRegularFile(file) && contains(file) && Files.size(file) <= largest;
            return shown ? Optional.of(file) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
