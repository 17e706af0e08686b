package org.saddlepoint.data.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.SampleConversion;
import org.saddlepoint.input.IoReasons;

/** The pictures of a {@link PictureSheet}, held in memory as PPM files. The place of an entry is its number in the sheet. */
final class SheetFiles implements ImageFiles {
    private final String title;
    private final List<byte[]> files;
    private final List<Entry> entries;

    /** @throws DataException when the sheet does not decode, or is too small for its pictures */
    SheetFiles(PictureSheet sheet) {
        this.title = sheet.title();
        Picture picture = decoded(sheet);
        int columns = picture.width() / sheet.side();
        int rows = picture.height() / sheet.side();
        int count = sheet.names().size();
        if ((long) columns * rows < count) {
            throw new DataException("the sheet of " + title + " has room for " + columns * rows + " pictures of "
                    + sheet.side() + "x" + sheet.side() + " pixels but should hold " + count
                    + "; build or install the library again");
        }
        this.files = new ArrayList<>();
        this.entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] file = tile(picture, sheet.side(), i % columns, i / columns);
            CRC32 checksum = new CRC32();
            checksum.update(file);
            files.add(file);
            entries.add(new Entry(sheet.names().get(i), file.length, checksum.getValue(), i));
        }
    }

    private static Picture decoded(PictureSheet sheet) {
        try {
            return ImageDecoder.picture(sheet.file(), 3);
        } catch (IOException e) {
            throw new DataException(
                    "the sheet of " + sheet.title() + " cannot be read (" + IoReasons.of(e)
                            + "); build or install the library again",
                    e);
        }
    }

    private static byte[] tile(Picture picture, int side, int column, int row) {
        byte[] head = ("P6 " + side + " " + side + " 255\n").getBytes(StandardCharsets.US_ASCII);
        byte[] file = Arrays.copyOf(head, head.length + 3 * side * side);
        int plane = picture.height() * picture.width();
        int at = head.length;
        for (int y = row * side; y < (row + 1) * side; y++) {
            for (int x = column * side; x < (column + 1) * side; x++) {
                for (int c = 0; c < 3; c++) {
                    file[at++] = SampleConversion.unsigned(picture.values()[c * plane + y * picture.width() + x]);
                }
            }
        }
        return file;
    }

    @Override
    public String title() {
        return title;
    }

    /** All pictures, sorted by name. */
    @Override
    public Listing list() {
        List<Entry> sorted =
                entries.stream().sorted(Comparator.comparing(Entry::name)).toList();
        return new Listing(sorted, List.of(), List.of());
    }

    @Override
    public boolean arePictures() {
        return true;
    }

    @Override
    public Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    @Override
    public InputStream open(Entry entry) {
        return new ByteArrayInputStream(files.get(entry.place()));
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}
