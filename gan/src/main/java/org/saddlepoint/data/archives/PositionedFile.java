package org.saddlepoint.data.archives;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A file that many threads read at places of their own. Each reading thread has its own handle, because a shared
 * {@code FileChannel} is closed for all of them as soon as one is interrupted.
 */
final class PositionedFile implements AutoCloseable {
    private final Path path;
    private final long length;
    private final ConcurrentLinkedQueue<RandomAccessFile> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    PositionedFile(Path path) throws IOException {
        this.path = path;
        RandomAccessFile first = new RandomAccessFile(path.toFile(), "r");
        this.length = first.length();
        idle.add(first);
    }

    /** Bytes of the file when it was opened. */
    long length() {
        return length;
    }

    /**
     * Reads as many bytes as there are, at most {@code count}.
     *
     * @return how many were read; fewer than {@code count} at the end of the file only
     */
    int read(long position, byte[] target, int offset, int count) throws IOException {
        RandomAccessFile handle = take();
        try {
            handle.seek(position);
            int filled = 0;
            for (int read = 0; filled < count && read >= 0; filled += Math.max(0, read)) {
                read = handle.read(target, offset + filled, count - filled);
            }
            return filled;
        } finally {
            give(handle);
        }
    }

    private RandomAccessFile take() throws IOException {
        if (closed) {
            throw new IOException("the archive is closed");
        }
        RandomAccessFile handle = idle.poll();
        if (handle != null) {
            return handle;
        }
        RandomAccessFile another = new RandomAccessFile(path.toFile(), "r");
        if (another.length() != length) {
            another.close();
            throw new IOException("the archive was changed while it was read");
        }
        return another;
    }

    private void give(RandomAccessFile handle) throws IOException {
        idle.add(handle);
        if (closed) {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (RandomAccessFile handle = idle.poll(); handle != null; handle = idle.poll()) {
            handle.close();
        }
    }
}
