package org.saddlepoint.data.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import org.saddlepoint.data.images.Links;
import org.saddlepoint.data.names.ComposedNames;
import org.saddlepoint.data.names.FileFinder;
import org.saddlepoint.data.names.PathNames;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/**
 * A table of images: a text file whose first line names a column {@code file}.
 *
 * <pre>
 * file,label,width,height
 * cats/a.png,cat,0.2,0.4
 * "b, small.png",dog,-0.1,0.3
 * </pre>
 *
 * <p>Paths are relative to the table's folder, with forward slashes, and must not leave it; links may where {@link Links}
 * says so. Accents may be written composed or not, whatever the disk does. The column
 * {@code label} names each image's class. Every other column is a number of the vector that describes the image, given as
 * it is. All images and columns that are named must be there.
 */
public final class CsvImages {
    private static final String FILE = "file";
    private static final String LABEL = "label";

    /** How many missing files a message names. */
    private static final int NAMED = 5;

    private final CsvFile table;
    private final Links links;
    private final Path root;
    private final List<ImageListing.Image> entries = new ArrayList<>();
    private final FileFinder finder;
    private final Map<Path, CsvFile.Row> rows = new HashMap<>();
    private final Map<String, CsvFile.Row> absent = new HashMap<>();
    private final List<String> missing = new ArrayList<>();
    private List<String> header = List.of();

    private CsvImages(CsvFile table, Links links) {
        this.table = table;
        this.links = links;
        try {
            this.root = Optional.ofNullable(table.path().toAbsolutePath().getParent())
                    .orElseThrow()
                    .toRealPath();
            this.finder = new FileFinder(root);
        } catch (NoSuchFileException e) {
            throw new NoSuchDataException("the folder of " + table.path() + " does not exist; check the path", e);
        } catch (IOException e) {
            throw new DataException("the CSV file " + table.path() + " cannot be read: " + IoReasons.of(e), e);
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
     * @param links which are followed
     * @throws DataException when the table is missing, damaged or empty, a line has more or fewer fields than the first, a
     *     label is empty, a number is none, a path leaves the folder or comes twice, or files are missing; names lines
     *     and files
     */
    public static ImageCollection open(Path file, ImageFormat format, long cacheBytes, Links links) {
        CsvImages images = new CsvImages(new CsvFile(file), links);
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
            Optional<String> plain = relative(name);
            if (plain.isEmpty()) {
                throw refusal(
                        row,
                        name.isEmpty()
                                ? "names no file; name one or remove the line"
                                : "names " + name + ", which is not in " + root
                                        + "; name files in the table's folder, or move the table above them");
            }
            Optional<Path> path = finder.find(plain.get());
            CsvFile.Row before =
                    path.isPresent() ? rows.putIfAbsent(path.get(), row) : absent.putIfAbsent(plain.get(), row);
            if (before != null) {
                throw refusal(row, "names " + name + " again, after line " + before.line() + "; name each image once");
            }
            if (path.isEmpty() || !InputFiles.exists(path.get())) {
                missing.add(name + " (line " + row.line() + ")");
                return;
            }
            Path real = path.get().toRealPath();
            if (links == Links.INSIDE && !real.startsWith(root)) {
                throw refusal(
                        row,
                        "names " + name + ", which is a link out of " + root
                                + "; follow links with --follow-links, or copy the image into the table's folder");
            }
            if (!Files.isRegularFile(real)) {
                throw refusal(
                        row, "names " + name + ", which is no regular file; copy the image into the table's folder");
            }
            entries.add(image(ComposedNames.of(plain.get()), path.get(), row));
        } catch (InvalidPathException e) {
            throw refusal(row, "names \"" + name + "\", which is no path: " + IoReasons.of(e));
        } catch (IOException e) {
            throw refusal(row, "names " + name + ", which cannot be read: " + IoReasons.of(e));
        }
    }

    /** The name relative to the table's folder, without . and .. in it; empty if it leads elsewhere. */
    private Optional<String> relative(String name) {
        if (name.startsWith("/") || name.indexOf('\0') >= 0) {
            Path path = Path.of(name).normalize();
            return path.startsWith(root) && !path.equals(root)
                    ? Optional.of(PathNames.text(root.relativize(path)))
                    : Optional.empty();
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : name.split("/", -1)) {
            if (segment.equals("..") && segments.pollLast() == null) {
                return Optional.empty();
            } else if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
                segments.add(segment);
            }
        }
        return segments.isEmpty() ? Optional.empty() : Optional.of(String.join("/", segments));
    }

    private void requireFiles() {
        if (rows.isEmpty() && absent.isEmpty()) {
            throw new DataException(table.title() + " names no images; expected a line for each below its first one, "
                    + String.join(", ", header));
        }
        if (!missing.isEmpty()) {
            throw new DataException(missing.size() + " of the " + (rows.size() + absent.size()) + " files that "
                    + table.title()
                    + " names do not exist: " + missing.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "")
                    + "; paths are relative to " + root + "; correct or remove these lines");
        }
    }

    private ImageListing listing() {
        List<String> vectorNames = header.stream().filter(CsvImages::isNumber).toList();
        return new ImageListing(table.title(), vectorNames, entries);
    }

    private ImageListing.Image image(String path, Path file, CsvFile.Row row) throws IOException {
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
                file,
                Files.size(file),
                label < 0 ? Optional.empty() : Optional.of(row.fields().get(label)),
                vector);
    }

    private DataException refusal(CsvFile.Row row, String what) {
        return new DataException(table.title() + " line " + row.line() + " " + what);
    }
}
