package org.saddlepoint;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.plot.LabelledSheet;
import org.saddlepoint.plot.SampleSheet;

/** What a {@link TrainedGenerator} drew; holds no native memory. */
public final class Samples {
    private static final int IMAGE_AXES = 3;

    private final ExampleShape shape;
    private final SampleGrid grid;
    private final List<String> classNames;
    private final float[] values;

    Samples(ExampleShape shape, SampleGrid grid, List<String> classNames, float[] values) {
        this.shape = shape;
        this.grid = grid;
        this.classNames = List.copyOf(classNames);
        this.values = values;
    }

    /** How many samples there are, N. */
    public int count() {
        return values.length / shape.elements();
    }

    /** The shape of one. */
    public ExampleShape shape() {
        return shape;
    }

    /** Which rows and columns they fill. */
    public SampleGrid grid() {
        return grid;
    }

    /** The class that a sample was asked for; empty where it was none, or a mixture. */
    public Optional<String> className(int index) {
        int label = grid.label(checked(index));
        return label < 0 ? Optional.empty() : Optional.of(classNames.get(label));
    }

    /** All numbers, [count, C, H, W] of images, which lie in [−1, 1], or [count, D] of points; a copy. */
    public float[] toFloatArray() {
        return values.clone();
    }

    /** The numbers of one sample, [C, H, W] or [D]; a copy. */
    public float[] toFloatArray(int index) {
        int elements = shape.elements();
        return Arrays.copyOfRange(values, checked(index) * elements, (index + 1) * elements);
    }

    /**
     * One sample as an image of 8 bits a channel.
     *
     * @throws IllegalStateException if the samples are points
     */
    public BufferedImage image(int index) {
        int[] sizes = requireImages();
        return SampleSheet.single(toFloatArray(index), sizes[0], sizes[1], sizes[2]);
    }

    /**
     * All samples on one sheet, as the command {@code sample} draws it: with the names of rows that mean something.
     *
     * @param columns of samples without such rows; if empty, the sheet is nearly square
     * @param caption below the sheet
     * @throws IllegalStateException if the samples are points
     */
    public BufferedImage sheet(OptionalInt columns, String caption) {
        int[] sizes = requireImages();
        int wide = grid.hasRows() ? grid.columns() : columns.orElse((int) Math.ceil(Math.sqrt(count())));
        SampleSheet sheet = SampleSheet.of(count(), sizes[0], sizes[1], sizes[2], wide);
        return new LabelledSheet(sheet, grid.names(), caption).render(values);
    }

    private int[] requireImages() {
        int[] sizes = shape.dimensions();
        if (sizes.length != IMAGE_AXES) {
            throw new IllegalStateException("these samples are points of " + shape + " and no images");
        }
        return sizes;
    }

    /**
     * One sample as the bytes of a PNG file.
     *
     * @throws IllegalStateException if the samples are points
     */
    public byte[] png(int index) {
        return SampleSheet.png(image(index));
    }

    private int checked(int index) {
        if (index < 0 || index >= count()) {
            throw new IndexOutOfBoundsException(
                    "there are " + count() + " samples but number " + index + " was asked for");
        }
        return index;
    }
}
