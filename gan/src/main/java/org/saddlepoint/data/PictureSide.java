package org.saddlepoint.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** The pictures of one folder or zip that are used, in an order of their own. */
final class PictureSide implements AutoCloseable {
    /** Pictures are looked at in this size to see whether they show colour. */
    private static final int GLANCE = 64;

    private final ImageFiles files;
    private final ImageCatalogue catalogue;

    private PictureSide(ImageFiles files, ImageCatalogue catalogue) {
        this.files = files;
        this.catalogue = catalogue;
    }

    /**
     * The pictures of this part, in the order of their names.
     *
     * @throws DataException when there are none
     */
    static PictureSide open(Path path, PairPart part) {
        ImageFiles files = ImageFiles.at(path);
        try {
            PictureSide all = new PictureSide(files, ImageCatalogue.of(files));
            PictureSide held = all.part(part);
            if (held.size() == 0) {
                throw new DataException("none of the " + all.size() + " pictures in " + files.title()
                        + " belongs to the"
                        + " part " + (part == PairPart.TEST ? "test" : "train") + ", for about one in ten is held"
                        + " out by its name; give more pictures, or use all of them");
            }
            return held;
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    private PictureSide part(PairPart part) {
        int[] held = IntStream.range(0, size()).filter(i -> part.holds(name(i))).toArray();
        PictureSide chosen = choose(held);
        List<Skipped> skipped = catalogue.skipped().stream()
                .filter(file -> part.holds(file.name()))
                .toList();
        return new PictureSide(
                files, new ImageCatalogue(chosen.catalogue.entries(), chosen.catalogue.headers(), skipped));
    }

    /** These pictures, in this order; files are shared. */
    PictureSide choose(int[] indices) {
        List<ImageFiles.Entry> entries = new ArrayList<>();
        List<ImageHeader> headers = new ArrayList<>();
        for (int index : indices) {
            entries.add(catalogue.entries().get(index));
            headers.add(catalogue.headers().get(index));
        }
        return new PictureSide(files, new ImageCatalogue(entries, headers, catalogue.skipped()));
    }

    String title() {
        return files.title();
    }

    int size() {
        return catalogue.entries().size();
    }

    String name(int index) {
        return catalogue.entries().get(index).name();
    }

    ImageHeader header(int index) {
        return catalogue.headers().get(index);
    }

    /** Files that turned out to be no images when their headers were read, with the side they are of. */
    List<Skipped> skipped() {
        return catalogue.skipped().stream()
                .map(file -> new Skipped(located(file.name()), file.reason()))
                .toList();
    }

    /** Names of those files. */
    List<String> skippedNames() {
        return catalogue.skipped().stream().map(Skipped::name).toList();
    }

    private String located(String name) {
        return name + " in " + title();
    }

    /**
     * Views of the picture, each {@code size × size}, one behind the other.
     *
     * @throws IOException when it is damaged; the message names it
     */
    byte[] decode(int index, List<PictureView> views, int size) throws IOException {
        return ImageDecoder.views(files.read(catalogue.entries().get(index)), views, size);
    }

    /** What is left out where this picture is damaged. */
    Skipped damaged(int index, IOException why) {
        return new Skipped(located(name(index)), String.valueOf(why.getMessage()));
    }

    /** As many channels as wanted; else 3 if this half of one of a sample of the pictures shows colour, or 1. */
    int channels(OptionalInt wanted, PictureView.Half half) {
        List<PictureView> view = List.of(new PictureView(half, 3, false));
        return wanted.orElseGet(
                () -> ImageChoice.showsColour(catalogue.headers(), index -> decode(index, view, GLANCE)) ? 3 : 1);
    }

    /** Such as {@code 1,906 pictures of 64x64 in zip a.zip}. */
    String summary() {
        int[] widths = range(ImageHeader::uprightWidth);
        int[] heights = range(ImageHeader::uprightHeight);
        boolean equal = widths[0] == widths[1] && heights[0] == heights[1];
        return size() + (size() == 1 ? " picture" : " pictures") + " of "
                + (equal
                        ? widths[0] + "x" + heights[0]
                        : widths[0] + " to " + widths[1] + " columns and " + heights[0] + " to " + heights[1] + " rows")
                + " in " + title();
    }

    private int[] range(ToIntFunction<ImageHeader> side) {
        var all = catalogue.headers().stream().mapToInt(side).summaryStatistics();
        return new int[] {all.getMin(), all.getMax()};
    }

    /** Names, lengths, checksums and sizes. */
    void addTo(Digest digest) {
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
