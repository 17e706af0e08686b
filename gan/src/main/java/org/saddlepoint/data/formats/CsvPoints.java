package org.saddlepoint.data.formats;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.PointShape;

/**
 * Points from a text file: one point a line, its coordinates divided by commas, or by semicolons or tabs.
 *
 * <p>The first line may be a header, which it is when one of its fields is no number; a header with a column {@code file}
 * makes it a table of images, which {@link CsvImages} reads. Empty lines and lines that begin with {@code #} are passed
 * over.
 */
public final class CsvPoints {
    private final String title;
    private float[] values = new float[1024];
    private int count;
    private int columns;

    private CsvPoints(CsvFile file) {
        this.title = file.title();
    }

    /**
     * Reads all points of {@code file}, which is UTF-8.
     *
     * @throws DataException when it is missing or empty, a field is no finite number, or a line has more or fewer fields
     *     than the first; the message names the line
     */
    public static PointDataset open(Path file) {
        CsvFile table = new CsvFile(file);
        CsvPoints points = new CsvPoints(table);
        table.read(row -> {
            points.add(row);
            return true;
        });
        return points.toDataset();
    }

    private void add(CsvFile.Row row) {
        List<String> fields = row.fields();
        boolean first = columns == 0;
        if (first) {
            columns = fields.size();
            if (!fields.stream().allMatch(CsvPoints::isNumber)) {
                return;
            }
        }
        if (fields.size() != columns) {
            throw new DataException(title + " line " + row.line() + " has " + fields.size() + " fields; expected "
                    + columns + " as in its first line; correct or remove that line");
        }
        if (count + columns > values.length) {
            values = Arrays.copyOf(values, Math.max(count + columns, values.length * 2));
        }
        for (String field : fields) {
            float value = isNumber(field) ? Float.parseFloat(field) : Float.NaN;
            if (!Float.isFinite(value)) {
                throw new DataException(title + " line " + row.line() + " has the field \"" + field
                        + "\"; expected a finite number, since this is a table of points; correct or remove that line,"
                        + " or, for a table of images, call the column of their paths \"file\" in the first line");
            }
            values[count++] = value;
        }
    }

    static boolean isNumber(String field) {
        try {
            Float.parseFloat(field);
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
