package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.SampleSheet;

/** Puts samples into files: a sheet, single pictures, or a table of points. */
final class SampleWriter {
    private SampleWriter() {}

    /** Writes samples of these example sizes; answers what was written. */
    static Path write(float[] values, int count, int[] example, @Nullable Integer columns, @Nullable Path out) {
        try {
            if (example.length != 3) {
                return table(values, count, example[0], out == null ? Path.of("samples.csv") : out);
            }
            Path target = out == null ? Path.of("samples.png") : out;
            return target.toString().toLowerCase(Locale.ROOT).endsWith(".png")
                    ? sheet(values, count, example, columns, target)
                    : singles(values, count, example, target);
        } catch (IOException e) {
            throw new RunException("cannot write the samples: " + e.getMessage(), e);
        }
    }

    private static Path sheet(float[] values, int count, int[] example, @Nullable Integer columns, Path file) {
        SampleSheet sheet = columns == null
                ? SampleSheet.of(count, example[0], example[1], example[2])
                : SampleSheet.of(count, example[0], example[1], example[2], columns);
        sheet.write(values, file);
        return file;
    }

    private static Path singles(float[] values, int count, int[] example, Path folder) throws IOException {
        Files.createDirectories(folder);
        int elements = example[0] * example[1] * example[2];
        for (int i = 0; i < count; i++) {
            SampleSheet.writeSingle(
                    Arrays.copyOfRange(values, i * elements, (i + 1) * elements),
                    example[0],
                    example[1],
                    example[2],
                    folder.resolve(String.format(Locale.ROOT, "%06d.png", i)));
        }
        return folder;
    }

    private static Path table(float[] values, int count, int dimensions, Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < dimensions; d++) {
                text.append(d == 0 ? "" : ",").append(values[i * dimensions + d]);
            }
            text.append('\n');
        }
        AtomicFiles.writeString(file, text.toString());
        return file;
    }
}
