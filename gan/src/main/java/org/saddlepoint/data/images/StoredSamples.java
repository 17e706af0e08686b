package org.saddlepoint.data.images;

import java.util.Arrays;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.SampleConversion;
import org.saddlepoint.data.codecs.PixelRows;

/**
 * Images of one size held in memory as stored samples, CHW each, one after the other, and their conversion to another shape.
 *
 * @param name what messages call them
 * @param samples all samples, unsigned
 * @param count how many images
 * @param stored the shape of each as it is stored
 */
@SuppressWarnings("ArrayRecordComponent") // within this package, and never compared
record StoredSamples(String name, byte[] samples, int count, ImageShape stored) {

    /** The shape that the format gives these images. */
    ImageShape shape(ImageFormat format) {
        int channels = format.channels().orElse(stored.channels());
        if (format.size().isEmpty()) {
            return new ImageShape(channels, stored.height(), stored.width());
        }
        int size = format.size().getAsInt();
        int shortSide = Math.min(stored.height(), stored.width());
        if (!format.upscale() && size > shortSide) {
            throw new DataException("the images of " + name + " have " + stored.width() + "x" + stored.height()
                    + " pixels, which is smaller than the " + size + "x" + size + " wanted; ask for size " + shortSide
                    + " or less, or allow upscaling (on the command line: --set images.size=" + shortSide
                    + ", or --set images.upscale=true)");
        }
        return new ImageShape(channels, size, size);
    }

    /** All samples in this shape; the stored array itself if it has that shape. */
    byte[] convert(ImageShape shape) {
        if (shape.equals(stored)) {
            return samples;
        }
        long bytes = (long) count * shape.elements();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new DataException(count + " images of " + shape.channels() + "x" + shape.height() + "x"
                    + shape.width() + " need " + (bytes >> 20)
                    + " MiB; expected less than 2048 MiB; ask for a smaller size or fewer channels");
        }
        byte[] converted = new byte[(int) bytes];
        for (int i = 0; i < count; i++) {
            convert(i, shape, converted);
        }
        return converted;
    }

    private void convert(int index, ImageShape shape, byte[] target) {
        int at = index * shape.elements();
        int plane = shape.height() * shape.width();
        int kept = Math.min(stored.channels(), shape.channels());
        byte[] image;
        if (shape.height() == stored.height() && shape.width() == stored.width()) {
            image = kept == stored.channels()
                    ? Arrays.copyOfRange(samples, index * stored.elements(), (index + 1) * stored.elements())
                    : grey(index);
        } else {
            image = Resampler.square(new Rows(index, kept), shape.height());
        }
        for (int c = 0; c < shape.channels(); c++) {
            System.arraycopy(image, kept == 1 ? 0 : c * plane, target, at + c * plane, plane);
        }
    }

    private byte[] grey(int index) {
        Rows rows = new Rows(index, 1);
        float[] row = new float[stored.width()];
        byte[] plane = new byte[stored.height() * stored.width()];
        for (int y = 0; y < stored.height(); y++) {
            rows.read(y, row);
            for (int x = 0; x < row.length; x++) {
                plane[y * row.length + x] = SampleConversion.toSample(row[x]);
            }
        }
        return plane;
    }

    /** A view of one stored image. */
    private final class Rows implements PixelRows {
        private final int from;
        private final int channels;

        /** @param channels at most as many as are stored; 1 of 3 is the luma */
        Rows(int index, int channels) {
            this.from = index * stored.elements();
            this.channels = channels;
        }

        @Override
        public int width() {
            return stored.width();
        }

        @Override
        public int height() {
            return stored.height();
        }

        @Override
        public int channels() {
            return channels;
        }

        @Override
        public void read(int y, float[] row) {
            for (int x = 0; x < width(); x++) {
                if (channels == stored.channels()) {
                    for (int c = 0; c < channels; c++) {
                        row[x * channels + c] = sample(c, y, x);
                    }
                } else {
                    row[x] = SampleConversion.luma(sample(0, y, x), sample(1, y, x), sample(2, y, x));
                }
            }
        }

        private int sample(int channel, int y, int x) {
            return samples[from + (channel * height() + y) * width() + x] & 0xff;
        }
    }
}
