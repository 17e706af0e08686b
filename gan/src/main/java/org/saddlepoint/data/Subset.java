package org.saddlepoint.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Some examples of a dataset, in an order of their own; closing it leaves the dataset open. */
public final class Subset implements Dataset {
    private final Dataset whole;
    private final String name;
    private final int[] indices;
    private final boolean augmented;

    /**
     * Chooses examples of a data set, and never augments them.
     *
     * @param name what the subset is called
     * @param chosen indices of its examples, in its order
     *
     * @throws IllegalArgumentException when there are none
     * @throws IndexOutOfBoundsException when the dataset lacks one
     */
    public Subset(Dataset whole, String name, IntStream chosen) {
        this(whole, name, chosen, false);
    }

    /** As the constructor, but augmented as the whole data set is. */
    static Subset augmented(Dataset whole, String name, IntStream chosen) {
        return new Subset(whole, name, chosen, true);
    }

    private Subset(Dataset whole, String name, IntStream chosen, boolean augmented) {
        this.whole = whole;
        this.augmented = augmented;
        this.name = name;
        this.indices = chosen.toArray();
        if (indices.length == 0) {
            throw new IllegalArgumentException(name + ": a subset needs at least one example");
        }
        for (int index : indices) {
            Objects.checkIndex(index, whole.size());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public ExampleShape shape() {
        return whole.shape();
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        whole.read(indices[index], target, offset);
    }

    @Override
    public void read(int index, long draw, float[] target, int offset) throws DamagedExampleException {
        if (augmented) {
            whole.read(indices[index], draw, target, offset);
        } else {
            whole.read(indices[index], target, offset);
        }
    }

    @Override
    public OptionalInt label(int index) {
        return whole.label(indices[index]);
    }

    @Override
    public List<String> classNames() {
        return whole.classNames();
    }

    @Override
    public List<String> vectorNames() {
        return whole.vectorNames();
    }

    @Override
    public void readVector(int index, float[] target, int offset) {
        whole.readVector(indices[index], target, offset);
    }

    @Override
    public Optional<GaussianMixture> mixture() {
        return whole.mixture();
    }

    /** Covers the whole's fingerprint and the choice. */
    @Override
    public String fingerprint() {
        Digest digest = new Digest().add("subset").add(whole.fingerprint());
        for (int index : indices) {
            digest.add(index);
        }
        return digest.hex();
    }

    @Override
    public List<Skipped> skipped() {
        return whole.skipped();
    }

    @Override
    public void close() {}
}
