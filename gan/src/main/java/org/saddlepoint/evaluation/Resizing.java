package org.saddlepoint.evaluation;

import java.util.Locale;
import org.saddlepoint.data.images.BicubicFilter;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * How images get the size that an extractor needs; published values differ by it (Parmar et al. 2022).
 *
 * <p>The first three are linear and separable, y = A x Bᵀ with a matrix of weights an axis.
 */
public enum Resizing {
    /**
     * Bilinear without half-pixel offset and without a filter against aliasing: result i lies at i · from / to. That of
     * TensorFlow 1 and so of the Inception of 2015.
     */
    TF1_BILINEAR,
    /** Bilinear between pixel centres, without a filter against aliasing, as PyTorch's {@code interpolate}. */
    BILINEAR,
    /**
     * PIL's bicubic filter, widened when shrinking, in floating point, then limited to 0 … 255: clean-fid's. The same
     * weights as those by which data are read ({@link BicubicFilter}), without their rounding to 8 bits.
     */
    CLEAN,
    /** What the extractor does itself, if anything. */
    OWN;

    /**
     * Images of this height and width, in the current scope; the images themselves where they have it, or for OWN.
     *
     * @param images [N, C, H, W] of 0 … 255, float32 on the CPU
     */
    public Tensor resize(Tensor images, int height, int width) {
        Shapes.require(images, "images", Shapes.ANY, Shapes.ANY, Shapes.ANY, Shapes.ANY);
        if (this == OWN || (images.size(2) == height && images.size(3) == width)) {
            return images;
        }
        try (TensorScope scratch = TensorScope.open()) {
            Tensor narrowed = images.matmul(weights(images.size(3), width).transpose(0, 1));
            Tensor resized = weights(images.size(2), height).matmul(narrowed);
            return scratch.promote(this == CLEAN ? resized.clamp(0, 255) : resized);
        }
    }

    /** [to, from]; each row sums to 1. */
    private Tensor weights(long from, int to) {
        int samples = Math.toIntExact(from);
        float[] matrix = new float[to * samples];
        if (this == CLEAN) {
            BicubicFilter filter = BicubicFilter.of(samples, to);
            for (int o = 0; o < to; o++) {
                float[] row = filter.weights(o);
                System.arraycopy(row, 0, matrix, o * samples + filter.start(o), row.length);
            }
        } else {
            double scale = (double) samples / to;
            for (int o = 0; o < to; o++) {
                double position = this == TF1_BILINEAR ? o * scale : Math.max(0, (o + 0.5) * scale - 0.5);
                int below = Math.min((int) position, samples - 1);
                int above = Math.min(below + 1, samples - 1);
                float share = (float) (position - below);
                matrix[o * samples + below] += 1 - share;
                matrix[o * samples + above] += share;
            }
        }
        return Tensors.of(matrix, to, samples);
    }

    /** Such as {@code tf1-bilinear}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
