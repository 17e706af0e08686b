package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** Real examples, chosen once, that generated samples are compared with. */
final class ReferenceSet {
    private final int size;
    private final boolean[] repeated;
    private final int elements;
    private final float[] values;
    private final int[] labels;
    private final float[] vectors;

    private ReferenceSet(boolean[] repeated, int elements, float[] values, int[] labels, float[] vectors) {
        this.size = repeated.length;
        this.repeated = repeated;
        this.elements = elements;
        this.values = values;
        this.labels = labels;
        this.vectors = vectors;
    }

    /**
     * Reads examples of the data, different ones as long as there are; of small data the rest are repeats.
     *
     * @param count how many
     * @param seed chooses them
     * @throws DataException if hardly any can be decoded
     */
    static ReferenceSet of(Dataset data, int count, long seed) {
        Random random = new Random(seed);
        int elements = data.shape().elements();
        int vectorSize = data.vectorNames().size();
        float[] values = new float[Math.multiplyExact(count, elements)];
        int[] labels = new int[count];
        float[] vectors = new float[count * vectorSize];
        boolean[] repeated = new boolean[count];
        Set<Integer> taken = new HashSet<>();
        int filled = 0;
        for (int tries = 0; filled < count; tries++) {
            if (tries > 20 * count) {
                throw new DataException(data.name() + ": too few examples can be decoded for a diagnosis");
            }
            int index = random.nextInt(data.size());
            boolean isRepeat = !taken.add(index);
            if (isRepeat && tries < 10 * count) {
                continue; // another one, as long as there are
            }
            try {
                data.read(index, values, filled * elements);
                OptionalInt label = data.label(index);
                labels[filled] = label.orElse(-1);
                if (vectorSize > 0) {
                    data.readVector(index, vectors, filled * vectorSize);
                }
                repeated[filled] = isRepeat;
                filled++;
            } catch (DamagedExampleException damaged) {
                // the data has noted it; another one takes its place
            }
        }
        return new ReferenceSet(repeated, elements, values, labels, vectors);
    }

    /** All examples of small data; empty where there are more than this or they take too much memory. */
    static float[][] all(Dataset data, int most, long mostElements) {
        int elements = data.shape().elements();
        if (data.size() > most || (long) data.size() * elements > mostElements) {
            return new float[0][];
        }
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            float[] row = new float[elements];
            try {
                data.read(i, row, 0);
                rows.add(row);
            } catch (DamagedExampleException damaged) {
                // the data has noted it
            }
        }
        return rows.toArray(new float[0][]);
    }

    int size() {
        return size;
    }

    /** The examples, [size, …]. */
    Tensor samples(ExampleShape example) {
        int[] dimensions = example.dimensions();
        long[] shape = new long[dimensions.length + 1];
        shape[0] = size;
        for (int i = 0; i < dimensions.length; i++) {
            shape[i + 1] = dimensions[i];
        }
        return Tensors.of(values, shape);
    }

    /** What the examples are, as networks of this condition are told. */
    Conditioning conditions(ConditionShape condition, int vectorSize) {
        if (condition.classes().isPresent()) {
            return Conditioning.labels(Arrays.stream(labels).asLongStream().toArray());
        }
        return condition.isNone()
                ? Conditioning.none()
                : new Conditioning.Vectors(Tensors.of(vectors, size, vectorSize));
    }

    int elements() {
        return elements;
    }

    float[] values() {
        return values;
    }

    int[] labels() {
        return labels;
    }

    float[] vectors() {
        return vectors;
    }

    /** Share of the commonest label. */
    double commonest() {
        return Arrays.stream(labels)
                        .mapToLong(label -> Arrays.stream(labels)
                                .filter(each -> each == label)
                                .count())
                        .max()
                        .orElse(0)
                / (double) size;
    }

    /** Share of examples that equal an earlier one, though they are others in the data. */
    double duplicates() {
        Set<Integer> seen = new HashSet<>();
        int copies = 0;
        int different = 0;
        for (int i = 0; i < size; i++) {
            if (!repeated[i]) {
                int hash = Arrays.hashCode(Arrays.copyOfRange(values, i * elements, (i + 1) * elements));
                copies += seen.add(hash) ? 0 : 1;
                different++;
            }
        }
        return different == 0 ? 0 : copies / (double) different;
    }
}
