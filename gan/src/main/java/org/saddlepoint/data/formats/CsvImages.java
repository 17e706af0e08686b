package org.saddlepoint.data.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.ImageListing;

/**
 * A table of images: a text file whose first line names a column {@code file}.
 *
 * <pre>
 * file,label,width,height
 * cats/a.png,cat,0.2,0.4
 * "b, small.png",dog,-0.1,0.3
 * </pre>
 *
 * <p>Paths are relative to the table's folder, with forward slashes, and must not leave it, even by links. The column
 * {@code label} names each image's class. Every other column is a number of the vector that describes the image, given as
 * it is. All images and columns that are named must be there.
 */
public final class CsvImages {
    private static final String FILE = "file";
    private static final String LABEL = "label";

    /** How many missing files a message names. */
    private static final int NAMED = 5;

    private final CsvFile table;
    private final Path root;
    private final List<ImageListing.Image> entries = new ArrayList<>();
    private final Map<String, CsvFile.Row> rows = new HashMap<>();
    private final List<String> missing = new ArrayList<>();
    private List<String> header = List.of();

    private CsvImages(CsvFile table) {
        this.table = table;
        try {
            this.root = Optional.ofNullable(table.path().toAbsolutePath().getParent())
                    .orElseThrow()
                    .toRealPath();
        } catch (IOException e) {
            throw new NoSuchDataException("the folder of " + table.path() + " does not exist; check the path", e);
        }
    }

    /** Whether the first line of {@code file} is that of such a table; false if it cannot be read, which opening reports. */
    public static boolean isTable(Path file) {
        try {
            return new CsvFile(file).first().filter(CsvImages::namesFiles).isPresent();
        } catch (DataException e) {
            return false;
        }
    }

    private static boolean namesFiles(CsvFile.Row header) {
        return header.fields().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(FILE));
    }

    /**
     * Opens the images of a table.
     *
     * @param cacheBytes memory for decoded images, at least 0
     * @throws DataException when the table is missing, damaged or empty, a line has more or fewer fields than the first, a
     *     label is empty, a number is none, a path leaves the folder or comes twice, or files are missing; names lines
     *     and files
     */
    public static ImageCollection open(Path file, ImageFormat format, long cacheBytes) {
        CsvImages images = new CsvImages(new CsvFile(file));
        images.table.read(row -> {
            images.add(row);
            return true;
        });
        images.requireFiles();
        return ImageCollection.listed(images.listing(), format, cacheBytes);
    }

    private void add(CsvFile.Row row) {
        if (header.isEmpty()) {
            header = row.fields().stream().map(CsvImages::column).toList();
            requireColumns(row);
            return;
        }
        if (row.fields().size() != header.size()) {
            throw refusal(
                    row,
                    "has " + row.fields().size() + " fields; expected " + header.size() + ": "
                            + String.join(", ", header) + "; put fields with separators in quotes");
        }
        for (int column = 0; column < header.size(); column++) {
            String field = row.fields().get(column);
            String name = header.get(column);
            if (name.equals(LABEL) && field.isEmpty()) {
                throw refusal(row, "has no label; expected the name of a class; name it or remove the line");
            }
            if (isNumber(name) && !(CsvPoints.isNumber(field) && Float.isFinite(Float.parseFloat(field)))) {
                throw refusal(
                        row,
                        "has \"" + field + "\" in the column " + name + "; expected a finite number, since all columns"
                                + " but file and label are numbers that describe the image; correct it or remove the"
                                + " column");
            }
        }
        find(row.fields().get(header.indexOf(FILE)).replace('\\', '/'), row);
    }

    private void requireColumns(CsvFile.Row row) {
        if (!header.contains(FILE)) {
            throw refusal(row, "names no column file; expected the names of the columns, one of which is file");
        }
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            if (name.isEmpty() || !seen.add(name)) {
                throw refusal(
                        row,
                        name.isEmpty()
                                ? "leaves a column without a name; expected file, label and the names of numbers"
                                : "names the column " + name + " twice; call one of them otherwise");
            }
        }
    }

    /** The two known columns are found in any case; others stay as they are written. */
    private static String column(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals(FILE) || lower.equals(LABEL) ? lower : name;
    }

    private static boolean isNumber(String column) {
        return !column.equals(FILE) && !column.equals(LABEL);
    }

    private void find(String name, CsvFile.Row row) {
        try {
            Path path = root.resolve(name).normalize();
            if (name.isEmpty() || !path.startsWith(root)) {
                throw refusal(
                        row,
                        name.isEmpty()
                                ? "names no file; name one or remove the line"
                                : "names " + name + ", which is not in " + root
                                        + "; name files in the table's folder, or move the table above them");
            }
            // Without . and .. in it, so that what is looked at here is what is read later.
            String plain = root.relativize(path).toString().replace('\\', '/');
            CsvFile.Row before = rows.putIfAbsent(plain, row);
            if (before != null) {
                throw refusal(row, "names " + name + " again, after line " + before.line() + "; name each image once");
            }
            if (!Files.exists(path)) {
                missing.add(name + " (line " + row.line() + ")");
                return;
            }
            Path real = path.toRealPath();
            if (!real.startsWith(root) || !Files.isRegularFile(real)) {
                throw refusal(
                        row,
                        "names " + name + ", which is "
                                + (real.startsWith(root) ? "no regular file" : "a link out of " + root)
                                + "; copy the image into the table's folder");
            }
            entries.add(image(plain, Files.size(real), row));
        } catch (InvalidPathException e) {
            throw refusal(row, "names \"" + name + "\", which is no path (" + e.getReason() + ")");
        } catch (IOException e) {
            throw refusal(row, "names " + name + ", which cannot be read (" + e.getMessage() + ")");
        }
    }

    private void requireFiles() {
        if (rows.isEmpty()) {
            throw new DataException(table.title() + " names no images; expected a line for each below its first one, "
                    + String.join(", ", header));
        }
        if (!missing.isEmpty()) {
            throw new DataException(missing.size() + " of the " + rows.size() + " files that " + table.title()
                    + " names do not exist: " + missing.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "")
                    + "; paths are relative to " + root + "; correct or remove these lines");
        }
    }

    private ImageListing listing() {
        List<String> vectorNames = header.stream().filter(CsvImages::isNumber).toList();
        return new ImageListing(table.title(), root, vectorNames, entries);
    }

    private ImageListing.Image image(String path, long bytes, CsvFile.Row row) {
        int label = header.indexOf(LABEL);
        int[] numbers = IntStream.range(0, header.size())
                .filter(column -> isNumber(header.get(column)))
                .toArray();
        float[] vector = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            vector[i] = Float.parseFloat(row.fields().get(numbers[i]));
        }
        return new ImageListing.Image(
                path,
                bytes,
                label < 0 ? Optional.empty() : Optional.of(row.fields().get(label)),
                vector);
    }

    private DataException refusal(CsvFile.Row row, String what) {
        return new DataException(table.title() + " line " + row.line() + " " + what);
    }
}
