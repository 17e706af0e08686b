package org.saddlepoint.nn;

import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Appends to each image how much the images of its group differ, so that a discriminator sees samples that are all alike (Karras
 * et al. 2018, section 3).
 *
 * <pre>√(variance of each number over the group + 10⁻⁸), its mean over the pixels and the channels of a part</pre>
 *
 * <p>Images n, n + N/G, n + 2N/G, … of a batch of N are a group of G = min(group, N). From [N, C, H, W] to [N, C + parts, H, W].
 */
public final class MinibatchStandardDeviation extends Layer {
    private static final double EPSILON = 1e-8;

    private final int group;
    private final int parts;

    /**
     * A layer for such groups.
     *
     * @param group images a group, at least 1; 4 in the code of Karras et al. (2018)
     * @param parts channels that are appended, each the mean of as large a part of the channels, at least 1
     */
    public MinibatchStandardDeviation(int group, int parts) {
        Require.atLeast(1, "group", group);
        Require.atLeast(1, "parts", parts);
        this.group = group;
        this.parts = parts;
    }

    /**
     * Checks that a batch divides into groups.
     *
     * @throws IllegalArgumentException if it does not; names the nearest batch that does
     */
    public static void requireBatch(int group, long batch) {
        if (batch > group && batch % group != 0) {
            throw new IllegalArgumentException("a batch of " + batch + " does not divide into groups of " + group
                    + " for the minibatch standard deviation; set updates.batchSize to " + (batch - batch % group)
                    + ", or discriminator.group to a divisor of " + batch);
        }
    }

    /** @throws IllegalArgumentException if groups do not divide the batch, or parts the channels */
    @Override
    public Tensor forward(Tensor images) {
        long count = images.size(0);
        long channels = images.size(1);
        requireBatch(group, count);
        if (channels % parts != 0) {
            throw new IllegalArgumentException(
                    "parts must divide the channels, which are " + channels + ", but was " + parts);
        }
        long size = Math.min(group, count);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor numbers = images.dtype() == DType.FLOAT64 ? images : images.to(DType.FLOAT32);
            Tensor deviations = numbers.reshape(
                            size, count / size, parts, channels / parts, images.size(2) * images.size(3))
                    .var(false, false, 0)
                    .add(EPSILON)
                    .sqrt()
                    .mean(false, 2, 3); // [N / G, parts]
            Tensor each = deviations
                    .unsqueeze(0)
                    .expand(size, count / size, parts)
                    .reshape(count, parts, 1, 1)
                    .expand(count, parts, images.size(2), images.size(3));
            return scratch.promote(Tensors.cat(List.of(images, each.to(images.dtype())), 1));
        }
    }

    @Override
    public Coupling ownCoupling() {
        return Coupling.STATISTICS;
    }

    /** No: the deviation is a root of squares. */
    @Override
    public boolean isPiecewiseLinear() {
        return false;
    }
}
