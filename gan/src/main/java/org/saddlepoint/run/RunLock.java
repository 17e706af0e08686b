package org.saddlepoint.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.IoReasons;

/**
 * Prevents two processes from writing one run. The operating system holds the lock on the hidden file {@code .lock},
 * which names its owner. A killed process leaves the file without a lock, so the next process can take it, whatever the
 * process number in it.
 *
 * <p>File systems without locks, such as some network mounts, give no protection.
 */
public final class RunLock implements AutoCloseable {
    /** The file, which names the process that holds the lock. */
    static final String NAME = ".lock";

    /** The byte that is locked: far behind the text, which Windows would else keep others from reading. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    /** Bytes of a lock's text that are read. */
    static final int LONGEST = 1024;

    /**
     * The locks of this process. POSIX forgets all that a process has on a file as soon as it closes that file through any
     * handle, so a file that is locked here must not be opened again here.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a run.
     *
     * @param folder its folder, which exists
     * @throws RunException if it is locked, naming process, machine and time, or if nothing can be written there
     */
    public static RunLock of(Path folder) {
        synchronized (HELD) {
            try {
                Path file = folder.toRealPath().resolve(NAME);
                if (HELD.contains(file)) {
                    throw taken(
                            folder, "this process, " + ProcessHandle.current().pid());
                }
                FileChannel channel = lock(folder, file);
                HELD.add(file);
                return new RunLock(file, channel);
            } catch (IOException e) {
                throw new RunException("cannot write in " + folder + ": " + IoReasons.of(e), e);
            }
        }
    }

    private static FileChannel lock(Path folder, Path file) throws IOException {
        while (true) {
            Object before = key(file);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (isTaken(channel)) {
                    throw taken(folder, owner(channel));
                }
                if (Objects.equals(before, key(file)) && Files.exists(file)) {
                    channel.truncate(0);
                    channel.write(ByteBuffer.wrap(describe().getBytes(StandardCharsets.UTF_8)), 0);
                    return channel;
                } // else it is new, or another than was opened, whose owner deleted it meanwhile: look again
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    private static RunException taken(Path folder, String owner) {
        return new RunException(
                folder + " is being trained right now by " + owner + "; wait until that ends, or stop it first");
    }

    /** Tells files apart that had the same name one after the other; null on Windows, where no open file is deleted. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static boolean isTaken(FileChannel channel) {
        try {
            return channel.tryLock(LOCKED, 1, false) == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false; // a file system without locks: then the user keeps order
        }
    }

    /** Whether a process, this one included, holds the lock of a run; where there are no locks, no. */
    static boolean isHeld(Path folder) throws IOException {
        synchronized (HELD) {
            Path file = folder.toRealPath().resolve(NAME);
            if (HELD.contains(file)) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return isTaken(channel);
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    private static String describe() {
        return "process " + ProcessHandle.current().pid() + " on " + host() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
    }

    static String host() {
        for (String name : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
            String host = System.getenv(name);
            if (host != null && !host.isBlank()) {
                return host;
            }
        }
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(); // no look-up in the network
        } catch (IOException e) {
            return "a machine without a name";
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("a process that just begins");
    }

    @Override
    public void close() {
        synchronized (HELD) {
            try (channel) {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // the file stays behind, unlocked
            } finally {
                HELD.remove(file);
            }
        }
    }
}
