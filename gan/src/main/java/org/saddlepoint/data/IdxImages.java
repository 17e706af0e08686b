package org.saddlepoint.data;

import java.util.Arrays;

/** Makes the images of an IDX file into the wanted shape. */
final class IdxImages {
    private IdxImages() {}

    static ImageShape shape(String name, IdxFile images, ImageFormat format) {
        int height = images.length(1);
        int width = images.length(2);
        int channels = format.channels().orElse(1);
        if (format.size().isEmpty()) {
            return new ImageShape(channels, height, width);
        }
        int size = format.size().getAsInt();
        if (!format.upscale() && size > Math.min(height, width)) {
            throw new DataException("the images of " + name + " have " + width + "x" + height
                    + " pixels, which is smaller than the " + size + "x" + size + " wanted; ask for size "
                    + Math.min(height, width) + " or less, or allow upscaling (on the command line: --set images.size="
                    + Math.min(height, width) + ", or --set images.upscale=true)");
        }
        return new ImageShape(channels, size, size);
    }

    /** All samples, CHW; the stored ones themselves where nothing is to be done. */
    static byte[] convert(IdxFile images, ImageShape shape) {
        int count = images.length(0);
        int height = images.length(1);
        int width = images.length(2);
        if (shape.channels() == 1 && shape.height() == height && shape.width() == width) {
            return images.bytes();
        }
        long bytes = (long) count * shape.elements();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new DataException(count + " images of " + shape.channels() + "x" + shape.height() + "x"
                    + shape.width() + " need " + (bytes >> 20)
                    + " MiB; expected less than 2048 MiB; ask for a smaller size or fewer channels");
        }
        byte[] converted = new byte[(int) bytes];
        int plane = shape.height() * shape.width();
        for (int i = 0; i < count; i++) {
            byte[] grey = resized(images.bytes(), i * height * width, height, width, shape);
            for (int c = 0; c < shape.channels(); c++) {
                System.arraycopy(grey, 0, converted, i * shape.elements() + c * plane, plane);
            }
        }
        return converted;
    }

    private static byte[] resized(byte[] stored, int from, int height, int width, ImageShape shape) {
        if (shape.height() == height && shape.width() == width) {
            return Arrays.copyOfRange(stored, from, from + height * width);
        }
        return Resampler.square(new StoredRows(stored, from, height, width), shape.height());
    }

    /** One stored image, as a view. */
    private static final class StoredRows implements PixelRows {
        private final byte[] stored;
        private final int from;
        private final int height;
        private final int width;

        StoredRows(byte[] stored, int from, int height, int width) {
            this.stored = stored;
            this.from = from;
            this.height = height;
            this.width = width;
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public int height() {
            return height;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public void read(int y, float[] row) {
            for (int x = 0; x < width; x++) {
                row[x] = stored[from + y * width + x] & 0xff;
            }
        }
    }
}
