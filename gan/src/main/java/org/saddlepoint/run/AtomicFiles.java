package org.saddlepoint.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.saddlepoint.input.IoReasons;

/**
 * Writes files and folders atomically: readers see the old content or the new, never a part.
 *
 * <ul>
 *   <li>Content is written to a hidden sibling of the target, forced to disk, and renamed over the target; the folder
 *       that holds it is forced too.
 *   <li>If writing fails for any reason, the target keeps its old content and the sibling is removed. The
 *       {@link IOException} says in one line which file and why: {@code cannot write run.json: No space left on
 *       device}.
 *   <li>If the process is killed, a hidden sibling may remain; {@link RunFolder#removeLeftovers} removes it.
 *   <li>Missing parent folders are made. An interrupted thread can still write: the interrupt is kept for the caller.
 * </ul>
 *
 * <p>Targets must be on the default file system.
 */
public final class AtomicFiles {
    /** Writes the content of one file. */
    @FunctionalInterface
    public interface OutputStreamConsumer {
        /**
         * Writes everything; the stream is buffered, and closed by the caller.
         *
         * @throws IOException if writing fails, which abandons the file
         */
        void accept(OutputStream out) throws IOException;
    }

    /** Fills one folder. */
    @FunctionalInterface
    public interface DirectoryFiller {
        /**
         * Writes files and folders into an empty folder, which is not yet the target: do not keep its path.
         *
         * @throws IOException if writing fails, which abandons the folder
         */
        void fill(Path directory) throws IOException;
    }

    private AtomicFiles() {}

    /** Writes to an open file. */
    private static final class Stream extends OutputStream {
        private final RandomAccessFile file;
        private final Path path;

        Stream(RandomAccessFile file, Path path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            Disk.write(file, path, bytes, offset, count);
        }
    }

    /**
     * Writes a file, replacing an existing one.
     *
     * @param target the file
     * @param writer writes its content
     * @throws IOException if anything fails; the message says which file and why, and the old content stays
     */
    public static void write(Path target, OutputStreamConsumer writer) throws IOException {
        replace(target, temporary -> {
            // Not a channel: an interrupt closes channels, and the checkpoint of an interrupted run must be written.
            try (RandomAccessFile file = new RandomAccessFile(temporary.toFile(), "rw");
                    OutputStream out = new BufferedOutputStream(new Stream(file, temporary), 1 << 16)) {
                writer.accept(out);
                out.flush();
                Disk.force(file.getFD(), temporary);
            }
        });
    }

    /**
     * Writes a file that can be made again, such as one of ten thousand pictures, replacing an existing one. It appears whole or not
     * at all, but when it reaches the disk is left to the system: after a loss of power it may be empty.
     *
     * @param target the file
     * @param content all of it
     * @throws IOException if anything fails; the message says which file and why, and the old content stays
     */
    public static void writeUnforced(Path target, byte[] content) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path temporary = Siblings.temporary(absolute);
        try {
            Files.createDirectories(Objects.requireNonNullElse(absolute.getParent(), absolute));
            try (RandomAccessFile file = new RandomAccessFile(temporary.toFile(), "rw")) {
                Disk.write(file, temporary, content, 0, content.length);
            }
            moveInto(temporary, absolute);
        } catch (IOException e) {
            Disk.deleteQuietly(temporary);
            throw failure(target, e);
        }
    }

    /**
     * Writes a text file in UTF-8, replacing an existing one.
     *
     * @param target the file
     * @param content its whole text
     * @throws IOException if anything fails; the message says which file and why, and the old content stays
     */
    public static void writeString(Path target, String content) throws IOException {
        write(target, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes a folder and its content, replacing an existing folder.
     *
     * <p>No file system renames over a folder that holds files, so a replaced one steps aside first. A kill between the
     * two renames leaves the target missing and both versions beside it; {@link RunFolder#removeLeftovers} then puts
     * the old one back.
     *
     * @param target the folder
     * @param filler writes its content into a folder beside the target
     * @throws IOException if anything fails; the message says which folder and why, and the old content stays
     */
    public static void writeDirectory(Path target, DirectoryFiller filler) throws IOException {
        replace(target, temporary -> {
            Files.createDirectory(temporary);
            filler.fill(temporary);
            Disk.forceTree(temporary);
        });
    }

    /**
     * Deletes a file, or a folder with its content, so that no reader sees a partly deleted folder. Does nothing if
     * the target does not exist.
     *
     * @param target the file or folder
     * @throws IOException if it cannot be deleted; the message says which and why
     */
    public static void delete(Path target) throws IOException {
        Path aside = Siblings.temporary(target.toAbsolutePath());
        try {
            Disk.move(target, aside);
            Disk.delete(aside);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new IOException("cannot delete " + target + ": " + IoReasons.of(e), e);
        }
    }

    private static void replace(Path target, DirectoryFiller writer) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path parent = Objects.requireNonNullElse(absolute.getParent(), absolute);
        Path temporary = Siblings.temporary(absolute);
        boolean interrupted = Thread.interrupted();
        try {
            makeFolders(parent);
            writer.fill(temporary);
            moveInto(temporary, absolute);
            Disk.forceDirectory(parent);
        } catch (UncheckedIOException e) {
            throw failure(target, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw failure(target, e);
        } finally {
            Disk.deleteQuietly(temporary);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As {@link Files#createDirectories}; each new name is forced to the disk, too. */
    private static void makeFolders(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        makeFolders(parent);
        Files.createDirectories(folder);
        Disk.forceDirectory(parent);
    }

    private static void moveInto(Path temporary, Path target) throws IOException {
        boolean isFolder = Files.isDirectory(temporary);
        if (isFolder != Files.isDirectory(target) && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, isFolder ? "a file is in the way" : "a folder is in the way");
        }
        if (!isFolder || !Files.exists(target)) {
            Disk.move(temporary, target);
            return;
        }
        Path aside = Siblings.aside(target);
        Disk.move(target, aside);
        try {
            Disk.move(temporary, target);
        } catch (IOException e) {
            Disk.move(aside, target);
            throw e;
        }
        Disk.deleteQuietly(aside);
    }

    private static IOException failure(Path target, IOException cause) {
        return new IOException("cannot write " + target + ": " + IoReasons.of(cause), cause);
    }
}
