package org.saddlepoint.benchmarks;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Skipped;

/** One pair of pictures of uniform noise. */
final class NoisePairs implements Dataset {
    private final PairShape shape;
    private final float[] values;

    NoisePairs(PairShape shape, long seed) {
        this.shape = shape;
        this.values = Noise.values(shape, 1, seed);
    }

    /** All there is, in one batch. */
    Batch batch() {
        return Noise.batch(shape, 1, values);
    }

    @Override
    public String name() {
        return "noise";
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public ExampleShape shape() {
        return shape;
    }

    @Override
    public void read(int index, float[] target, int offset) {
        Objects.checkIndex(index, 1);
        System.arraycopy(values, 0, target, offset, values.length);
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
