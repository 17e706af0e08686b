package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Examples of a dataset, taken for generated ones, each once: in random order, since files are often sorted by class and
 * some metrics compare parts. A damaged example is left out, and the next one takes its place.
 */
public final class DatasetSource implements SampleSource {
    private final Dataset data;
    private final long[] order;
    private final int elements;
    private int next;
    private int read;

    /** Examples in an order drawn from the seed. */
    public DatasetSource(Dataset data, long seed) {
        this.data = data;
        this.elements = data.shape().elements();
        try (TensorScope scratch = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            order = random.permutation(data.size()).toLongArray();
        }
    }

    @Override
    public String name() {
        return data.name();
    }

    @Override
    public int[] shape() {
        return data.shape().dimensions();
    }

    @Override
    public int available() {
        return data.size();
    }

    @Override
    public String weights() {
        return "files";
    }

    @Override
    public List<String> classNames() {
        return data.classNames();
    }

    @Override
    public String labels() {
        return data.classNames().isEmpty() ? "" : "files";
    }

    /** Reads them all the same, since a damaged one does not count. */
    @Override
    public void skip(int count) {
        float[] values = new float[elements];
        for (int i = 0; i < count; i++) {
            readNext(values, 0);
        }
    }

    /** @throws EvaluationException if so many examples are damaged that not enough are left */
    @Override
    public Drawn next(int count) {
        float[] values = new float[Math.multiplyExact(count, elements)];
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            data.label(readNext(values, i * elements)).ifPresent(labels::add);
        }
        int[] shape = shape();
        long[] sizes = new long[shape.length + 1];
        sizes[0] = count;
        for (int axis = 0; axis < shape.length; axis++) {
            sizes[axis + 1] = shape[axis];
        }
        return new Drawn(Tensors.of(values, sizes), labels);
    }

    /** Reads the next one that is not damaged, and answers its index. */
    private int readNext(float[] values, int offset) {
        while (next < order.length) {
            int index = (int) order[next++];
            if (read(index, values, offset)) {
                read++;
                return index;
            }
        }
        throw new EvaluationException(
                data.name() + " has only " + read + " examples that can be read; ask for fewer with --samples");
    }

    private boolean read(int index, float[] values, int offset) {
        try {
            data.read(index, values, offset);
            return true;
        } catch (DamagedExampleException e) {
            return false; // the dataset lists it
        }
    }
}
