package org.saddlepoint.constraints;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Tensor;

/**
 * One pass of D on real and generated samples, for its loss and for penalties at these samples: one backward pass gives the gradients
 * of all. Of a D whose samples do not depend on each other.
 */
public final class ShownPass {
    private final Tensor samples;
    private final Tensor logits;
    private final long real;
    private @Nullable Tensor gradients;

    /**
     * @param samples real, then as many generated ones, requiring gradients
     * @param logits D's, of these
     */
    public ShownPass(Tensor samples, Tensor logits) {
        this.samples = samples;
        this.logits = logits;
        this.real = samples.size(0) / 2;
    }

    /**
     * ∇D at the real or at the generated samples, differentiable.
     *
     * @param half 0 for the real ones, 1 for the generated
     */
    Tensor gradients(int half) {
        if (gradients == null) {
            gradients = SampleGradients.of(logits, samples, true);
        }
        return gradients.narrow(0, half * real, real);
    }
}
