package org.saddlepoint.data.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.PictureSheet;
import org.saddlepoint.data.pairs.PairFormat;
import org.saddlepoint.data.pairs.PairPart;
import org.saddlepoint.data.pairs.PairedImages;
import org.saddlepoint.input.IoReasons;

/**
 * The image sets that come with the library, so that a first training needs no download: 10,000 labelled 28 × 28 grey images
 * of digits and of garments, 1,890 emoji of 32 × 32, and pairs of emoji of 64 × 64. The resource {@code LICENSES} beside them
 * names authors and licences.
 */
public final class EmbeddedDatasets {
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final List<String> GARMENTS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private static final String EMOJI_PAIRS = "emoji-pairs";
    private static final int EMOJI_SIDE = 32;
    private static final int PAIR_SIDE = 64;

    private EmbeddedDatasets() {}

    /**
     * The test images of MNIST: handwritten digits (LeCun, Cortes and Burges, 1998; CC BY-SA 3.0).
     *
     * @throws DataException when the format asks for larger images and does not allow upscaling
     */
    public static IdxDataset digits(ImageFormat format) {
        return open("digits", DIGITS, format);
    }

    /**
     * Ten thousand images of Fashion-MNIST: garments (Xiao, Rasul and Vollgraf, 2017; MIT licence).
     *
     * @throws DataException when the format asks for larger images and does not allow upscaling
     */
    public static IdxDataset fashion(ImageFormat format) {
        return open("fashion", GARMENTS, format);
    }

    /**
     * Noto Emoji (Google; Apache License 2.0): 1,890 coloured drawings of 32 × 32 on white, without labels.
     *
     * @param cacheBytes memory for images of another size, at least 0
     * @throws DataException when the format asks for larger images and does not allow upscaling
     */
    public static ImageCollection emoji(ImageFormat format, long cacheBytes) {
        ImageFormat coloured = format.channels().isPresent() ? format : format.withChannels(3);
        return ImageCollection.sheet(sheet("emoji", "emoji", "pictures", EMOJI_SIDE), coloured, cacheBytes);
    }

    /**
     * The same emoji by two houses, 64 × 64 on white: A is Fluent Emoji 3D (Microsoft; MIT licence), modelled and lit; B is
     * Twemoji (CC BY 4.0), flat.
     *
     * @param cacheBytes memory for decoded pairs, at least 0
     */
    public static PairedImages emojiPairs(PairFormat format, PairPart part, long cacheBytes) {
        return PairedImages.sheets(
                EMOJI_PAIRS,
                sheet(EMOJI_PAIRS, "Fluent Emoji 3D", "fluent3d", PAIR_SIDE),
                sheet(EMOJI_PAIRS, "Twemoji", "twemoji", PAIR_SIDE),
                format.withChannels(3, 3),
                part,
                cacheBytes);
    }

    private static PictureSheet sheet(String set, String title, String file, int side) {
        List<String> names = new String(bytes(set + "/names.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return new PictureSheet(title, bytes(set + "/" + file + ".webp"), side, names);
    }

    /**
     * The classes of the set of this name, {@code digits} or {@code fashion}, without reading it.
     *
     * @throws IllegalArgumentException for another name
     */
    public static List<String> classNames(String set) {
        return switch (set) {
            case "digits" -> DIGITS;
            case "fashion" -> GARMENTS;
            default -> throw new IllegalArgumentException("the embedded sets are digits and fashion, not " + set);
        };
    }

    private static IdxDataset open(String name, List<String> classNames, ImageFormat format) {
        IdxFile images = read(name + "/images-idx3-ubyte.gz", 3);
        IdxFile labels = read(name + "/labels-idx1-ubyte.gz", 1);
        return new IdxDataset(name, images, labels, classNames, format);
    }

    private static IdxFile read(String resource, int axes) {
        return with(resource, in -> IdxFile.read(in, axes, "the library's resource " + resource));
    }

    private static byte[] bytes(String resource) {
        return with(resource, InputStream::readAllBytes);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(InputStream in) throws IOException;
    }

    private static <T> T with(String resource, Reading<T> reading) {
        try (InputStream in = Dataset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new DataException("the library's resource " + resource
                        + " is missing from its jar; expected it beside the classes; build or install it again");
            }
            return reading.of(in);
        } catch (IOException e) {
            throw new DataException(
                    "the library's resource " + resource + " cannot be read (" + IoReasons.of(e)
                            + "); build or install it again",
                    e);
        }
    }
}
