package org.saddlepoint.data.formats;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.ExamplePictures;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SourcePictures;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.StoredImages;

/**
 * Grey images in an IDX file, as MNIST and its successors are published, with or without a file of labels.
 *
 * <p>The images are as stored unless the format says otherwise, and held in memory. Classes are named {@code 0, 1, …}.
 * The {@link #fingerprint()} covers the stored samples, their shape and the labels.
 */
public final class IdxDataset implements Dataset {
    private final String name;
    private final StoredImages images;
    private final byte @Nullable [] labels;
    private final List<String> classNames;
    private final IdxFile stored;

    IdxDataset(String name, IdxFile images, @Nullable IdxFile labels, List<String> names, ImageFormat format) {
        this.name = name;
        this.labels = labels == null ? null : labels.bytes();
        this.classNames = names;
        ImageShape shape = new ImageShape(1, images.length(1), images.length(2));
        this.images = StoredImages.of(name, images.bytes(), shape, format);
        this.stored = images;
    }

    /**
     * Images without labels.
     *
     * @param images an IDX file of unsigned bytes with three axes, plain or gzipped
     * @throws DataException when it is missing, damaged, of another kind, or smaller than the format allows
     */
    public static IdxDataset open(Path images, ImageFormat format) {
        return new IdxDataset("idx:" + images, IdxFile.read(images, 3), null, List.of(), format);
    }

    /**
     * Images with labels.
     *
     * @param images an IDX file of unsigned bytes with three axes, plain or gzipped
     * @param labels an IDX file of unsigned bytes with one axis and as many entries, plain or gzipped
     * @throws DataException when one is missing, damaged or of another kind, or when they do not belong together
     */
    public static IdxDataset open(Path images, Path labels, ImageFormat format) {
        IdxFile pictures = IdxFile.read(images, 3);
        IdxFile classes = IdxFile.read(labels, 1);
        if (pictures.length(0) != classes.length(0)) {
            throw new DataException(images + " has " + pictures.length(0) + " images but " + labels + " has "
                    + classes.length(0) + " labels; expected as many; give the two files of one set");
        }
        int highest = 0;
        for (byte label : classes.bytes()) {
            highest = Math.max(highest, label & 0xff);
        }
        List<String> names =
                IntStream.rangeClosed(0, highest).mapToObj(String::valueOf).toList();
        return new IdxDataset("idx:" + images, pictures, classes, names, format);
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
    public List<SourcePictures> pictures() {
        return List.of(ExamplePictures.stored(this, images.stored()));
    }

    @Override
    public OptionalInt label(int index) {
        Objects.checkIndex(index, size());
        return labels == null ? OptionalInt.empty() : OptionalInt.of(labels[index] & 0xff);
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public String fingerprint() {
        // not while opening, where hashing would take as long as reading
        Digest digest = new Digest().add("idx").add(stored.length(1)).add(stored.length(2));
        digest.add(stored.bytes());
        return labels == null ? digest.hex() : digest.add(labels).hex();
    }

    /** Always empty: an IDX file is whole or refused. */
    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void close() {}
}
