package org.saddlepoint;

import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Samples that a {@link TrainedGenerator} draws pass by pass, so that those of several callers may share passes: {@link
 * TrainedGenerator#begin}, then {@link TrainedGenerator#advance} until none {@linkplain #remaining remain}. Holds no native
 * memory. One thread at a time may use it.
 */
public final class SampleDraw {
    private final SampleOptions options;
    private final SampleGrid grid;
    private final float[] latents;
    private final float[] values;
    private int done;

    /**
     * Samples of which none is drawn yet.
     *
     * @param latents of all, [total, latent size]
     * @param elements numbers of one sample
     */
    SampleDraw(SampleOptions options, SampleGrid grid, float[] latents, int elements) {
        this.options = options;
        this.grid = grid;
        this.latents = latents;
        this.values = new float[Math.multiplyExact((int) grid.total(), elements)];
    }

    /** How many samples it has, N. */
    public int total() {
        return (int) grid.total();
    }

    /** How many are still to be drawn. */
    public int remaining() {
        return total() - done;
    }

    /** What was asked for. */
    SampleOptions options() {
        return options;
    }

    SampleGrid grid() {
        return grid;
    }

    /** All numbers, once none remain. */
    float[] values() {
        if (remaining() > 0) {
            throw new IllegalStateException(
                    remaining() + " of " + total() + " samples are not drawn yet; advance first");
        }
        return values;
    }

    /** What must be equal for samples to share a pass: how styles are truncated, and the kind of the condition. */
    boolean goesWith(SampleDraw other) {
        return options.truncation().equals(other.options.truncation())
                && options.vector().isEmpty() == other.options.vector().isEmpty()
                && grid.hasMixtures() == other.grid.hasMixtures();
    }

    /** Latents of samples from {@code from} on, [count, latent size], in the current scope. */
    Tensor latents(int from, int count) {
        int size = latents.length / total();
        float[] own = new float[count * size];
        System.arraycopy(latents, from * size, own, 0, own.length);
        return Tensors.of(own, count, size);
    }

    /** What these samples are asked to be, in the current scope. */
    Conditioning conditions(ConditionShape shape, int from, int count) {
        float[] numbers = options.numbers();
        return numbers.length == 0
                ? grid.conditions(shape, from, count)
                : new Conditioning.Vectors(
                        Tensors.of(numbers, 1, numbers.length).expand(count, numbers.length));
    }

    /** Takes the next samples' numbers, beginning with the {@code offset}-th sample of a pass. */
    void take(float[] pass, int offset, int count) {
        int elements = values.length / total();
        System.arraycopy(pass, offset * elements, values, done * elements, count * elements);
        done += count;
    }
}
