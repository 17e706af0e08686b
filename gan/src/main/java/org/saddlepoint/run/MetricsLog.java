package org.saddlepoint.run;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A growing file of JSON objects, one a line: {@code metrics.jsonl} and {@code evaluations.jsonl}.
 *
 * <ul>
 *   <li>Each line starts with {@code "step"} and is handed to the system in one write as soon as it is logged, so a
 *       reader in another process sees whole lines, but for the last one while it is written.
 *   <li>JSON has no NaN and no infinities. They are written as the texts {@code "NaN"}, {@code "Infinity"} and
 *       {@code "-Infinity"}, and read back as numbers; so is any text value that is exactly one of the three.
 *   <li>A kill can tear the end only. Reading skips it, and opening removes it.
 * </ul>
 *
 * <p>One thread writes. Failures are {@link RunException}s of one line.
 */
public final class MetricsLog implements AutoCloseable {
    /** The first field of every line. */
    public static final String STEP = "step";

    private final Path file;
    private final FileOutputStream out; // not a channel: an interrupt would close it
    private boolean closed;

    private MetricsLog(Path file) throws IOException {
        this.file = file;
        this.out = new FileOutputStream(file.toFile(), true);
    }

    /**
     * Opens a log to append to, keeping all rows; a torn last line is removed.
     *
     * @param file the log; made, with missing parents, if it is not there
     * @return the open log
     * @throws RunException if it cannot be read or written, or a line before the last is damaged
     */
    public static MetricsLog open(Path file) {
        return resume(file, Long.MAX_VALUE);
    }

    /**
     * Opens a log to go on after a step: rows of later steps and a torn last line are removed, in one atomic change.
     *
     * @param file the log; made, with missing parents, if it is not there
     * @param step the last step that counts, that of the checkpoint from which the run goes on
     * @return the open log
     * @throws RunException if it cannot be read or written, or a line before the last is damaged
     */
    public static MetricsLog resume(Path file, long step) {
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
        try {
            return new MetricsLog(file);
        } catch (IOException e) {
            throw failure(file, e);
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
        try {
            out.write(JsonLines.format(row));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Forces all rows to the disk itself. Call it before a checkpoint is written: then a checkpoint that survived a
     * power failure finds its metrics.
     *
     * @throws RunException if the disk refuses
     */
    public void force() {
        try {
            out.getFD().sync();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Forces all rows to the disk and closes the log; a second call does nothing.
     *
     * @throws RunException if the disk refuses; the log is closed all the same
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            out.getFD().sync();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static byte[] load(Path file) {
        try {
            return Files.readAllBytes(file);
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
