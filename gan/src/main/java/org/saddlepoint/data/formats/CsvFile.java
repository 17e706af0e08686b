package org.saddlepoint.data.formats;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/**
 * A text file of fields, row by row (RFC 4180, but a field ends with its line). Fields are divided by what divides the
 * first row: a tab, else a semicolon, else a comma. A field in double quotes may hold that sign, and {@code ""} for a quote.
 * Blanks around fields, empty lines and lines that begin with {@code #} are passed over.
 */
final class CsvFile {
    /** A longer line is refused; characters. */
    static final int LONGEST_LINE = 1 << 20;

    /** More fields in a line are refused. */
    static final int MOST_FIELDS = 1 << 14;

    private final Path file;

    CsvFile(Path file) {
        this.file = file;
    }

    /**
     * One row.
     *
     * @param line its number, from 1
     * @param fields without blanks around them and without quotes
     */
    record Row(int line, List<String> fields) {}

    /** Takes one row after the other, until it wants no more. */
    @FunctionalInterface
    interface Reader {
        /** Whether it wants another. */
        boolean row(Row row);
    }

    /** Such as {@code csv:table.csv}. */
    String title() {
        return "csv:" + file;
    }

    Path path() {
        return file;
    }

    /** The first row, if there is one; errors as {@link #read}. */
    Optional<Row> first() {
        List<Row> found = new ArrayList<>();
        read(row -> !found.add(row));
        return found.stream().findFirst();
    }

    /** @throws DataException when the file is missing or no text in UTF-8, or a quote is not closed in its line */
    void read(Reader rows) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(InputFiles.open(file), StandardCharsets.UTF_8.newDecoder()))) {
            char separator = 0;
            int number = 0;
            boolean wanted = true;
            for (String line = line(reader, 1); wanted && line != null; line = line(reader, number + 1)) {
                number++;
                String content = (number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line).strip();
                if (content.isEmpty() || content.startsWith("#")) {
                    continue;
                }
                separator = separator == 0 ? separator(line) : separator;
                wanted = rows.row(new Row(number, split(content, separator, number)));
            }
        } catch (NoSuchFileException e) {
            throw new NoSuchDataException(
                    "the CSV file " + file + " does not exist; check the path, relative to "
                            + Path.of("").toAbsolutePath(),
                    e);
        } catch (CharacterCodingException e) {
            throw new DataException(title() + " is no text in UTF-8; save it as CSV in UTF-8 again", e);
        } catch (IOException e) {
            throw new DataException("the CSV file " + file + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    /** The next line without its end, or null behind the last. */
    private @Nullable String line(BufferedReader reader, int number) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n' && next != '\r'; next = reader.read()) {
            if (line.length() == LONGEST_LINE) {
                throw new DataException(title() + " line " + number + " has more than " + LONGEST_LINE
                        + " characters; it is no table, or its lines do not end");
            }
            line.append((char) next);
        }
        reader.mark(1);
        if (next == '\r' && reader.read() != '\n') {
            reader.reset();
        }
        return line.toString();
    }

    private static char separator(String line) {
        String outside = line.replaceAll("\"[^\"]*\"", "");
        return outside.indexOf('\t') >= 0 ? '\t' : outside.indexOf(';') >= 0 ? ';' : ',';
    }

    private List<String> split(String line, char separator, int number) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at <= line.length()) {
            if (fields.size() == MOST_FIELDS) {
                throw new DataException(title() + " line " + number + " has more than " + MOST_FIELDS + " fields");
            }
            int start = at;
            while (start < line.length() && line.charAt(start) == ' ') {
                start++;
            }
            if (start < line.length() && line.charAt(start) == '"') {
                StringBuilder field = new StringBuilder();
                int close = quoted(line, start + 1, field);
                int end = close < 0 ? -1 : line.indexOf(separator, close);
                int stop = close >= 0 && end < 0 ? line.length() : end;
                if (close < 0 || !line.substring(close, stop).isBlank()) {
                    throw new DataException(title() + " line " + number + " has a quote that "
                            + (close < 0 ? "is not closed" : "is followed by more than a separator")
                            + "; write \"\" for a quote within quotes, and close quotes in the same line");
                }
                fields.add(field.toString());
                at = stop + 1;
            } else {
                int end = line.indexOf(separator, at);
                int stop = end < 0 ? line.length() : end;
                fields.add(line.substring(at, stop).strip());
                at = stop + 1;
            }
        }
        return fields;
    }

    /** Collects what is quoted from {@code at}; answers the place behind the closing quote, or −1 without one. */
    private static int quoted(String line, int at, StringBuilder field) {
        for (int i = at; i < line.length(); i++) {
            if (line.charAt(i) != '"') {
                field.append(line.charAt(i));
            } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else {
                return i + 1;
            }
        }
        return -1;
    }
}
