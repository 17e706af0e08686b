package org.saddlepoint.data.pairs;

import java.util.List;
import java.util.OptionalInt;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Skipped;

/** One half of each pair of a dataset; closing it leaves the dataset open. */
public final class PairHalf implements Dataset {
    private final Dataset pairs;
    private final ImageShape shape;
    private final String half;
    private final int first;

    private PairHalf(Dataset pairs, ImageShape shape, String half, int first) {
        this.pairs = pairs;
        this.shape = shape;
        this.half = half;
        this.first = first;
    }

    /**
     * The pictures of A.
     *
     * @throws IllegalArgumentException when the data holds no pairs
     */
    public static PairHalf a(Dataset pairs) {
        return new PairHalf(pairs, shape(pairs).a(), "A", 0);
    }

    /**
     * The pictures of B.
     *
     * @throws IllegalArgumentException when the data holds no pairs
     */
    public static PairHalf b(Dataset pairs) {
        PairShape shape = shape(pairs);
        return new PairHalf(pairs, shape.b(), "B", shape.a().elements());
    }

    private static PairShape shape(Dataset pairs) {
        return pairs.shape()
                .pair()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected pairs of pictures but " + pairs.name() + " holds " + pairs.shape()));
    }

    @Override
    public String name() {
        return half + " of " + pairs.name();
    }

    @Override
    public int size() {
        return pairs.size();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        float[] pair = new float[pairs.shape().elements()];
        pairs.read(index, pair, 0);
        System.arraycopy(pair, first, target, offset, shape.elements());
    }

    @Override
    public OptionalInt label(int index) {
        return pairs.label(index);
    }

    @Override
    public List<String> classNames() {
        return pairs.classNames();
    }

    /** Covers the whole's fingerprint and which half. */
    @Override
    public String fingerprint() {
        return new Digest().add("half").add(half).add(pairs.fingerprint()).hex();
    }

    @Override
    public List<Skipped> skipped() {
        return pairs.skipped();
    }

    @Override
    public void close() {}
}
