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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Keeps a second process from writing a run while one does. The operating system holds the lock on the hidden file
 * {@code .lock}, which says who has it. A killed process leaves the file and no lock, and so the next one takes it; a
 * process number that was given to another process since misleads nobody.
 *
 * <p>File systems without locks, as some network mounts are, keep nobody out.
 */
public final class RunLock implements AutoCloseable {
    /** The byte that is locked: far behind the text, which Windows would else keep others from reading. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

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
        Path file = folder.resolve(".lock");
        try {
            while (true) {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (isTaken(channel)) {
                    channel.close();
                    throw new RunException(folder + " is being trained right now by " + owner(file)
                            + "; wait until that ends, or stop it first");
                }
                String owner = describe();
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
                if (owner.equals(read(file))) {
                    return new RunLock(file, channel);
                }
                channel.close(); // the former owner deleted the file just before we had its lock: take the new one
            }
        } catch (IOException e) {
            throw new RunException("cannot write in " + folder + ": " + IoReasons.of(e), e);
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

    /** Who this is, and in a second line what no other lock says. */
    private static String describe() {
        return "process " + ProcessHandle.current().pid() + " on " + host() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n" + UUID.randomUUID() + "\n";
    }

    private static String host() {
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

    private static String owner(Path file) throws IOException {
        return read(file).lines().findFirst().orElse("a process that just begins");
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the file stays behind, unlocked
        }
    }
}
