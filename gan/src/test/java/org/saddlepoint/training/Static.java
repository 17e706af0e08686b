package org.saddlepoint.training;

import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.Skipped;

/** Examples of any shape that are uniform noise, another for each draw, with two classes and two numbers each. */
final class Static implements Dataset {
    private final ExampleShape shape;
    private final int size;

    Static(ExampleShape shape, int size) {
        this.shape = shape;
        this.size = size;
    }

    @Override
    public String name() {
        return "static";
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ExampleShape shape() {
        return shape;
    }

    @Override
    public void read(int index, float[] target, int offset) {
        read(index, 0, target, offset);
    }

    @Override
    public void read(int index, long draw, float[] target, int offset) {
        Random random = new Random(31 * draw + index);
        for (int i = 0; i < shape.elements(); i++) {
            target[offset + i] = 2 * random.nextFloat() - 1;
        }
    }

    @Override
    public OptionalInt label(int index) {
        return OptionalInt.of(index % 2);
    }

    @Override
    public List<String> classNames() {
        return List.of("even", "odd");
    }

    @Override
    public List<String> vectorNames() {
        return List.of("index", "rest");
    }

    @Override
    public void readVector(int index, float[] target, int offset) {
        target[offset] = (float) index / size;
        target[offset + 1] = 1 - (float) index / size;
    }

    @Override
    public String fingerprint() {
        return "static";
    }

    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void close() {}
}
