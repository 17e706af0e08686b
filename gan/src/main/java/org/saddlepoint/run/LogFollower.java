package org.saddlepoint.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.saddlepoint.input.IoReasons;

/**
 * Reads a {@link MetricsLog} in parts, and later what was appended since. A part is read again until it is {@link #accept
 * accepted}, so that whoever fails to pass it on loses nothing. Not thread-safe.
 */
public final class LogFollower {
    /** The most that is read at once. A line has a few thousand bytes at most. */
    private static final int PART = 1 << 20;

    private final Path file;
    private long position;

    /**
     * Some rows.
     *
     * @param rows in the order of the log; none if there are no more yet
     * @param end where they end in the file
     */
    public record Part(List<MetricsRow> rows, long end) {}

    /** Follows a log, which need not exist yet, from its first row on. */
    public LogFollower(Path file) {
        this.file = file;
    }

    /**
     * The rows behind those that were accepted, as many as fit into a part.
     *
     * @throws RunException if the log cannot be read, or a line before the last is damaged
     */
    public Part next() {
        try {
            if (length() <= position) {
                return new Part(List.of(), position);
            }
            byte[] read = read();
            int end = read.length;
            while (end > 0 && read[end - 1] != '\n') {
                end--; // the rest of the last line is still to come
            }
            List<MetricsRow> rows = JsonLines.parse(Arrays.copyOf(read, end), file).stream()
                    .map(JsonLines.Line::row)
                    .toList();
            return new Part(rows, position + end);
        } catch (IOException e) {
            throw new RunException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    /** Goes on behind this part. */
    public void accept(Part part) {
        position = part.end();
    }

    /**
     * Passes over all rows that are there.
     *
     * @throws RunException if the log cannot be read
     */
    public void skip() {
        try {
            position = length();
        } catch (IOException e) {
            throw new RunException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    private long length() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private byte[] read() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PART, channel.size() - position));
            while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
                // until it is full or the file ends
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }
}
