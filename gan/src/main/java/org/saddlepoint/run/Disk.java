package org.saddlepoint.run;

import java.io.DataOutput;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls to the file system that can fail: writing, forcing to the disk itself, renaming, deleting trees. */
final class Disk {
    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

    /** Injected failures; package-private for tests. */
    static volatile Faults faults = Faults.NONE;

    private Disk() {}

    /**
     * Appends to an open file.
     *
     * @param file its name
     */
    static void write(DataOutput open, Path file, byte[] bytes, int offset, int count) throws IOException {
        int room = faults.room(file, count);
        open.write(bytes, offset, Math.min(room, count));
        if (room < count) {
            throw new IOException("No space left on device");
        }
    }

    /** Renames atomically. */
    static void move(Path from, Path to) throws IOException {
        faults.move(from, to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forces an open file. */
    static void force(FileDescriptor open, Path file) throws IOException {
        faults.force(file);
        open.sync();
    }

    /**
     * Forces the names in a folder: without it a rename can be lost with the power, though the content is safe. Where
     * the file system cannot (Windows, some network mounts) nothing happens: the rename is done and reporting it as
     * failed would be wrong.
     */
    static void forceDirectory(Path directory) {
        try {
            force(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            LOG.debug("could not force the folder {}", directory, e);
        }
    }

    static void forceTree(Path root) throws IOException {
        for (Path path : deepestFirst(root)) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                forceDirectory(path);
            } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                force(path, StandardOpenOption.WRITE);
            }
        }
    }

    private static void force(Path path, OpenOption option) throws IOException {
        faults.force(path);
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(path, option)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted(); // forcing is short: finish it, then keep the interrupt
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void delete(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            for (Path path : deepestFirst(root)) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Deletes what is no longer needed; leftovers of a failure have hidden names and do no harm. */
    static void deleteQuietly(Path root) {
        try {
            delete(root);
        } catch (IOException e) {
            LOG.debug("could not delete {}", root, e);
        }
    }

    private static List<Path> deepestFirst(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
