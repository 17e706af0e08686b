package org.saddlepoint.data.images;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;

/** Chooses the shape that a collection's images are given, and refuses to enlarge them unasked. */
final class ImageChoice {
    private static final int USUAL_SIZE = 64;
    private static final int SAMPLE = 16;

    /** A grey image that went through colour JPEG may be off grey by this much. */
    private static final int GREY_TOLERANCE = 4;

    private ImageChoice() {}

    static ImageShape shape(ImageFiles files, ImageCatalogue catalogue, ImageFormat format) {
        int size = format.size().orElseGet(() -> usualSize(catalogue.headers()));
        if (!format.upscale()) {
            requireLargeEnough(files, catalogue, size);
        }
        int channels = format.channels()
                .orElseGet(() -> showsColour(
                                catalogue.headers(),
                                index -> ImageDecoder.decode(
                                        files.read(catalogue.entries().get(index)), 3, size))
                        ? 3
                        : 1);
        return new ImageShape(channels, size, size);
    }

    /** 64, or the images' own size where all are equally large and smaller. */
    private static int usualSize(List<ImageHeader> headers) {
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
            ImageHeader header = catalogue.headers().get(smallest);
            throw new DataException(small + " of " + catalogue.headers().size() + " images in " + files.title()
                    + " are smaller than the " + size + "x" + size + " pixels wanted; the smallest is "
                    + catalogue.entries().get(smallest).name() + " with " + header.width() + "x" + header.height()
                    + "; remove them, ask for size " + header.shortSide() + " or less, or allow upscaling"
                    + " (on the command line: --set images.size=" + header.shortSide()
                    + ", or --set images.upscale=true)");
        }
    }

    /** Gives the samples of an image, in three channels, one channel behind the other. */
    @FunctionalInterface
    interface Decoding {
        byte[] decode(int index) throws IOException;
    }

    /** Whether one of at most 16 images, spread evenly over those that can hold colour, shows any. */
    static boolean showsColour(List<ImageHeader> headers, Decoding decoding) {
        int[] candidates = IntStream.range(0, headers.size())
                .filter(i -> !headers.get(i).grey())
                .toArray();
        int count = Math.min(SAMPLE, candidates.length);
        for (int i = 0; i < count; i++) {
            try {
                if (hasColour(decoding.decode(candidates[(int) ((long) i * candidates.length / count)]))) {
                    return true;
                }
            } catch (IOException ignored) {
                // damaged: reading it later says so
            }
        }
        return false;
    }

    /** Whether these planes of red, green and blue differ by more than what colour JPEG makes of grey. */
    static boolean hasColour(byte[] planes) {
        int pixels = planes.length / 3;
        for (int p = 0; p < pixels; p++) {
            int red = planes[p] & 0xff;
            int green = planes[pixels + p] & 0xff;
            int blue = planes[2 * pixels + p] & 0xff;
            if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > GREY_TOLERANCE) {
                return true;
            }
        }
        return false;
    }
}
