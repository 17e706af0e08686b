package org.saddlepoint.views;

import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Each real image is mirrored, left to right, with probability ½, as most papers on natural images do to their data. G learns the
 * mirrored images as well. Not for pictures whose sides mean something, such as digits.
 */
public record Mirroring() implements View {
    private static final int WIDTH = 3;

    @Override
    public void requireSample(Shape sample) {
        if (sample.rank() != WIDTH) {
            throw new IllegalArgumentException(
                    "mirroring changes images [C, H, W] but the data is " + sample + "; leave the view out for points");
        }
    }

    @Override
    public Tensor apply(Tensor samples, Sight sight) {
        if (sight.origin() == Sight.Origin.FAKE) {
            return samples;
        }
        try (TensorScope scratch = TensorScope.open()) {
            Tensor chosen = sight.random()
                    .bernoulli(0.5, samples.size(0), 1, 1, 1)
                    .gt(0)
                    .to(samples.device());
            return scratch.promote(Tensors.where(chosen, samples.flip(WIDTH), samples));
        }
    }
}
