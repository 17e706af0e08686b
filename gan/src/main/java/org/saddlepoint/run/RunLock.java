package org.saddlepoint.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from writing a run while one does. The operating system holds the lock, so a killed process
 * leaves none behind; its hidden file {@code .lock} goes when the lock does.
 */
public final class RunLock implements AutoCloseable {
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
     * @throws RunException if it is locked, or nothing can be written there
     */
    public static RunLock of(Path folder) {
        try {
            Path file = folder.resolve(".lock");
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw new RunException(folder + " is being trained right now; wait until that ends, or stop it first");
            }
            return new RunLock(file, channel);
        } catch (IOException e) {
            throw new RunException("cannot write in " + folder + ": " + IoReasons.of(e), e);
        }
    }

    private static boolean isTaken(FileChannel channel) {
        try {
            @Nullable Object lock = channel.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false; // a file system without locks: then the user keeps order
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
