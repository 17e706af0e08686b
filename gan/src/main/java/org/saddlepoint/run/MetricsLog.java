package org.saddlepoint.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file with one JSON object per line: {@code metrics.jsonl} and {@code evaluations.jsonl}.
 *
 * <ul>
 *   <li>Each line starts with {@code "step"} and is handed to the system in one write as soon as it is logged, so a
 *       reader in another process sees whole lines, but for the last one while it is written.
 *   <li>JSON has no NaN and no infinities. They are written as the texts {@code "NaN"}, {@code "Infinity"} and
 *       {@code "-Infinity"}, and read back as numbers; so is any text value that is exactly one of the three.
 *   <li>A kill can leave a partial last line, but no other damage. Reading skips it, and opening removes it.
 * </ul>
 *
 * <p>One thread writes. Failures are {@link RunException}s of one line.
 */
public final class MetricsLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);

    /** The first field of every line. */
    public static final String STEP = "step";

    /** A longer log is refused, since all its rows are read into memory. */
    private static final int MAX_BYTES = 1 << 30;

    private final Path file;
    private RandomAccessFile out; // not a channel: an interrupt would close it
    private long length;
    private boolean closed;

    private MetricsLog(Path file) throws IOException {
        this.file = file;
        this.out = new RandomAccessFile(file.toFile(), "rw");
        this.length = out.length();
    }

    /**
     * Opens a log for appending. All rows are kept; a partial last line is removed.
     *
     * @param file the log; made, with missing parents, if it does not exist
     * @return the open log
     * @throws RunException if it cannot be read or written, or a line before the last is damaged
     */
    public static MetricsLog open(Path file) {
        return resume(file, Long.MAX_VALUE);
    }

    /**
     * Opens a log to continue after a step: rows of later steps and a partial last line are removed atomically.
     *
     * @param file the log; made, with missing parents, if it does not exist
     * @param step the last step to keep: that of the checkpoint from which the run continues
     * @return the open log
     * @throws RunException if it cannot be read or written, or a line before the last is damaged
     */
    public static MetricsLog resume(Path file, long step) {
        cut(file, step);
        try {
            return new MetricsLog(file);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Returns to a step: rows of later steps are removed atomically.
     *
     * @param step the last step to keep
     * @throws RunException if it cannot be read or written; the log goes on as it was
     */
    public void goBack(long step) {
        force();
        cut(file, step);
        try (RandomAccessFile former = out) {
            out = new RandomAccessFile(file.toFile(), "rw"); // the cut one is another file under the same name
            length = out.length();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static void cut(Path file, long step) {
        byte[] found = load(file);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(found.length + 1);
        for (JsonLines.Line line : JsonLines.parse(found, file)) {
            if (line.row().step() <= step) {
                kept.write(
                        found,
                        line.start(),
                        line.end() - line.start()); // byte for byte, so that nothing is reformatted
                kept.write('\n');
            }
        }
        try {
            if (!Files.exists(file) || !Arrays.equals(found, kept.toByteArray())) {
                AtomicFiles.write(file, kept::writeTo);
            }
        } catch (IOException e) {
            throw RunException.of(e); // its message already names the file
        }
    }

    /**
     * Reads all rows; safe while another process writes.
     *
     * @param file the log
     * @return the rows in the order of the file, or none if there is no file yet
     * @throws RunException if it cannot be read, or a line before the last is damaged
     */
    public static List<MetricsRow> read(Path file) {
        return JsonLines.parse(load(file), file).stream()
                .map(JsonLines.Line::row)
                .toList();
    }

    /**
     * Appends a row.
     *
     * @param step the step it belongs to, at least 0
     * @param values name to value, in the order to write: numbers, texts, Booleans, nulls, lists or maps of them
     * @throws RunException if it cannot be written, for example because the disk is full
     * @throws IllegalArgumentException if step is negative, or a value has no place in JSON
     */
    public void append(long step, Map<String, ? extends @Nullable Object> values) {
        append(new MetricsRow(step, new LinkedHashMap<String, @Nullable Object>(values)));
    }

    /**
     * Appends a row.
     *
     * @param row the row
     * @throws RunException if it cannot be written, for example because the disk is full
     * @throws IllegalArgumentException if a value has no place in JSON
     */
    public void append(MetricsRow row) {
        append(List.of(row));
    }

    /**
     * Appends all rows or none: if the write fails, a partial result is removed, so that they can be appended again.
     *
     * @param rows in this order
     * @throws RunException if they cannot be written, for example because the disk is full
     * @throws IllegalArgumentException if a value has no place in JSON
     */
    public void append(List<MetricsRow> rows) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        rows.forEach(row -> lines.writeBytes(JsonLines.format(row)));
        try {
            out.seek(length);
            Disk.write(out, file, lines.toByteArray(), 0, lines.size());
            length += lines.size();
        } catch (IOException e) {
            takeBack();
            throw failure(file, e);
        }
    }

    private void takeBack() {
        try {
            out.setLength(length);
        } catch (IOException e) {
            LOG.debug("could not take back a torn line of {}; the next one is written over it", file, e);
        }
    }

    /**
     * Forces all rows to disk. Call it before writing a checkpoint, so that a checkpoint that survives a power failure
     * has its metrics.
     *
     * @throws RunException if the disk refuses
     */
    public void force() {
        try {
            Disk.force(out.getFD(), file);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Forces all rows to disk and closes the log; further calls do nothing.
     *
     * @throws RunException if the disk refuses; the log is closed all the same
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (RandomAccessFile open = out) {
            Disk.force(open.getFD(), file);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static byte[] load(Path file) {
        try {
            return InputFiles.bytes(file, MAX_BYTES);
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new RunException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    private static RunException failure(Path file, IOException cause) {
        return new RunException("cannot write " + file + ": " + IoReasons.of(cause), cause);
    }
}
