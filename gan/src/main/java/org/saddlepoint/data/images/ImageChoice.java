package org.saddlepoint.data.images;

import java.util.List;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.codecs.PictureHeader;

/** Chooses the size that a collection's images are given, and refuses to enlarge them unasked. */
final class ImageChoice {
    private static final int USUAL_SIZE = 64;

    private ImageChoice() {}

    /**
     * The side that images are given.
     *
     * @throws DataException when one is smaller and the format does not allow upscaling
     */
    static int size(ImageFiles files, ImageCatalogue catalogue, ImageFormat format) {
        int size = format.size().orElseGet(() -> usualSize(catalogue.headers()));
        if (!format.upscale()) {
            requireLargeEnough(files, catalogue, size);
        }
        return size;
    }

    /** 64, or the images' own size where all are equally large and smaller. */
    private static int usualSize(List<PictureHeader> headers) {
        int first = headers.get(0).shortSide();
        boolean equal = headers.stream().allMatch(header -> header.shortSide() == first);
        return equal ? Math.min(first, USUAL_SIZE) : USUAL_SIZE;
    }

    private static void requireLargeEnough(ImageFiles files, ImageCatalogue catalogue, int size) {
        int small = 0;
        int smallest = 0;
        for (int i = 0; i < catalogue.headers().size(); i++) {
            int side = catalogue.headers().get(i).shortSide();
            small += side < size ? 1 : 0;
            smallest = side < catalogue.headers().get(smallest).shortSide() ? i : smallest;
        }
        if (small > 0) {
            PictureHeader header = catalogue.headers().get(smallest);
            throw new DataException(small + " of " + catalogue.headers().size() + " images in " + files.title()
                    + " are smaller than the " + size + "x" + size + " pixels wanted; the smallest is "
                    + catalogue.entries().get(smallest).name() + " with " + header.width() + "x" + header.height()
                    + "; remove them, ask for size " + header.shortSide() + " or less, or allow upscaling"
                    + " (on the command line: --set images.size=" + header.shortSide()
                    + ", or --set images.upscale=true)");
        }
    }
}
