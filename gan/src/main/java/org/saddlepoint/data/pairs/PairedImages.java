package org.saddlepoint.data.pairs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.DataFile;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.ExamplePictures;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SourcePictures;
import org.saddlepoint.data.SplitMix;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.data.images.PictureSet;
import org.saddlepoint.data.images.PictureSheet;
import org.saddlepoint.data.images.PictureView;
import org.saddlepoint.data.images.PictureView.Half;

/**
 * Aligned pairs of images, for translation as in pix2pix (Isola et al. 2017): both halves are resized, cropped and
 * mirrored alike, as their {@link PairFormat} says, turned upright and composited on white where transparent.
 *
 * <p>The plain view is the whole pair, resized to the size of a crop. Opening reads headers only. Decoded pairs are kept in
 * memory within a budget. The {@link #fingerprint()} covers the kind of pairs, and the names, lengths and sizes in pixels
 * of the files that are used, in zips also their checksums.
 */
public final class PairedImages implements PairDataset {
    private static final int MOST_NAMED = 10;

    private final String kind;
    private final List<PictureSet> sides;
    private final PairShape shape;
    private final PairFormat format;
    private final List<String> warnings;
    private final Pictures pictures;

    /** @param views how each side's picture is read; over all sides those of A come first */
    private PairedImages(
            String kind,
            List<PictureSet> sides,
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
     * Pairs files of the same path in two folders or zips, whatever their extension.
     *
     * @param cacheBytes memory for decoded pairs, at least 0
     * @param links which are followed in a folder
     * @throws DataException when one is missing or holds no images, or a picture has no partner; at most ten of either side
     *     are named
     */
    public static PairedImages paired(Path a, Path b, PairFormat format, PairPart part, long cacheBytes, Links links) {
        return opened(sources(List.of(a, b), links), part, all -> paired("paired", all, format, cacheBytes));
    }

    /**
     * Pairs pictures of the same name in two sheets.
     *
     * @param name what messages call the pairs
     * @param cacheBytes memory for decoded pairs, at least 0
     * @throws DataException when a sheet does not decode, or a picture has no partner
     */
    public static PairedImages sheets(
            String name, PictureSheet a, PictureSheet b, PairFormat format, PairPart part, long cacheBytes) {
        return opened(
                List.of(() -> PictureSet.open(a), () -> PictureSet.open(b)),
                part,
                all -> paired(name, all, format, cacheBytes));
    }

    private static PairedImages paired(String kind, List<PictureSet> all, PairFormat format, long cacheBytes) {
        List<PictureSet> sides = Partners.match(all.get(0), all.get(1));
        List<PictureView> viewA =
                List.of(PictureView.whole(sides.get(0).channels(format.channelsA(), Half.WHOLE, "A")));
        List<PictureView> viewB =
                List.of(PictureView.whole(sides.get(1).channels(format.channelsB(), Half.WHOLE, "B")));
        return new PairedImages(
                kind, sides, List.of(viewA, viewB), unequal(sides.get(0), sides.get(1)), format, cacheBytes);
    }

    /**
     * Splits pictures that hold A in their left half and B in their right half, as the official data sets do.
     *
     * @param cacheBytes memory for decoded pairs, at least 0
     * @param links which are followed in a folder
     * @throws DataException when it is missing or holds no images, or a width is odd; at most ten are named
     */
    public static PairedImages sideBySide(Path folder, PairFormat format, PairPart part, long cacheBytes, Links links) {
        return opened(sources(List.of(folder), links), part, all -> {
            PictureSet side = all.get(0);
            requireEvenWidths(side);
            List<PictureView> views = List.of(
                    new PictureView(Half.LEFT, side.channels(format.channelsA(), Half.LEFT, "A"), false),
                    new PictureView(Half.RIGHT, side.channels(format.channelsB(), Half.RIGHT, "B"), false));
            return new PairedImages("paired-ab", all, List.of(views), List.of(), format, cacheBytes);
        });
    }

    /**
     * Pairs each picture with its grey copy as A, of one channel unless the format asks for three.
     *
     * @param cacheBytes memory for decoded pairs, at least 0
     * @param links which are followed in a folder
     * @throws DataException when it is missing or holds no images
     */
    public static PairedImages colorize(Path folder, PairFormat format, PairPart part, long cacheBytes, Links links) {
        return opened(sources(List.of(folder), links), part, all -> {
            int channels = all.get(0).channels(format.channelsB(), Half.WHOLE, "B");
            List<PictureView> views = List.of(
                    new PictureView(Half.WHOLE, format.channelsA().orElse(1), true), PictureView.whole(channels));
            return new PairedImages("colorize", all, List.of(views), List.of(), format, cacheBytes);
        });
    }

    @FunctionalInterface
    private interface Opening {
        PairedImages of(List<PictureSet> sides);
    }

    private static List<Supplier<PictureSet>> sources(List<Path> paths, Links links) {
        return paths.stream()
                .<Supplier<PictureSet>>map(path -> () -> PictureSet.open(path, links))
                .toList();
    }

    private static PairedImages opened(List<Supplier<PictureSet>> sources, PairPart part, Opening opening) {
        List<PictureSet> sides = new ArrayList<>();
        try {
            sources.forEach(source -> sides.add(part.of(source.get())));
            return opening.of(List.copyOf(sides));
        } catch (RuntimeException | Error e) {
            sides.forEach(PictureSet::close);
            throw e;
        }
    }

    private static void requireEvenWidths(PictureSet side) {
        List<String> odd = IntStream.range(0, side.size())
                .filter(i -> side.width(i) % 2 != 0)
                .mapToObj(i -> side.name(i) + " (" + side.width(i) + "x" + side.height(i) + ")")
                .toList();
        if (!odd.isEmpty()) {
            throw new DataException(odd.size() + " of " + side.size() + " pictures in " + side.title()
                    + " cannot be halved, since their width is odd: " + ClassNames.listed(odd, MOST_NAMED)
                    + "; expected A in the left half and B in the right one, equally wide");
        }
    }

    private static List<String> unequal(PictureSet a, PictureSet b) {
        int sizes = 0;
        int aspects = 0;
        for (int i = 0; i < a.size(); i++) {
            boolean equal = a.width(i) == b.width(i) && a.height(i) == b.height(i);
            sizes += equal ? 0 : 1;
            aspects += (long) a.width(i) * b.height(i) == (long) b.width(i) * a.height(i) ? 0 : 1;
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
                + String.join(" with ", sides.stream().map(PictureSet::title).toList());
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
    public List<SourcePictures> pictures() {
        return List.of(ExamplePictures.of(this, sides.get(0)::name));
    }

    @Override
    public boolean hasPairs() {
        return true;
    }

    @Override
    public List<String> notes() {
        return sides.stream().flatMap(side -> side.notes().stream()).toList();
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

    /** Where there are two sides, with {@code A/} or {@code B/} before their names. */
    @Override
    public List<DataFile> files() {
        return sides.size() == 1
                ? sides.get(0).files("")
                : Stream.concat(sides.get(0).files("A/").stream(), sides.get(1).files("B/").stream())
                        .toList();
    }

    @Override
    public List<Skipped> skipped() {
        return pictures.skipped();
    }

    @Override
    public void close() {
        sides.forEach(PictureSet::close);
    }
}
