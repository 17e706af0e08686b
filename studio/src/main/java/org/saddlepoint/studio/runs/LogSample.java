package org.saddlepoint.studio.runs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lines of a log, evenly spread. A short log is read as a whole and thinned; of a long one, blocks at even distances are read, so
 * that a gigabyte costs no more than a megabyte. Steps are taken to ascend, as {@code MetricsLog} writes them.
 */
final class LogSample implements Closeable {
    /** Logs up to this size are read as a whole. */
    static final int WHOLE = 1 << 20;

    private static final int BLOCK = 4096;

    /** Bytes that lines at even distances may cost; where lines are so long that they would cost more, fewer are read. */
    static final long MOST_BYTES = 32L << 20;

    /** Bytes of the end of a log that are searched for a line. */
    static final long SEARCHED = 64L << 20;

    private final FileChannel channel;
    private final long size;
    private long bytesRead;

    private LogSample(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
    }

    /**
     * Reads lines.
     *
     * @param most how many lines at most, at least 2
     * @param from the first step that counts
     * @param to the last step that counts
     * @return by ascending position in the file; with the first and the last that count
     * @throws IOException if the file cannot be read
     */
    static List<LogLine> read(Path file, int most, long from, long to) throws IOException {
        try (LogSample log = new LogSample(file)) {
            return log.size <= WHOLE ? log.whole(most, from, to) : log.spread(most, from, to);
        }
    }

    /** The last whole line; empty if there is none. */
    static Optional<LogLine> last(Path file) throws IOException {
        try (LogSample log = new LogSample(file)) {
            return log.lastBefore(log.size);
        }
    }

    /**
     * The last line that is of a kind.
     *
     * @param begin where in the file to begin; a line that begins before is left out
     * @param mark a part of its text, so that other lines need not be parsed
     * @param wanted whether it is
     * @return empty if there is none, or none in the last {@link #SEARCHED} bytes
     * @throws IOException if the file cannot be read
     */
    static Optional<LogLine> lastThat(Path file, long begin, String mark, Predicate<LogLine> wanted)
            throws IOException {
        try (LogSample log = new LogSample(file)) {
            BackwardSearch marked = new BackwardSearch(mark);
            long first = Math.max(begin, log.size - SEARCHED);
            long end = log.size;
            while (end > first) {
                long from = Math.max(first, end - WHOLE);
                byte[] bytes = new byte[(int) (end - from)];
                int read = log.read(from, bytes);
                int start = from == 0 ? 0 : after(bytes, 0, read);
                Optional<LogLine> found = lastThat(bytes, start, read, marked, wanted);
                if (found.isPresent()) {
                    return found;
                }
                end = from + Math.max(0, start);
                if (start == 0 || end >= from + read) { // no line begins in this part
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    /** The last whole line of these bytes that holds the mark and is wanted. */
    private static Optional<LogLine> lastThat(
            byte[] bytes, int start, int length, BackwardSearch mark, Predicate<LogLine> wanted) {
        int end = length;
        while (end > start && bytes[end - 1] != '\n') {
            end--; // a line that is being written
        }
        for (int at = mark.last(bytes, start, end); at >= 0; at = mark.last(bytes, start, end)) {
            int behind = after(bytes, at, end);
            int begin = at;
            while (begin > start && bytes[begin - 1] != '\n') {
                begin--;
            }
            Optional<LogLine> line = LogLine.parse(bytes, begin, behind - 1).filter(wanted);
            if (line.isPresent()) {
                return line;
            }
            end = begin;
        }
        return Optional.empty();
    }

    private List<LogLine> whole(int most, long from, long to) throws IOException {
        byte[] bytes = new byte[(int) size];
        int length = read(0, bytes);
        List<LogLine> lines = LogLine.all(bytes, length).stream()
                .filter(line -> line.step() >= from && line.step() <= to)
                .toList();
        return thinned(lines, most);
    }

    static List<LogLine> thinned(List<LogLine> lines, int most) {
        if (lines.size() <= most) {
            return lines;
        }
        List<LogLine> kept = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            kept.add(lines.get((int) ((long) i * (lines.size() - 1) / (most - 1))));
        }
        return kept;
    }

    private List<LogLine> spread(int most, long from, long to) throws IOException {
        long start = from <= 0 ? 0 : position(from);
        long end = to == Long.MAX_VALUE ? size : position(to + 1);
        List<LogLine> lines = new ArrayList<>();
        int distances = affordable(start, end, most - 1);
        long done = start;
        for (int i = 0; i < distances && bytesRead < 2 * MOST_BYTES; i++) {
            long wanted = start + (long) ((double) (end - start) * i / distances);
            if (wanted < done) {
                continue; // the line before was longer than the distance
            }
            Optional<Found> found = firstFrom(wanted);
            if (found.isPresent() && found.get().end() <= end) {
                add(lines, found.get().line(), from, to);
                done = found.get().end();
            }
        }
        lastBefore(end).ifPresent(line -> add(lines, line, from, to));
        return lines;
    }

    /** How many lines can be read from this part, by what those at its ends and in its middle cost. */
    private int affordable(long start, long end, int most) throws IOException {
        long dearest = BLOCK;
        for (long position : new long[] {start, start + (end - start) / 2, Math.max(start, end - LogLine.LONGEST)}) {
            long before = bytesRead;
            firstFrom(position);
            dearest = Math.max(dearest, bytesRead - before);
        }
        return (int) Math.max(1, Math.min(most, MOST_BYTES / dearest));
    }

    private static void add(List<LogLine> lines, LogLine line, long from, long to) {
        boolean isNew = lines.isEmpty() || lines.get(lines.size() - 1).step() < line.step();
        if (isNew && line.step() >= from && line.step() <= to) {
            lines.add(line);
        }
    }

    /** The position from which on steps are no smaller than this one, up to a block. */
    private long position(long step) throws IOException {
        long low = 0;
        long high = size;
        while (high - low > BLOCK) {
            long middle = low + (high - low) / 2;
            Optional<Found> found = firstFrom(middle);
            if (found.isPresent() && found.get().line().step() < step) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private record Found(LogLine line, long end) {}

    /** The first whole line that begins at this position or behind it. */
    private Optional<Found> firstFrom(long position) throws IOException {
        for (int length = BLOCK; ; length *= 4) {
            byte[] bytes = new byte[length];
            int read = read(position, bytes);
            int start = position == 0 ? 0 : after(bytes, 0, read);
            int end = after(bytes, start, read) - 1;
            if (end > start) {
                Optional<LogLine> line = LogLine.parse(bytes, start, end);
                if (line.isPresent()) {
                    return Optional.of(new Found(line.get(), position + end + 1));
                }
            }
            if (read < length || length > 2 * LogLine.LONGEST) {
                return Optional.empty();
            }
        }
    }

    /** The last whole line that ends before this position. */
    private Optional<LogLine> lastBefore(long position) throws IOException {
        for (int length = BLOCK; ; length *= 4) {
            long from = Math.max(0, position - length);
            byte[] bytes = new byte[(int) (position - from)];
            int read = read(from, bytes);
            int start = from == 0 ? 0 : after(bytes, 0, read);
            byte[] rest = Arrays.copyOfRange(bytes, Math.min(start, read), read);
            List<LogLine> lines = LogLine.all(rest, rest.length);
            if (!lines.isEmpty()) {
                return Optional.of(lines.get(lines.size() - 1));
            }
            if (from == 0 || length > 2 * LogLine.LONGEST) {
                return Optional.empty();
            }
        }
    }

    /** The position behind the first line break from this one on; 0 if there is none. */
    private static int after(byte[] bytes, int from, int length) {
        for (int i = from; i < length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private int read(long position, byte[] target) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // until it is full or the file ends
        }
        bytesRead += buffer.position();
        return buffer.position();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
