package org.saddlepoint.constraints;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.models.DiscriminatorOutput;
import org.saddlepoint.tensor.InputGradient;
import org.saddlepoint.tensor.Tensor;

/**
 * One pass of D on real and generated samples, for its loss and for penalties at these samples: one way back gives the gradients
 * of all. Of a D whose samples do not depend on each other.
 */
public final class ShownPass {
    private final long real;
    private final InputGradient pass;
    private final DiscriminatorOutput output;
    private @Nullable Tensor gradients;

    /**
     * Shows D what it says of these samples.
     *
     * @param samples real, then as many generated ones
     * @param discriminator what computes its output
     */
    public ShownPass(Tensor samples, Function<Tensor, DiscriminatorOutput> discriminator) {
        Tensor shown = samples.detach().withGrad(true);
        real = shown.size(0) / 2;
        pass = InputGradient.of(shown);
        try (pass) {
            output = discriminator.apply(shown);
        }
    }

    /** What D says of all samples, the real ones first. */
    public DiscriminatorOutput output() {
        return output;
    }

    /**
     * ∇D at the real or at the generated samples, differentiable.
     *
     * @param half 0 for the real ones, 1 for the generated
     */
    Tensor gradients(int half) {
        if (gradients == null) {
            gradients = SampleGradients.differentiable(pass, output.logits());
        }
        return gradients.narrow(0, half * real, real);
    }
}
