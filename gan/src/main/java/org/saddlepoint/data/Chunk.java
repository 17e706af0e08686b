package org.saddlepoint.data;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** Successive examples in the order of an epoch, as decoded by one worker. */
final class Chunk {
    private final ExampleShape shape;
    private final float[] values;
    private final int[] labels;
    private final float[] vectors;
    private final BitSet damaged = new BitSet();

    private Chunk(ExampleShape shape, int vectorSize, int count) {
        this.shape = shape;
        this.values = new float[Math.multiplyExact(count, shape.elements())];
        this.labels = new int[count];
        this.vectors = new float[Math.multiplyExact(count, vectorSize)];
    }

    /**
     * @param draws for each example, what decides all that is random about it
     * @param abandoned set when nobody wants the result any more; it is then incomplete
     */
    static Chunk decode(Dataset data, int[] indices, long[] draws, AtomicBoolean abandoned) {
        int vectorSize = data.vectorNames().size();
        Chunk chunk = new Chunk(data.shape(), vectorSize, indices.length);
        for (int i = 0; i < indices.length && !abandoned.get(); i++) {
            try {
                int offset = i * chunk.shape.elements();
                data.read(indices[i], draws[i], chunk.values, offset);
                chunk.labels[i] = data.label(indices[i]).orElse(-1);
                data.readVector(indices[i], chunk.vectors, i * vectorSize);
            } catch (DamagedExampleException e) {
                chunk.damaged.set(i); // the dataset has logged and listed it
            }
        }
        return chunk;
    }

    int size() {
        return labels.length;
    }

    boolean isWhole() {
        return damaged.isEmpty();
    }

    boolean isDamaged(int i) {
        return damaged.get(i);
    }

    /** All examples, without a copy; the chunk must not be used afterwards. */
    Batch toBatch() {
        return new Batch(values, labels, vectors, labels.length, shape);
    }

    /** Copies example {@code i} of this chunk to a place of the batch. */
    void copy(int i, Batch target, int place) {
        int elements = shape.elements();
        int vectorSize = target.vectorSize();
        System.arraycopy(values, i * elements, target.values(), place * elements, elements);
        System.arraycopy(vectors, i * vectorSize, target.vectors(), place * vectorSize, vectorSize);
        target.labels()[place] = labels[i];
    }
}
