package org.saddlepoint.data.archives;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The bytes of a file from a place on, read with a buffer, up to the end of the file or a limit. */
final class FileRegion extends InputStream {
    private final PositionedFile file;
    private final byte[] buffer;
    private long next; // place in the file of what follows the buffer
    private long end;
    private int at;
    private int filled;

    FileRegion(PositionedFile file, long from, int bufferSize) {
        this.file = file;
        this.next = from;
        this.end = file.length();
        this.buffer = new byte[bufferSize];
    }

    /** Ends this stream so many bytes from here. */
    FileRegion limit(long bytes) {
        long here = next - (filled - at);
        end = Math.min(end, here + bytes);
        filled = (int) Math.max(at, Math.min(filled, at + (end - here)));
        return this;
    }

    /** The next bytes, all of them. */
    byte[] bytes(int count) throws IOException {
        byte[] bytes = readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the archive ends too early");
        }
        return bytes;
    }

    @Override
    public void skipNBytes(long count) throws IOException {
        if (skip(count) < count) {
            throw new EOFException("the archive ends too early");
        }
    }

    @Override
    public int read() throws IOException {
        return at < filled || fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (count == 0) {
            return 0;
        }
        if (at == filled && !fill()) {
            return -1;
        }
        int taken = Math.min(count, filled - at);
        System.arraycopy(buffer, at, target, offset, taken);
        at += taken;
        return taken;
    }

    @Override
    public long skip(long count) {
        long buffered = Math.min(count, filled - at);
        at += (int) buffered;
        long beyond = Math.max(0, Math.min(count - buffered, end - next));
        next += beyond;
        return buffered + beyond;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = (int) Math.max(0, Math.min(buffer.length, end - next));
        filled = filled == 0 ? 0 : file.read(next, buffer, 0, filled);
        next += filled;
        return filled > 0;
    }
}
