package org.saddlepoint.data.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.DataFile;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.SampleConversion;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SkippedLog;
import org.saddlepoint.data.SourcePicture;
import org.saddlepoint.data.SourcePictures;
import org.saddlepoint.data.codecs.PictureHeader;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Require;

/**
 * Images of any size in a folder, in a zip, or listed in a table, as squares of one size.
 *
 * <p>Each image is turned upright (EXIF), composited on white where transparent, cropped to its central square and
 * resized with an antialiased bicubic filter. Opening reads headers only. Files are images by their content, whatever they
 * are called; all that are none are {@link #skipped()}, but for hidden ones. The images are sorted by name. Decoded images
 * are kept in memory within a budget, so that later epochs decode nothing.
 *
 * <p>Labels: where all images lie in subfolders, at least two, the first folder names the class; a list
 * names classes and vectors itself, see {@link ImageListing}, and so does the {@code dataset.json} of StyleGAN's dataset
 * tool. Its shard folders, {@code 00000}, {@code 00001} and on, are no classes. Classes named by whole numbers are sorted by value; all others
 * follow in alphabetical order.
 *
 * <p>The {@link #fingerprint()} covers the images' names in composed form, lengths and sizes in pixels, and in a zip also
 * their checksums, and the labels and vectors of a list or {@code dataset.json}.
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
    private final List<String> notes;

    private ImageCollection(
            ImageFiles files,
            ImageFormat format,
            long cacheBytes,
            BiFunction<ImageFiles, ImageCatalogue, Annotations> annotating) {
        this.files = files;
        this.catalogue = ImageCatalogue.of(files);
        int size = ImageChoice.size(files, catalogue, format);
        ColourChoice colour = ColourChoice.of(
                format.channels(),
                catalogue.headers(),
                index -> ImageDecoder.decode(files.read(catalogue.entries().get(index)), 3, size));
        this.shape = new ImageShape(colour.channels(), size, size);
        this.annotations = annotating.apply(files, catalogue);
        this.notes = Stream.of(
                        catalogue.notes(),
                        colour.note("--set images.channels").stream().toList(),
                        annotations.notes())
                .flatMap(List::stream)
                .toList();
        this.skipped = new SkippedLog(files.title(), catalogue.skipped());
        this.cache = new ImageCache(size(), cacheBytes);
    }

    /**
     * The images in {@code folder} and its subfolders, with the default cache; no link out of it is followed.
     *
     * @throws DataException when it is missing, holds no images, or an image is smaller than the format allows
     */
    public static ImageCollection folder(Path folder, ImageFormat format) {
        return folder(folder, format, DEFAULT_CACHE_BYTES, Links.INSIDE);
    }

    /**
     * The images in {@code folder} and its subfolders.
     *
     * @param cacheBytes memory for decoded images, at least 0
     * @param links which are followed
     * @throws DataException when it is missing, holds no images, its {@code dataset.json} is wrong, or an image is smaller
     *     than the format allows
     */
    public static ImageCollection folder(Path folder, ImageFormat format, long cacheBytes, Links links) {
        return open(new FolderFiles(folder, links), format, cacheBytes, Annotations::of);
    }

    /** Whether {@code path} is a zip, by its name or by its first bytes. */
    public static boolean isZip(Path path) {
        return ImageFiles.isZip(path);
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
     * @throws DataException when it is missing or no zip, holds no images, its {@code dataset.json} is wrong, or an image
     *     is smaller than the format allows
     */
    public static ImageCollection zip(Path file, ImageFormat format, long cacheBytes) {
        return open(new ZipFiles(file), format, cacheBytes, Annotations::of);
    }

    /**
     * The pictures that are the values of an LMDB, as those of LSUN: a folder with {@code data.mdb}, or that file. They have no labels.
     *
     * @param cacheBytes memory for decoded images, at least 0
     * @throws DataException when it is missing or no LMDB, is damaged, holds no pictures, or one is smaller than the format
     *     allows
     */
    public static ImageCollection lmdb(Path path, ImageFormat format, long cacheBytes) {
        return open(new LmdbFiles(path), format, cacheBytes, Annotations::of);
    }

    /**
     * The images of a sheet, sorted by name.
     *
     * @param cacheBytes memory for images in the format's size, at least 0
     * @throws DataException when the sheet does not decode, or the images are smaller than the format allows
     */
    public static ImageCollection sheet(PictureSheet sheet, ImageFormat format, long cacheBytes) {
        return open(new SheetFiles(sheet), format, cacheBytes, Annotations::of);
    }

    /**
     * The images of a list, in its order.
     *
     * @param cacheBytes memory for decoded images, at least 0
     * @throws DataException when none of the files is an image, or an image is smaller than the format allows
     */
    public static ImageCollection listed(ImageListing listing, ImageFormat format, long cacheBytes) {
        return open(
                new ListedFiles(listing), format, cacheBytes, (files, images) -> Annotations.listed(listing, images));
    }

    /** @param annotating gives what is known of the images of a container */
    private static ImageCollection open(
            ImageFiles files,
            ImageFormat format,
            long cacheBytes,
            BiFunction<ImageFiles, ImageCatalogue, Annotations> annotating) {
        Require.atLeast(0, "cacheBytes", cacheBytes);
        try {
            return new ImageCollection(files, format, cacheBytes, annotating);
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
            samples = decode(index, file -> ImageDecoder.decode(file, shape.channels(), shape.width()));
            cache.offer(index, samples);
        }
        SampleConversion.toSigned(samples, 0, samples.length, target, offset);
    }

    @FunctionalInterface
    private interface Decoding<T> {
        T of(byte[] file) throws IOException;
    }

    private <T> T decode(int index, Decoding<T> decoding) throws DamagedExampleException {
        skipped.check(index);
        ImageFiles.Entry entry = catalogue.entries().get(index);
        try {
            return decoding.of(files.read(entry));
        } catch (IOException e) {
            throw skipped.damaged(index, new Skipped(entry.name(), IoReasons.ofNamed(e)));
        }
    }

    /** Each file once, in colour, whatever this data set's number of channels. */
    @Override
    public List<SourcePictures> pictures() {
        return List.of(new SourcePictures() {
            @Override
            public String title() {
                return "";
            }

            @Override
            public int size() {
                return ImageCollection.this.size();
            }

            @Override
            public List<ImageShape> shapes() {
                return List.of(shape);
            }

            @Override
            public String name(int index) {
                return catalogue.entries().get(index).name();
            }

            @Override
            public List<SourcePicture> read(int index) throws DamagedExampleException {
                SourcePicture picture = decode(index, file -> ImageDecoder.source(file, shape.width()));
                if (shape.channels() == 3) {
                    cache.offer(index, picture.samples());
                }
                return List.of(picture);
            }
        });
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

    /** How names were read, whether grey or colour was assumed, and where labels come from unless folders name the classes. */
    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public String fingerprint() {
        Digest digest = new Digest().add("images");
        for (int i = 0; i < size(); i++) {
            ImageFiles.Entry entry = catalogue.entries().get(i);
            PictureHeader header = catalogue.headers().get(i);
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
    public List<DataFile> files() {
        return IntStream.range(0, size())
                .mapToObj(i -> catalogue.file(
                        i,
                        "",
                        annotations.labels().isEmpty()
                                ? ""
                                : classNames().get(annotations.labels().get(i))))
                .toList();
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
