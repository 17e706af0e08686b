package org.saddlepoint.benchmarks;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.Skipped;

/** Examples of uniform noise: pictures, pairs of them, or points. */
final class NoiseExamples implements Dataset {
    private final ExampleShape shape;
    private final int count;
    private final float[] values;

    NoiseExamples(ExampleShape shape, int count, long seed) {
        this.shape = shape;
        this.count = count;
        this.values = Noise.values(shape, count, seed);
    }

    /** All there is, in one batch. */
    Batch batch() {
        return Noise.batch(shape, count, values);
    }

    @Override
    public String name() {
        return "noise";
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public ExampleShape shape() {
        return shape;
    }

    @Override
    public void read(int index, float[] target, int offset) {
        int first = Objects.checkIndex(index, count) * shape.elements();
        System.arraycopy(values, first, target, offset, shape.elements());
    }

    @Override
    public OptionalInt label(int index) {
        return OptionalInt.empty();
    }

    @Override
    public List<String> classNames() {
        return List.of();
    }

    @Override
    public String fingerprint() {
        return "";
    }

    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void close() {}
}
