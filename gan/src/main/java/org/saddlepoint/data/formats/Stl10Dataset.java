package org.saddlepoint.data.formats;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.ExamplePictures;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SourcePictures;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.StoredImages;
import org.saddlepoint.input.IoReasons;

/**
 * STL-10 (Coates et al. 2011) in its binary version: images of 96×96 pixels, stored column by column. They stay on disk, since those
 * without labels are more than 2 GiB, and are turned and resized as they are read.
 *
 * <p>The {@link #fingerprint()} covers labels and samples; of parts with more than 20,000 images the samples of each twentieth.
 */
public final class Stl10Dataset implements Dataset {
    /** Which of the published images. */
    public enum Part {
        /** The 5,000 labelled ones for training. */
        TRAIN,
        /** The 8,000 labelled ones for testing. */
        TEST,
        /** The 100,000 without labels. */
        UNLABELLED;

        private Stl10Files files() {
            return switch (this) {
                case TRAIN -> Stl10Files.TRAIN;
                case TEST -> Stl10Files.TEST;
                case UNLABELLED -> Stl10Files.UNLABELLED;
            };
        }

        private String suffix() {
            return switch (this) {
                case TRAIN -> "";
                case TEST -> ",test";
                case UNLABELLED -> ",unlabelled";
            };
        }
    }

    private static final List<String> CLASS_NAMES =
            List.of("airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck");

    private static final int FINGERPRINTED_WHOLE = 20_000;
    private static final int STRIDE = 20;

    private final String name;
    private final RandomAccessFile file;
    private final int count;
    private final byte[] labels;
    private final ImageFormat format;
    private final ImageShape shape;

    private Stl10Dataset(String name, Path images, Stl10Files files, byte[] labels, ImageFormat format)
            throws IOException {
        this.name = name;
        this.count = files.count();
        this.labels = labels;
        this.format = format;
        this.shape =
                StoredImages.of(name, new byte[0], Stl10Files.STORED, format).shape();
        this.file = new RandomAccessFile(images.toFile(), "r");
    }

    /**
     * One part of STL-10.
     *
     * @param folder that holds the files, or the folder {@code stl10_binary} with them
     * @throws DataException when a file is missing or of another length, or a label is out of bounds; names it
     */
    public static Stl10Dataset open(Path folder, Part part, ImageFormat format) {
        return open("stl10:" + folder + part.suffix(), folder, part.files(), format);
    }

    static Stl10Dataset open(String name, Path folder, Stl10Files files, ImageFormat format) {
        Path place = Stl10Files.place(folder);
        Path images = files.requireImages(place);
        byte[] labels = files.readLabels(place);
        try {
            return new Stl10Dataset(name, images, files, labels, format);
        } catch (IOException e) {
            throw new DataException(images + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public void read(int index, float[] target, int offset) {
        StoredImages.of(name, Stl10Files.rows(stored(index)), Stl10Files.STORED, format)
                .read(0, target, offset);
    }

    private byte[] stored(int index) {
        Objects.checkIndex(index, count);
        byte[] image = new byte[Stl10Files.STORED.elements()];
        try {
            synchronized (file) {
                file.seek((long) index * image.length);
                file.readFully(image);
            }
            return image;
        } catch (IOException e) {
            throw new DataException(name + ": image " + index + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    @Override
    public List<SourcePictures> pictures() {
        return List.of(ExamplePictures.stored(this, Stl10Files.STORED));
    }

    @Override
    public OptionalInt label(int index) {
        Objects.checkIndex(index, count);
        return labels.length == 0 ? OptionalInt.empty() : OptionalInt.of(labels[index]);
    }

    @Override
    public List<String> classNames() {
        return labels.length == 0 ? List.of() : CLASS_NAMES;
    }

    @Override
    public String fingerprint() {
        Digest digest = new Digest().add("stl10").add(count).add(labels);
        int step = count > FINGERPRINTED_WHOLE ? STRIDE : 1;
        for (int i = 0; i < count; i += step) {
            digest.add(stored(i));
        }
        return digest.hex();
    }

    /** Always empty: the files are whole or refused. */
    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new DataException(name + " cannot be closed: " + IoReasons.of(e), e);
        }
    }
}
