package org.saddlepoint.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.saddlepoint.data.PictureView.Half;

/**
 * Pairs of images that lie on each other, for translation as pix2pix learns it: both halves are resized, cropped and
 * mirrored alike, as their {@link PairFormat} says, turned upright and composited on white where transparent.
 *
 * <p>The plain view is the whole pair, resized to the size of a crop. Opening reads headers only. Decoded pairs are kept in
 * memory within a budget. The {@link #fingerprint()} covers the kind of pairs, and the names, lengths and sizes in pixels
 * of the files that are used, in zips also their checksums.
 */
public final class PairedImages implements PairDataset {
    private static final int MOST_NAMED = 10;

    private final String kind;
    private final List<PictureSide> sides;
    private final PairShape shape;
    private final PairFormat format;
    private final List<String> warnings;
    private final Pictures pictures;

    /** @param views what is wanted of each side's picture, A's numbers first over all sides */
    private PairedImages(
            String kind,
            List<PictureSide> sides,
            List<List<PictureView>> views,
            List<String> warnings,
            PairFormat format,
            long cacheBytes) {
        this.kind = kind;
        this.sides = sides;
        this.format = format;
        this.warnings = warnings;
        List<PictureView> both = views.stream().flatMap(List::stream).toList();
        this.shape = new PairShape(shape(both.get(0)), shape(both.get(1)));
        List<Skipped> skipped =
                sides.stream().flatMap(side -> side.skipped().stream()).toList();
        this.pictures = new Pictures(name(), size(), skipped, format, cacheBytes, (index, size) -> {
            byte[] planes = new byte
                    [Math.multiplyExact(
                            both.get(0).channels() + both.get(1).channels(), Math.multiplyExact(size, size))];
            int filled = 0;
            for (int side = 0; side < sides.size(); side++) {
                byte[] half = Pictures.decode(sides.get(side), index, views.get(side), size);
                System.arraycopy(half, 0, planes, filled, half.length);
                filled += half.length;
            }
            return planes;
        });
    }

    private ImageShape shape(PictureView view) {
        return new ImageShape(view.channels(), format.crop(), format.crop());
    }

    /**
     * Files of the same path in two folders or zips, whatever their extension.
     *
     * @param cacheBytes memory for decoded pairs, at least 0
     * @throws DataException when one is missing or holds no images, or a picture has no partner; at most ten of either side
     *     are named
     */
    public static PairedImages paired(Path a, Path b, PairFormat format, PairPart part, long cacheBytes) {
        return opened(List.of(a, b), part, all -> {
            List<PictureSide> sides = Partners.match(all.get(0), all.get(1));
            List<PictureView> viewA = List.of(PictureView.whole(sides.get(0).channels(format.channelsA(), Half.WHOLE)));
            List<PictureView> viewB = List.of(PictureView.whole(sides.get(1).channels(format.channelsB(), Half.WHOLE)));
            return new PairedImages(
                    "paired", sides, List.of(viewA, viewB), unequal(sides.get(0), sides.get(1)), format, cacheBytes);
        });
    }

    /**
     * Pictures of which each holds A in its left half and B in its right half, as the official data sets do.
     *
     * @param cacheBytes memory for decoded pairs, at least 0
     * @throws DataException when it is missing or holds no images, or a width is odd; at most ten are named
     */
    public static PairedImages sideBySide(Path folder, PairFormat format, PairPart part, long cacheBytes) {
        return opened(List.of(folder), part, all -> {
            PictureSide side = all.get(0);
            requireEvenWidths(side);
            List<PictureView> views = List.of(
                    new PictureView(Half.LEFT, side.channels(format.channelsA(), Half.LEFT), false),
                    new PictureView(Half.RIGHT, side.channels(format.channelsB(), Half.RIGHT), false));
            return new PairedImages("paired-ab", all, List.of(views), List.of(), format, cacheBytes);
        });
    }

    /**
     * Pictures, each with its grey copy as A; grey of one channel unless the format asks for three.
     *
     * @param cacheBytes memory for decoded pairs, at least 0
     * @throws DataException when it is missing or holds no images
     */
    public static PairedImages colorize(Path folder, PairFormat format, PairPart part, long cacheBytes) {
        return opened(List.of(folder), part, all -> {
            int channels = all.get(0).channels(format.channelsB(), Half.WHOLE);
            List<PictureView> views = List.of(
                    new PictureView(Half.WHOLE, format.channelsA().orElse(1), true), PictureView.whole(channels));
            return new PairedImages("colorize", all, List.of(views), List.of(), format, cacheBytes);
        });
    }

    @FunctionalInterface
    private interface Opening {
        PairedImages of(List<PictureSide> sides);
    }

    private static PairedImages opened(List<Path> paths, PairPart part, Opening opening) {
        List<PictureSide> sides = new ArrayList<>();
        try {
            paths.forEach(path -> sides.add(PictureSide.open(path, part)));
            return opening.of(List.copyOf(sides));
        } catch (RuntimeException | Error e) {
            sides.forEach(PictureSide::close);
            throw e;
        }
    }

    private static void requireEvenWidths(PictureSide side) {
        List<String> odd = IntStream.range(0, side.size())
                .filter(i -> side.header(i).uprightWidth() % 2 != 0)
                .mapToObj(i -> side.name(i) + " (" + side.header(i).uprightWidth() + "x"
                        + side.header(i).uprightHeight() + ")")
                .toList();
        if (!odd.isEmpty()) {
            throw new DataException(odd.size() + " of " + side.size() + " pictures in " + side.title()
                    + " cannot be halved, since their width is odd: " + ClassNames.listed(odd, MOST_NAMED)
                    + "; expected A in the left half and B in the right one, equally wide");
        }
    }

    private static List<String> unequal(PictureSide a, PictureSide b) {
        int sizes = 0;
        int aspects = 0;
        for (int i = 0; i < a.size(); i++) {
            ImageHeader one = a.header(i);
            ImageHeader other = b.header(i);
            boolean equal = one.uprightWidth() == other.uprightWidth() && one.uprightHeight() == other.uprightHeight();
            sizes += equal ? 0 : 1;
            aspects += (long) one.uprightWidth() * other.uprightHeight()
                            == (long) other.uprightWidth() * one.uprightHeight()
                    ? 0
                    : 1;
        }
        List<String> warnings = new ArrayList<>();
        if (sizes > 0) {
            warnings.add(sizes + " of " + a.size() + " pairs have halves of different sizes; both are resized to one");
        }
        if (aspects > 0) {
            warnings.add(aspects + " of " + a.size() + " pairs have halves of different aspects, which are stretched"
                    + " differently, so that they do not lie on each other: crop them alike");
        }
        return List.copyOf(warnings);
    }

    /** Such as {@code paired folder a with folder b}. */
    @Override
    public String name() {
        return kind + " "
                + String.join(" with ", sides.stream().map(PictureSide::title).toList());
    }

    @Override
    public int size() {
        return sides.get(0).size();
    }

    @Override
    public PairShape shape() {
        return shape;
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        require(index, target, offset);
        pictures.read(index, target, offset);
    }

    @Override
    public void read(int index, long draw, float[] target, int offset) throws DamagedExampleException {
        require(index, target, offset);
        pictures.read(index, Crop.draw(format, new SplitMix(draw)), target, offset);
    }

    private void require(int index, float[] target, int offset) {
        Objects.checkIndex(index, size());
        Objects.checkFromIndexSize(offset, shape.elements(), target.length);
    }

    @Override
    public List<String> notes() {
        return sides.stream().map(PictureSide::summary).toList();
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String fingerprint() {
        Digest digest = new Digest().add(kind);
        sides.forEach(side -> side.addTo(digest));
        return digest.hex();
    }

    @Override
    public List<Skipped> skipped() {
        return pictures.skipped();
    }

    @Override
    public void close() {
        sides.forEach(PictureSide::close);
    }
}
