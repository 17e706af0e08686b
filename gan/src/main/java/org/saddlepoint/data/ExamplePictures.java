package org.saddlepoint.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Pictures taken from the numbers of examples, for data sets that know no more of their files than a name. */
public final class ExamplePictures implements SourcePictures {

    /** Reads the numbers of one example. */
    @FunctionalInterface
    public interface Reader {
        /**
         * As {@link Dataset#read(int, float[], int)} at offset 0.
         *
         * @throws DamagedExampleException when the example does not decode
         */
        void read(int index, float[] target) throws DamagedExampleException;
    }

    private final String title;
    private final int size;
    private final IntFunction<String> names;
    private final List<ImageShape> shapes;
    private final List<ImageShape> files;
    private final Reader reader;
    private final int elements;

    private ExamplePictures(
            String title,
            int size,
            IntFunction<String> names,
            List<ImageShape> files,
            ExampleShape shape,
            Reader reader) {
        this.title = title;
        this.size = size;
        this.names = names;
        this.shapes = shape.images();
        this.elements = shape.elements();
        this.files = files;
        this.reader = reader;
    }

    /** The images of each example of {@code data}, with these names. */
    public static ExamplePictures of(Dataset data, IntFunction<String> names) {
        return of(data, names, data.shape().images());
    }

    /** The images of each example of {@code data}, called {@code #0}, {@code #1}, …, which were of another size before. */
    public static ExamplePictures stored(Dataset data, ImageShape stored) {
        return of(data, ExamplePictures::number, List.of(stored));
    }

    private static ExamplePictures of(Dataset data, IntFunction<String> names, List<ImageShape> files) {
        return new ExamplePictures(
                "", data.size(), names, files, data.shape(), (index, target) -> data.read(index, target, 0));
    }

    /** Images of one shape that are a part of a data set. */
    public static ExamplePictures part(
            String title, int size, IntFunction<String> names, ImageShape shape, Reader reader) {
        return new ExamplePictures(title, size, names, List.of(shape), shape, reader);
    }

    static String number(int index) {
        return "#" + index;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<ImageShape> shapes() {
        return shapes;
    }

    @Override
    public String name(int index) {
        return names.apply(index);
    }

    @Override
    public List<SourcePicture> read(int index) throws DamagedExampleException {
        float[] values = new float[elements];
        reader.read(index, values);
        List<SourcePicture> pictures = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < shapes.size(); i++) {
            ImageShape shape = shapes.get(i);
            pictures.add(new SourcePicture(
                    files.get(i).width(),
                    files.get(i).height(),
                    false,
                    shape.width(),
                    shape.height(),
                    colour(values, from, shape)));
            from += shape.elements();
        }
        return pictures;
    }

    private static byte[] colour(float[] values, int from, ImageShape shape) {
        int plane = shape.width() * shape.height();
        byte[] samples = new byte[3 * plane];
        for (int i = 0; i < samples.length; i++) {
            float value = values[from + (shape.channels() == 1 ? i % plane : i)];
            samples[i] = (byte) Math.max(0, Math.min(255, Math.round((value + 1) * 127.5f)));
        }
        return samples;
    }
}
