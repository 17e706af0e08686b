package org.saddlepoint.data.images;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.SampleConversion;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.codecs.PixelRows;
import org.saddlepoint.data.codecs.RasterRows;
import org.saddlepoint.input.Require;

/**
 * A data set of images that a program holds in memory, with or without labels.
 *
 * <pre>{@code
 * List<BufferedImage> pictures = List.of(ImageIO.read(cat), ImageIO.read(dog));
 * Dataset data = ImagesInMemory.of("pets", pictures, ImageFormat.ofSize(64))
 *         .withLabels(List.of(0, 1), List.of("cat", "dog"));
 * }</pre>
 *
 * <p>Images are copied and held as unsigned bytes, as all images here are; where the format asks for it they are cropped to
 * their central square, resized with an antialiased bicubic filter and turned grey or coloured. Transparent pixels are
 * composited on white. A {@code BufferedImage} gives the same numbers as a lossless file of it in an
 * {@link ImageCollection}. The {@link #fingerprint()} covers shape and samples of the images as they are read, labels and
 * class names.
 */
public final class ImagesInMemory implements Dataset {
    /** Images that are looked at to see whether they show colour. */
    private static final int GLANCES = 16;

    private final String name;
    private final StoredImages images;
    private final List<Integer> labels;
    private final List<String> classNames;

    private ImagesInMemory(String name, StoredImages images, List<Integer> labels, List<String> classNames) {
        this.name = name;
        this.images = images;
        this.labels = labels;
        this.classNames = classNames;
    }

    /**
     * Images of any kind and size. Without a size in the format they must have one size and keep it; without channels
     * colour is taken as soon as one of a sample of 16 images shows any.
     *
     * @param name what messages call the data
     * @throws DataException when there are none, they are of different sizes and the format has none, one is smaller than
     *     the format allows, or they need 2 GiB or more
     */
    public static ImagesInMemory of(String name, List<BufferedImage> images, ImageFormat format) {
        requireSome(name, images.size());
        int channels = format.channels().orElseGet(() -> showColour(images) ? 3 : 1);
        ImageShape shape = shape(name, images, format, channels);
        byte[] samples = new byte[bytes(name, images.size(), shape)];
        for (int i = 0; i < images.size(); i++) {
            RasterRows rows = new RasterRows(images.get(i), channels);
            byte[] planes = format.size().isPresent() ? Resampler.square(rows, shape.width()) : planes(rows);
            System.arraycopy(planes, 0, samples, i * planes.length, planes.length);
        }
        return new ImagesInMemory(
                name, StoredImages.of(name, samples, shape, ImageFormat.AS_STORED), List.of(), List.of());
    }

    /**
     * Images as numbers in [-1, 1]. They are rounded to the nearest of 256 levels; without a size in the format they keep
     * theirs.
     *
     * @param name what messages call the data
     * @param images the numbers of each image, CHW
     * @param shape the shape of each image
     * @throws DataException when there are none, one has more or fewer numbers than the shape, a number is not in [-1, 1],
     *     they are smaller than the format allows, or need 2 GiB or more
     */
    public static ImagesInMemory ofValues(String name, List<float[]> images, ImageShape shape, ImageFormat format) {
        requireSome(name, images.size());
        byte[] samples = new byte[bytes(name, images.size(), shape)];
        int filled = 0;
        for (int i = 0; i < images.size(); i++) {
            float[] values = images.get(i);
            if (values.length != shape.elements()) {
                throw new DataException("image " + i + " of " + name + " has " + values.length + " numbers; expected "
                        + shape.elements() + " for " + shape + ", channel by channel and row by row");
            }
            for (float value : values) {
                if (!(value >= -1 && value <= 1)) {
                    throw new DataException("image " + i + " of " + name + " has the value " + value
                            + "; expected numbers in [-1, 1], where -1 is black and 1 is white; divide samples of 0 to"
                            + " 255 by 127.5 and subtract 1");
                }
                samples[filled++] = SampleConversion.unsigned(value);
            }
        }
        return new ImagesInMemory(name, StoredImages.of(name, samples, shape, format), List.of(), List.of());
    }

    /**
     * The same images with labels.
     *
     * @param labels the class of each image, a position in the class names
     * @throws IllegalArgumentException when there is not one label for each image, one is no position in the class names,
     *     or two classes have the same name
     */
    public ImagesInMemory withLabels(List<Integer> labels, List<String> classNames) {
        Require.that(labels.size() == size(), "labels", "as many as the " + size() + " images", labels.size());
        Require.that(
                classNames.stream().distinct().count() == classNames.size(), "class names", "distinct", classNames);
        for (int label : labels) {
            Require.that(
                    label >= 0 && label < classNames.size(), "a label", "in [0, " + classNames.size() + ")", label);
        }
        return new ImagesInMemory(name, images, List.copyOf(labels), List.copyOf(classNames));
    }

    private static void requireSome(String name, int count) {
        if (count == 0) {
            throw new DataException(name + " holds no images; expected at least one");
        }
    }

    private static int bytes(String name, int count, ImageShape shape) {
        long bytes = (long) count * shape.elements();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new DataException(count + " images of " + shape + " in " + name + " need " + (bytes >> 20)
                    + " MiB; expected less than 2048 MiB; give fewer or smaller ones, or open them from files");
        }
        return (int) bytes;
    }

    private static ImageShape shape(String name, List<BufferedImage> images, ImageFormat format, int channels) {
        if (format.size().isPresent()) {
            int size = format.size().getAsInt();
            for (int i = 0; i < images.size() && !format.upscale(); i++) {
                BufferedImage image = images.get(i);
                if (Math.min(image.getWidth(), image.getHeight()) < size) {
                    throw new DataException("image " + i + " of " + name + " has " + image.getWidth() + "x"
                            + image.getHeight() + " pixels, which is smaller than the " + size + "x" + size
                            + " wanted; leave it out, ask for a smaller size, or allow upscaling");
                }
            }
            return new ImageShape(channels, size, size);
        }
        BufferedImage first = images.get(0);
        for (int i = 1; i < images.size(); i++) {
            BufferedImage image = images.get(i);
            if (image.getWidth() != first.getWidth() || image.getHeight() != first.getHeight()) {
                throw new DataException("the images of " + name + " have different sizes: image 0 has "
                        + first.getWidth() + "x" + first.getHeight() + " pixels, image " + i + " has "
                        + image.getWidth() + "x" + image.getHeight() + "; give a size to make them equal");
            }
        }
        return new ImageShape(channels, first.getHeight(), first.getWidth());
    }

    private static boolean showColour(List<BufferedImage> images) {
        int glances = Math.min(GLANCES, images.size());
        return IntStream.range(0, glances)
                .map(i -> (int) ((long) i * images.size() / glances))
                .anyMatch(i -> ColourChoice.hasColour(planes(new RasterRows(images.get(i), 3))));
    }

    /** All samples in the image's own size, CHW. */
    private static byte[] planes(PixelRows rows) {
        return Resampler.cropped(rows, new Rectangle(0, 0, rows.width(), rows.height()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public ImageShape shape() {
        return images.shape();
    }

    @Override
    public void read(int index, float[] target, int offset) {
        images.read(index, target, offset);
    }

    @Override
    public OptionalInt label(int index) {
        Objects.checkIndex(index, size());
        return labels.isEmpty() ? OptionalInt.empty() : OptionalInt.of(labels.get(index));
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public String fingerprint() {
        Digest digest = new Digest().add("memory");
        images.addTo(digest);
        labels.forEach(digest::add);
        classNames.forEach(digest::add);
        return digest.hex();
    }

    /** Always empty. */
    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void close() {}
}
