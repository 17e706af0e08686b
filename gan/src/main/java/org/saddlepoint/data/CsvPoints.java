package org.saddlepoint.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Points from a text file: one point a line, its coordinates divided by commas, semicolons or tabs.
 *
 * <p>The first line may be a header, which it is when one of its fields is no number. Empty lines and lines that begin
 * with {@code #} are passed over.
 */
public final class CsvPoints {
    private final String title;
    private float[] values = new float[1024];
    private int count;
    private int columns;

    private CsvPoints(Path file) {
        this.title = "csv:" + file;
    }

    /**
     * Reads all points of {@code file}, which is UTF-8.
     *
     * @throws DataException when it is missing or empty, a field is no finite number, or a line has more or fewer fields
     *     than the first; the message names the line
     */
    public static PointDataset open(Path file) {
        CsvPoints points = new CsvPoints(file);
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            points.readAll(reader);
        } catch (NoSuchFileException e) {
            throw new NoSuchDataException(
                    "the CSV file " + file + " does not exist; check the path, relative to "
                            + Path.of("").toAbsolutePath(),
                    e);
        } catch (CharacterCodingException e) {
            throw new DataException(
                    points.title + " is no text in UTF-8; expected lines of numbers; save it as CSV again", e);
        } catch (IOException e) {
            throw new DataException(
                    "the CSV file " + file + " cannot be read (" + e.getMessage()
                            + "); check that it is a readable file",
                    e);
        }
        return points.toDataset();
    }

    private void readAll(BufferedReader reader) throws IOException {
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String content = (number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line).strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            add(content.split("[,;\t]", -1), number);
        }
    }

    private void add(String[] fields, int line) {
        boolean first = columns == 0;
        if (first) {
            columns = fields.length;
            if (!Arrays.stream(fields).allMatch(CsvPoints::isNumber)) {
                return;
            }
        }
        if (fields.length != columns) {
            throw new DataException(title + " line " + line + " has " + fields.length + " fields; expected " + columns
                    + " as in its first line; correct or remove that line");
        }
        if (count + columns > values.length) {
            values = Arrays.copyOf(values, Math.max(count + columns, values.length * 2));
        }
        for (String field : fields) {
            float value = isNumber(field) ? Float.parseFloat(field.strip()) : Float.NaN;
            if (!Float.isFinite(value)) {
                throw new DataException(title + " line " + line + " has the field \"" + field.strip()
                        + "\"; expected a finite number; correct or remove that line");
            }
            values[count++] = value;
        }
    }

    private static boolean isNumber(String field) {
        try {
            Float.parseFloat(field.strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private PointDataset toDataset() {
        if (count == 0) {
            throw new DataException(title + " holds no points; expected one line of numbers for each");
        }
        return PointDataset.of(title, new PointShape(columns), Arrays.copyOf(values, count));
    }
}
