package org.saddlepoint.data.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SkippedLog;
import org.saddlepoint.input.Require;

/**
 * PNG, JPEG and WebP images of any size in a folder, in a zip, or listed in a table, as squares of one size.
 *
 * <p>Each image is turned upright (EXIF), composited on white where transparent, cropped to its central square and
 * resized with an antialiased bicubic filter. Opening reads headers only. The images are sorted by name;
 * files of other kinds and hidden ones are ignored, and files that are no images are {@link #skipped()}. Decoded images
 * are kept in memory within a budget, so that later epochs decode nothing.
 *
 * <p>Labels: where all images lie in subfolders, at least two, the first folder names the class; a list
 * names classes and vectors itself, see {@link ImageListing}. Classes named by whole numbers are sorted by value; all others
 * follow in alphabetical order.
 *
 * <p>The {@link #fingerprint()} covers the images' names, lengths and sizes in pixels, and in a zip also their checksums,
 * and the labels and vectors of a list.
 */
public final class ImageCollection implements Dataset {

    /** Memory for decoded images unless told otherwise: 1 GiB, or a quarter of the heap where that is less. */
    public static final long DEFAULT_CACHE_BYTES =
            Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

    private final ImageFiles files;
    private final ImageCatalogue catalogue;
    private final ImageShape shape;
    private final Annotations annotations;
    private final SkippedLog skipped;
    private final ImageCache cache;

    private ImageCollection(
            ImageFiles files,
            ImageFormat format,
            long cacheBytes,
            Function<List<String>, Annotations> annotationsOfNames) {
        this.files = files;
        this.catalogue = ImageCatalogue.of(files);
        this.shape = ImageChoice.shape(files, catalogue, format);
        this.annotations = annotationsOfNames.apply(
                catalogue.entries().stream().map(ImageFiles.Entry::name).toList());
        this.skipped = new SkippedLog(files.title(), catalogue.skipped());
        this.cache = new ImageCache(size(), cacheBytes);
    }

    /**
     * The images in {@code folder} and its subfolders, with the default cache.
     *
     * @throws DataException when it is missing, holds no images, or an image is smaller than the format allows
     */
    public static ImageCollection folder(Path folder, ImageFormat format) {
        return folder(folder, format, DEFAULT_CACHE_BYTES);
    }

    /**
     * The images in {@code folder} and its subfolders.
     *
     * @param cacheBytes memory for decoded images, at least 0
     * @throws DataException when it is missing, holds no images, or an image is smaller than the format allows
     */
    public static ImageCollection folder(Path folder, ImageFormat format, long cacheBytes) {
        return open(new FolderFiles(folder), format, cacheBytes, Annotations::ofFolders);
    }

    /**
     * The images in the zip {@code file}, with the default cache. Nothing is unpacked to disk.
     *
     * @throws DataException when it is missing or no zip, holds no images, or an image is smaller than the format allows
     */
    public static ImageCollection zip(Path file, ImageFormat format) {
        return zip(file, format, DEFAULT_CACHE_BYTES);
    }

    /**
     * The images in the zip {@code file}. Nothing is unpacked to disk.
     *
     * @param cacheBytes memory for decoded images, at least 0
     * @throws DataException when it is missing or no zip, holds no images, or an image is smaller than the format allows
     */
    public static ImageCollection zip(Path file, ImageFormat format, long cacheBytes) {
        return open(new ZipFiles(file), format, cacheBytes, Annotations::ofFolders);
    }

    /**
     * The images of a list, in its order.
     *
     * @param cacheBytes memory for decoded images, at least 0
     * @throws DataException when none of the files is an image, or an image is smaller than the format allows
     */
    public static ImageCollection listed(ImageListing listing, ImageFormat format, long cacheBytes) {
        return open(new ListedFiles(listing), format, cacheBytes, names -> Annotations.listed(listing, names));
    }

    /** @param annotationsOfNames gives what is known of the images of these names */
    private static ImageCollection open(
            ImageFiles files,
            ImageFormat format,
            long cacheBytes,
            Function<List<String>, Annotations> annotationsOfNames) {
        Require.atLeast(0, "cacheBytes", cacheBytes);
        try {
            return new ImageCollection(files, format, cacheBytes, annotationsOfNames);
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return files.title();
    }

    @Override
    public int size() {
        return catalogue.entries().size();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        Objects.checkIndex(index, size());
        byte[] samples = cache.get(index);
        if (samples == null) {
            samples = decode(index);
            cache.offer(index, samples);
        }
        SampleConversion.toSigned(samples, 0, samples.length, target, offset);
    }

    private byte[] decode(int index) throws DamagedExampleException {
        skipped.check(index);
        ImageFiles.Entry entry = catalogue.entries().get(index);
        try {
            return ImageDecoder.decode(files.read(entry), shape.channels(), shape.width());
        } catch (IOException e) {
            throw skipped.damaged(index, new Skipped(entry.name(), String.valueOf(e.getMessage())));
        }
    }

    @Override
    public OptionalInt label(int index) {
        Objects.checkIndex(index, size());
        return annotations.labels().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(annotations.labels().get(index));
    }

    @Override
    public List<String> classNames() {
        return annotations.classNames();
    }

    @Override
    public List<String> vectorNames() {
        return annotations.vectorNames();
    }

    @Override
    public void readVector(int index, float[] target, int offset) {
        Objects.checkIndex(index, size());
        int length = annotations.vectorNames().size();
        System.arraycopy(annotations.vectors(), index * length, target, offset, length);
    }

    @Override
    public String fingerprint() {
        Digest digest = new Digest().add("images");
        for (int i = 0; i < size(); i++) {
            ImageFiles.Entry entry = catalogue.entries().get(i);
            ImageHeader header = catalogue.headers().get(i);
            digest.add(entry.name()).add(entry.bytes()).add(entry.checksum());
            digest.add(header.width()).add(header.height());
        }
        if (annotations.listed()) {
            annotations.classNames().forEach(digest::add);
            annotations.labels().forEach(digest::add);
            annotations.vectorNames().forEach(digest::add);
            digest.add(annotations.vectors());
        }
        return digest.hex();
    }

    @Override
    public List<Skipped> skipped() {
        return skipped.list();
    }

    @Override
    public void close() {
        files.close();
    }
}
