package org.saddlepoint.studio.runs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.saddlepoint.studio.server.RefusedException;

/**
 * The bin of a folder of runs. A run in it is called by its former name and the time of its deletion, and lies in folders like
 * those where it was: {@code .bin/comparison/run-1@20260101-120000000}.
 */
final class RunBin {
    private static final Pattern BINNED = Pattern.compile("[^/\\\\]+@\\d{8}-\\d{9}");

    private final RunsFolder folder;
    private final Path bin;

    RunBin(RunsFolder folder) {
        this.folder = folder;
        this.bin = folder.path().resolve(RunsFolder.BIN);
    }

    /** Moves a run into the bin under this name. */
    void take(Path run, String binned) throws IOException {
        Path target = bin.resolve(binned);
        Path parent = target.resolveSibling("");
        Files.createDirectories(parent);
        if (!folder.contains(bin) || !folder.contains(parent)) {
            throw RefusedException.conflict("the bin is a link that leads elsewhere");
        }
        Files.move(run, target);
    }

    /** What is in it, the newest first. */
    List<String> names() {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(bin) && folder.contains(bin)) {
            collect(bin, RunsFolder.DEPTH, found);
        }
        return found.stream()
                .map(path -> RunsFolder.name(bin, path))
                .sorted(Comparator.comparing(RunBin::stamp).reversed())
                .toList();
    }

    private static void collect(Path in, int depth, List<Path> found) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(in)) {
            for (Path entry : entries) {
                if (BINNED.matcher(String.valueOf(entry.getFileName())).matches()) {
                    found.add(entry);
                } else if (depth > 1 && Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) {
                    collect(entry, depth - 1, found);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return; // it is gone, or another user's
        }
    }

    private static String stamp(String binned) {
        return binned.substring(binned.lastIndexOf('@'));
    }

    /**
     * Moves a run back to where it was.
     *
     * @param name without the time of its deletion
     * @throws RefusedException if another run has its name now, or its folder is a link that leads elsewhere
     */
    void giveBack(String binned, String name) throws IOException {
        Path target = folder.path().resolve(name);
        if (Files.exists(target)) {
            throw RefusedException.conflict("another run is called " + name + " now");
        }
        Path parent = target.resolveSibling("");
        Files.createDirectories(parent);
        if (!folder.contains(parent)) {
            throw RefusedException.conflict("the folder of " + name + " is a link that leads elsewhere");
        }
        Path from = bin.resolve(binned);
        Files.move(from, target);
        removeEmpty(from);
    }

    /** Removes the folders in the bin that held it alone. */
    private void removeEmpty(Path gone) throws IOException {
        Optional<Path> parent = Optional.ofNullable(gone.getParent());
        while (parent.isPresent() && !parent.get().equals(bin) && parent.get().startsWith(bin)) {
            try {
                Files.delete(parent.get());
            } catch (DirectoryNotEmptyException others) {
                return;
            }
            parent = Optional.ofNullable(parent.get().getParent());
        }
    }
}
