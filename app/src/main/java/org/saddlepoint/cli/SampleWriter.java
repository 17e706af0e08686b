package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.IoReasons;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.SampleSheet;

/** Puts samples into files: a sheet, single pictures, or a table of points. */
final class SampleWriter {
    private final int[] example;
    private final @Nullable Integer columns;
    private final Path target;

    private SampleWriter(int[] example, @Nullable Integer columns, Path target) {
        this.example = example;
        this.columns = columns;
        this.target = target;
    }

    /**
     * A writer of samples of these sizes.
     *
     * @param columns of a sheet, or null for about as many as rows
     * @param out where to, or null for a file in the current folder
     * @throws UsageException if the file's ending does not fit what the run draws
     */
    static SampleWriter of(int[] example, @Nullable Integer columns, @Nullable Path out) {
        boolean pictures = example.length == 3;
        Path target = out == null ? Path.of(pictures ? "samples.png" : "samples.csv") : out;
        if (target.toString().isBlank()) {
            throw new UsageException("--out was given an empty name; expected a file or a folder");
        }
        if (pictures && ends(target, ".csv")) {
            throw new UsageException("this run draws pictures but --out is " + target
                    + "; give a .png for a sheet, or a folder for single pictures");
        }
        if (!pictures && !ends(target, ".csv")) {
            throw new UsageException("this run draws points but --out is " + target + "; give a .csv for a table");
        }
        return new SampleWriter(example, columns, target);
    }

    /** Writes them; answers what was written. */
    Path write(float[] values, int count) {
        try {
            if (example.length != 3) {
                table(values, count);
            } else if (ends(target, ".png")) {
                sheet(count).write(values, target);
            } else {
                singles(values, count);
            }
            return target;
        } catch (IOException e) {
            throw new RunException("cannot write the samples to " + target + ": " + IoReasons.of(e), e);
        }
    }

    private static boolean ends(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private SampleSheet sheet(int count) {
        return columns == null
                ? SampleSheet.of(count, example[0], example[1], example[2])
                : SampleSheet.of(count, example[0], example[1], example[2], columns);
    }

    private void singles(float[] values, int count) throws IOException {
        Files.createDirectories(target);
        int elements = example[0] * example[1] * example[2];
        for (int i = 0; i < count; i++) {
            SampleSheet.writeSingle(
                    Arrays.copyOfRange(values, i * elements, (i + 1) * elements),
                    example[0],
                    example[1],
                    example[2],
                    target.resolve(String.format(Locale.ROOT, "%06d.png", i)));
        }
    }

    private void table(float[] values, int count) throws IOException {
        int dimensions = example[0];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < dimensions; d++) {
                text.append(d == 0 ? "" : ",").append(values[i * dimensions + d]);
            }
            text.append('\n');
        }
        AtomicFiles.writeString(target, text.toString());
    }
}
