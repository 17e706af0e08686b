package org.saddlepoint.studio.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows a log from its end on, while another process writes it. Not thread-safe. */
final class LogTail {
    /** More bytes than this at once are not read but thinned. */
    private static final int MOST_BYTES = 1 << 18;

    private static final int MOST_LINES = 500;

    private final Path file;
    private @Nullable Object key;
    private long position;
    private long lastStep = -1;

    /**
     * What is new.
     *
     * @param lines by ascending step
     * @param restarted whether the log was cut or replaced, so that all that was read before is void
     */
    record News(List<LogLine> lines, boolean restarted) {
        static final News NONE = new News(List.of(), false);
    }

    /** Follows a file, which need not exist, from its present end on. */
    LogTail(Path file) {
        this.file = file;
        attributes().ifPresent(now -> {
            key = now.fileKey();
            position = lastBreak(now.size());
        });
    }

    /** What was written since the last call. */
    News poll() {
        Optional<BasicFileAttributes> now = attributes();
        if (now.isEmpty()) {
            boolean was = position > 0;
            position = 0;
            return was ? new News(List.of(), true) : News.NONE;
        }
        long size = now.get().size();
        boolean restarted = size < position
                || (position > 0 && !Objects.equals(key, now.get().fileKey()));
        key = now.get().fileKey();
        if (restarted) {
            position = lastBreak(size);
            return new News(List.of(), true);
        }
        if (size == position) {
            return News.NONE;
        }
        try {
            return new News(size - position > MOST_BYTES ? skip(size) : next(size), false);
        } catch (IOException e) {
            return News.NONE; // looked at again the next time
        }
    }

    private List<LogLine> skip(long size) throws IOException {
        List<LogLine> lines = LogSample.read(file, MOST_LINES, lastStep + 1, Long.MAX_VALUE);
        position = lastBreak(size);
        note(lines);
        return lines;
    }

    private List<LogLine> next(long size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) (size - position));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
                // until it is full or the file ends
            }
        }
        byte[] bytes = buffer.array();
        int end = buffer.position();
        while (end > 0 && bytes[end - 1] != '\n') {
            end--; // the rest of the last line is still to come
        }
        List<LogLine> lines = LogSample.thinned(LogLine.all(bytes, end), MOST_LINES);
        position += end;
        note(lines);
        return lines;
    }

    private void note(List<LogLine> lines) {
        if (!lines.isEmpty()) {
            lastStep = lines.get(lines.size() - 1).step();
        }
    }

    /** Behind the last whole line of the file; behind all if the last line is too long. */
    private long lastBreak(long size) {
        long from = Math.max(0, size - LogLine.LONGEST);
        ByteBuffer buffer = ByteBuffer.allocate((int) (size - from));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
                // until it is full or the file ends
            }
        } catch (IOException e) {
            return size;
        }
        for (int i = buffer.position(); i > 0; i--) {
            if (buffer.get(i - 1) == '\n') {
                return from + i;
            }
        }
        return from == 0 ? 0 : size;
    }

    private Optional<BasicFileAttributes> attributes() {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class))
                    .filter(BasicFileAttributes::isRegularFile);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
