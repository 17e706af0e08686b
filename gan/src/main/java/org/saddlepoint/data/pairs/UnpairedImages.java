package org.saddlepoint.data.pairs;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
import org.saddlepoint.data.images.PictureView;
import org.saddlepoint.data.images.PictureView.Half;

/**
 * Two unpaired sets of images, for translation as in CycleGAN (Zhu et al. 2017). As in the official code an example is the
 * next picture of A and a random one of B, each cropped and mirrored independently, and there are as many examples as the
 * larger set has pictures.
 *
 * <p>The plain view only resizes to the size of a crop, and goes through B in order, too. If the picture of B is damaged, the
 * next one replaces it. Opening reads headers only. Decoded pictures are kept in memory within a budget. The
 * {@link #fingerprint()} covers names, lengths and sizes in pixels of the files that are used, in zips also their checksums.
 */
public final class UnpairedImages implements PairDataset {
    private final PictureSet a;
    private final PictureSet b;
    private final PairShape shape;
    private final PairFormat format;
    private final Pictures picturesA;
    private final Pictures picturesB;

    private UnpairedImages(PictureSet a, PictureSet b, PairFormat format, long cacheBytes) {
        this.a = a;
        this.b = b;
        this.format = format;
        PictureView viewA = PictureView.whole(a.channels(format.channelsA(), Half.WHOLE, "A"));
        PictureView viewB = PictureView.whole(b.channels(format.channelsB(), Half.WHOLE, "B"));
        this.shape = new PairShape(
                new ImageShape(viewA.channels(), format.crop(), format.crop()),
                new ImageShape(viewB.channels(), format.crop(), format.crop()));
        this.picturesA = pictures(a, viewA, cacheBytes / 2);
        this.picturesB = pictures(b, viewB, cacheBytes / 2);
    }

    private Pictures pictures(PictureSet side, PictureView view, long cacheBytes) {
        List<PictureView> views = List.of(view);
        return new Pictures(
                name(),
                side.size(),
                side.skipped(),
                format,
                cacheBytes,
                (index, size) -> Pictures.decode(side, index, views, size));
    }

    /**
     * The pictures in two folders or zips.
     *
     * @param cacheBytes memory for decoded pictures, half of it for either side, at least 0
     * @param links which are followed in a folder
     * @throws DataException when one is missing or holds no images
     */
    public static UnpairedImages open(Path a, Path b, PairFormat format, PairPart part, long cacheBytes, Links links) {
        PictureSet sideA = part.open(a, links);
        try {
            PictureSet sideB = part.open(b, links);
            try {
                return new UnpairedImages(sideA, sideB, format, cacheBytes);
            } catch (RuntimeException | Error e) {
                sideB.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            sideA.close();
            throw e;
        }
    }

    /** Such as {@code unpaired folder a with folder b}. */
    @Override
    public String name() {
        return "unpaired " + a.title() + " with " + b.title();
    }

    @Override
    public int size() {
        return Math.max(a.size(), b.size());
    }

    @Override
    public PairShape shape() {
        return shape;
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        require(index, target, offset);
        picturesA.read(index % a.size(), target, offset);
        int behind = offset + shape.a().elements();
        readB(index % b.size(), each -> picturesB.read(each, target, behind));
    }

    @Override
    public void read(int index, long draw, float[] target, int offset) throws DamagedExampleException {
        require(index, target, offset);
        SplitMix random = new SplitMix(draw);
        int first = random.nextInt(b.size());
        Crop cropA = Crop.draw(format, random);
        Crop cropB = Crop.draw(format, random);
        picturesA.read(index % a.size(), cropA, target, offset);
        readB(
                first,
                each -> picturesB.read(each, cropB, target, offset + shape.a().elements()));
    }

    @FunctionalInterface
    private interface Reading {
        void of(int index) throws DamagedExampleException;
    }

    /** Reads the picture of B with this index, or the next that is intact. */
    private void readB(int first, Reading reading) throws DamagedExampleException {
        for (int tries = 1; ; tries++) {
            try {
                reading.of((first + tries - 1) % b.size());
                return;
            } catch (DamagedExampleException e) {
                if (tries == b.size()) {
                    throw e;
                }
            }
        }
    }

    private void require(int index, float[] target, int offset) {
        Objects.checkIndex(index, size());
        Objects.checkFromIndexSize(offset, shape.elements(), target.length);
    }

    @Override
    public List<SourcePictures> pictures() {
        return List.of(
                ExamplePictures.part(
                        "A", a.size(), a::name, shape.a(), (index, target) -> picturesA.read(index, target, 0)),
                ExamplePictures.part(
                        "B", b.size(), b::name, shape.b(), (index, target) -> picturesB.read(index, target, 0)));
    }

    @Override
    public List<String> notes() {
        return Stream.concat(a.notes().stream(), b.notes().stream()).toList();
    }

    @Override
    public String fingerprint() {
        Digest digest = new Digest().add("unpaired");
        a.addTo(digest);
        b.addTo(digest);
        return digest.hex();
    }

    /** With {@code A/} or {@code B/} before their names. */
    @Override
    public List<DataFile> files() {
        return Stream.concat(a.files("A/").stream(), b.files("B/").stream()).toList();
    }

    @Override
    public List<Skipped> skipped() {
        return Stream.concat(picturesA.skipped().stream(), picturesB.skipped().stream())
                .toList();
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
