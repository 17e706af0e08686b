package org.saddlepoint.evaluation;

import java.util.Arrays;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.metrics.PrecisionRecall;
import org.saddlepoint.metrics.Realism;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Generated pictures beside the real ones that they should resemble. */
public final class RealPictures {
    /** Real pictures, chosen at random, that {@link #realism} compares with at most. */
    public static final int MOST = 5000;

    private static final int BATCH = 64;

    private final Dataset real;
    private final int[] shape;

    /**
     * Real pictures, which stay the caller's.
     *
     * @param shape [C, H, W] of generated pictures
     * @throws EvaluationException if the real ones have another shape
     */
    public RealPictures(Dataset real, int... shape) {
        this.real = real;
        this.shape = shape.clone();
        if (!Arrays.equals(real.shape().dimensions(), shape)) {
            throw new EvaluationException("the run draws pictures of shape " + Arrays.toString(shape) + " but "
                    + real.name() + " has " + real.shape() + "; expected the same");
        }
    }

    /** A batch of examples that could be read. */
    @FunctionalInterface
    interface Batches {
        /** @param indices of the examples */
        void take(Tensor pictures, int[] indices);
    }

    /** Sizes of one picture's axes, [C, H, W]. */
    int[] shape() {
        return shape.clone();
    }

    /** How many there are, damaged ones included. */
    int size() {
        return real.size();
    }

    /**
     * The realism of generated pictures: {@link Realism} with at most {@link #MOST} real ones.
     *
     * @param pictures [count, C, H, W] in [−1, 1]
     * @param count how many
     * @param features by which they are compared
     * @param seed chooses the real ones
     * @return one number each; larger is more realistic, 1 or more is inside the real manifold
     * @throws EvaluationException if there are too few real ones, or a picture is NaN
     */
    public double[] realism(
            float[] pictures, int count, PictureFeatures features, long seed, ProgressListener progress) {
        int[] chosen = choice(Math.min(MOST, real.size()), seed);
        try (TensorScope scope = TensorScope.open()) {
            Tensor fakes = features(pictures, count, features);
            Rows rows = new Rows(chosen.length, Math.toIntExact(fakes.size(1)));
            int[] next = {0};
            forEach(chosen, progress, (batch, indices) -> {
                float[] values = features.of(batch).toFloatArray();
                for (int i = 0; i < indices.length; i++) {
                    rows.set(next[0]++, values, i);
                }
            });
            requireEnough(rows.count(), PrecisionRecall.NEIGHBOUR + 1);
            return Realism.of(fakes, rows.first(chosen.length), PrecisionRecall.NEIGHBOUR);
        }
    }

    /** @throws EvaluationException if fewer could be read */
    void requireEnough(int read, int needed) {
        if (read < needed) {
            throw new EvaluationException(
                    real.name() + " has " + read + " pictures that can be read but at least " + needed + " are needed");
        }
    }

    /** So many examples at random, in ascending order. */
    int[] choice(int count, long seed) {
        try (TensorScope scratch = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            long[] order = random.permutation(real.size()).toLongArray();
            return Arrays.stream(order)
                    .limit(count)
                    .sorted()
                    .mapToInt(i -> (int) i)
                    .toArray();
        }
    }

    /** Features of generated pictures, [count, d], in the current scope. */
    Tensor features(float[] pictures, int count, PictureFeatures features) {
        int elements = real.shape().elements();
        float[] all = {};
        int dimension = 0;
        for (int start = 0; start < count; start += BATCH) {
            int size = Math.min(BATCH, count - start);
            try (TensorScope scratch = TensorScope.open()) {
                Tensor batch = tensor(Arrays.copyOfRange(pictures, start * elements, (start + size) * elements), size);
                if (batch.isFinite().all().item() != 1) {
                    throw new EvaluationException("the generator gives NaN or infinite values; it has diverged");
                }
                float[] part = features.of(batch).toFloatArray();
                if (start == 0) {
                    dimension = part.length / size;
                    all = new float[Math.multiplyExact(count, dimension)];
                }
                System.arraycopy(part, 0, all, start * dimension, part.length);
            }
        }
        return Tensors.of(all, count, dimension);
    }

    /** Reads examples in batches; damaged ones are left out. */
    void forEach(int[] wanted, ProgressListener progress, Batches batches) {
        int elements = real.shape().elements();
        int next = 0;
        while (next < wanted.length) {
            float[] values = new float[BATCH * elements];
            int[] indices = new int[BATCH];
            int count = 0;
            for (; next < wanted.length && count < BATCH; next++) {
                if (read(wanted[next], values, count * elements)) {
                    indices[count++] = wanted[next];
                }
            }
            if (count > 0) {
                try (TensorScope scratch = TensorScope.open()) {
                    batches.take(tensor(Arrays.copyOf(values, count * elements), count), Arrays.copyOf(indices, count));
                }
            }
            progress.done(next, wanted.length);
        }
    }

    /** Reads one picture; false if it is damaged. */
    boolean read(int index, float[] target, int offset) {
        try {
            real.read(index, target, offset);
            return true;
        } catch (DamagedExampleException e) {
            return false; // the dataset lists it
        }
    }

    private Tensor tensor(float[] values, int count) {
        return Tensors.of(values, count, shape[0], shape[1], shape[2]);
    }
}
