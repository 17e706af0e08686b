package org.saddlepoint.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** The examples of a dataset with the labels of others: a control for everything that labels should teach. */
public final class Relabelled implements Dataset {
    private final Dataset original;
    private final Integer[] labelOf;

    private Relabelled(Dataset original, Integer[] labelOf) {
        this.original = original;
        this.labelOf = labelOf;
    }

    /** The same labels in a random order. */
    public static Relabelled shuffled(Dataset original, long seed) {
        Integer[] order = IntStream.range(0, original.size()).boxed().toArray(Integer[]::new);
        Collections.shuffle(Arrays.asList(order), new Random(seed));
        return new Relabelled(original, order);
    }

    @Override
    public OptionalInt label(int index) {
        return original.label(labelOf[index]);
    }

    @Override
    public String name() {
        return "shuffled " + original.name();
    }

    @Override
    public int size() {
        return original.size();
    }

    @Override
    public ExampleShape shape() {
        return original.shape();
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        original.read(index, target, offset);
    }

    @Override
    public List<String> classNames() {
        return original.classNames();
    }

    @Override
    public String fingerprint() {
        return "shuffled " + original.fingerprint();
    }

    @Override
    public List<Skipped> skipped() {
        return original.skipped();
    }

    /** The original stays open. */
    @Override
    public void close() {}
}
