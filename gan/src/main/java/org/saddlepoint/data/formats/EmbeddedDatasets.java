package org.saddlepoint.data.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.input.IoReasons;

/**
 * The two image sets that come with the library, 10,000 labelled 28 × 28 grey images each, so that a first training needs
 * no download. The resource {@code LICENSES} beside them names authors and licences.
 */
public final class EmbeddedDatasets {
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final List<String> GARMENTS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

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
        try (InputStream in = Dataset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new DataException("the library's resource " + resource
                        + " is missing from its jar; expected it beside the classes; build or install it again");
            }
            return IdxFile.read(in, axes, "the library's resource " + resource);
        } catch (IOException e) {
            throw new DataException(
                    "the library's resource " + resource + " cannot be read (" + IoReasons.of(e)
                            + "); build or install it again",
                    e);
        }
    }
}
