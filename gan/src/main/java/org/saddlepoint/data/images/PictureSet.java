package org.saddlepoint.data.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.DataFile;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.codecs.PictureHeader;
import org.saddlepoint.input.IoReasons;

/** Pictures of one folder or zip, chosen and ordered by their user; headers are read, and pictures decoded on request. */
public final class PictureSet implements AutoCloseable {
    /** Pictures are looked at in this size to see whether they show colour. */
    private static final int GLANCE = 64;

    private final ImageFiles files;
    private final ImageCatalogue catalogue;
    private final List<String> notes;

    private PictureSet(ImageFiles files, ImageCatalogue catalogue) {
        this.files = files;
        this.catalogue = catalogue;
        this.notes = new ArrayList<>(catalogue.notes());
    }

    /**
     * All pictures of a folder or zip, in the order of their names.
     *
     * @param links which are followed in a folder
     * @throws DataException when it is missing or holds none
     */
    public static PictureSet open(Path path, Links links) {
        return open(ImageFiles.at(path, links));
    }

    /**
     * All pictures of a sheet, in the order of their names.
     *
     * @throws DataException when it does not decode
     */
    public static PictureSet open(PictureSheet sheet) {
        return open(new SheetFiles(sheet));
    }

    private static PictureSet open(ImageFiles files) {
        try {
            return new PictureSet(files, ImageCatalogue.of(files));
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    /** The pictures, and the files that are none, whose names pass; may be empty. Files are shared. */
    public PictureSet where(Predicate<String> name) {
        int[] held = IntStream.range(0, size()).filter(i -> name.test(name(i))).toArray();
        PictureSet chosen = choose(held);
        List<Skipped> skipped = catalogue.skipped().stream()
                .filter(file -> name.test(file.name()))
                .toList();
        return new PictureSet(
                files,
                new ImageCatalogue(chosen.catalogue.entries(), chosen.catalogue.headers(), skipped, catalogue.notes()));
    }

    /** These pictures, in this order; files are shared. */
    public PictureSet choose(int[] indices) {
        List<ImageFiles.Entry> entries = new ArrayList<>();
        List<PictureHeader> headers = new ArrayList<>();
        for (int index : indices) {
            entries.add(catalogue.entries().get(index));
            headers.add(catalogue.headers().get(index));
        }
        return new PictureSet(files, new ImageCatalogue(entries, headers, catalogue.skipped(), catalogue.notes()));
    }

    /** What messages call the folder or zip, such as {@code folder photos}. */
    public String title() {
        return files.title();
    }

    /** Number of pictures; may be 0. */
    public int size() {
        return catalogue.entries().size();
    }

    /** Name of picture {@code index}: a relative path with forward slashes. */
    public String name(int index) {
        return catalogue.entries().get(index).name();
    }

    /** Columns of picture {@code index}, upright. */
    public int width(int index) {
        return header(index).uprightWidth();
    }

    /** Rows of picture {@code index}, upright. */
    public int height(int index) {
        return header(index).uprightHeight();
    }

    private PictureHeader header(int index) {
        return catalogue.headers().get(index);
    }

    /** Files that are no pictures, or are not read, with the side they are of. */
    public List<Skipped> skipped() {
        return catalogue.skipped().stream()
                .map(file -> new Skipped(located(file.name()), file.reason(), file.kind()))
                .toList();
    }

    /** Names of the files that could be pictures but are not read. */
    public List<String> skippedNames() {
        return catalogue.skipped().stream()
                .filter(Skipped::isFault)
                .map(Skipped::name)
                .toList();
    }

    private String located(String name) {
        return name + " in " + title();
    }

    /**
     * Views of the picture, each {@code size × size}, one behind the other.
     *
     * @throws IOException when it is damaged; the message names it
     */
    public byte[] decode(int index, List<PictureView> views, int size) throws IOException {
        return ImageDecoder.views(files.read(catalogue.entries().get(index)), views, size);
    }

    /** The entry for a log of what was skipped, after {@link #decode} failed. */
    public Skipped damaged(int index, IOException why) {
        return new Skipped(located(name(index)), IoReasons.ofNamed(why));
    }

    /**
     * As many channels as wanted; else 3 if this half of one of a sample of the pictures shows colour, or 1. What is assumed
     * is one of the {@link #notes()} then.
     *
     * @param side what the half is called, {@code A} or {@code B}
     */
    public int channels(OptionalInt wanted, PictureView.Half half, String side) {
        List<PictureView> view = List.of(new PictureView(half, 3, false));
        ColourChoice choice = ColourChoice.of(wanted, catalogue.headers(), index -> decode(index, view, GLANCE));
        choice.note("--set images.channels" + side).ifPresent(note -> notes.add(side + " is " + note));
        return choice.channels();
    }

    /** What was found and assumed, one line each; the first is the {@link #summary()}. */
    public List<String> notes() {
        return Stream.concat(Stream.of(summary()), notes.stream()).toList();
    }

    /** Such as {@code 1,906 pictures of 64x64 in zip a.zip}. */
    public String summary() {
        int[] widths = range(PictureHeader::uprightWidth);
        int[] heights = range(PictureHeader::uprightHeight);
        boolean equal = widths[0] == widths[1] && heights[0] == heights[1];
        return size() + (size() == 1 ? " picture" : " pictures") + " of "
                + (equal
                        ? widths[0] + "x" + heights[0]
                        : widths[0] + " to " + widths[1] + " columns and " + heights[0] + " to " + heights[1] + " rows")
                + " in " + title();
    }

    private int[] range(ToIntFunction<PictureHeader> side) {
        var all = catalogue.headers().stream().mapToInt(side).summaryStatistics();
        return new int[] {all.getMin(), all.getMax()};
    }

    /**
     * What {@link #addTo} adds.
     *
     * @param side stands before each name, such as {@code A/}
     */
    public List<DataFile> files(String side) {
        return IntStream.range(0, size())
                .mapToObj(i -> catalogue.file(i, side, ""))
                .toList();
    }

    /** Adds number, names, lengths, checksums and sizes of the pictures. */
    public void addTo(Digest digest) {
        digest.add(size());
        for (int i = 0; i < size(); i++) {
            ImageFiles.Entry entry = catalogue.entries().get(i);
            digest.add(entry.name()).add(entry.bytes()).add(entry.checksum());
            digest.add(header(i).width()).add(header(i).height());
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
