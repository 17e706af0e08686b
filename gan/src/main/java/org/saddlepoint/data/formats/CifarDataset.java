package org.saddlepoint.data.formats;

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

/**
 * CIFAR-10 and CIFAR-100 (Krizhevsky 2009) in their binary version: files of records, each the label's bytes and then the
 * red, green and blue plane of 32×32 samples, row by row. Names of the classes come from the text file beside them.
 *
 * <p>The images are as stored unless the format says otherwise, and held in memory. CIFAR-100 uses its fine labels. The
 * {@link #fingerprint()} covers stored samples and labels.
 */
public final class CifarDataset implements Dataset {
    /** Which of the published images. */
    public enum Part {
        /** The 50,000 for training. */
        TRAIN,
        /** The 10,000 for testing. */
        TEST
    }

    private final String name;
    private final byte[] stored;
    private final StoredImages images;
    private final byte[] labels;
    private final List<String> classNames;

    private CifarDataset(String name, byte[] stored, byte[] labels, List<String> classNames, ImageFormat format) {
        this.name = name;
        this.stored = stored;
        this.labels = labels;
        this.classNames = classNames;
        this.images = StoredImages.of(name, stored, CifarFiles.STORED, format);
    }

    /**
     * CIFAR-10, from {@code data_batch_1.bin} to {@code data_batch_5.bin}, or {@code test_batch.bin}, and
     * {@code batches.meta.txt}.
     *
     * @param folder that holds the files, or the folder {@code cifar-10-batches-bin} with them
     * @throws DataException when a file is missing, damaged or of another length; names it
     */
    public static CifarDataset cifar10(Path folder, Part part, ImageFormat format) {
        return open(CifarFiles.CIFAR10, folder, part, format);
    }

    /**
     * CIFAR-100, from {@code train.bin} or {@code test.bin}, and {@code fine_label_names.txt}.
     *
     * @param folder that holds the files, or the folder {@code cifar-100-binary} with them
     * @throws DataException when a file is missing, damaged or of another length; names it
     */
    public static CifarDataset cifar100(Path folder, Part part, ImageFormat format) {
        return open(CifarFiles.CIFAR100, folder, part, format);
    }

    static CifarDataset open(CifarFiles files, Path given, Part part, ImageFormat format) {
        CifarFiles.Content content = files.read(given, part == Part.TRAIN);
        String name = files.name() + ":" + given + (part == Part.TRAIN ? "" : ",test");
        return new CifarDataset(name, content.samples(), content.labels(), content.classNames(), format);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
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
        return OptionalInt.of(labels[index] & 0xff);
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public String fingerprint() {
        return new Digest().add("cifar").add(stored).add(labels).hex();
    }

    /** Always empty: the files are whole or refused. */
    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void close() {}
}
