package org.saddlepoint.optim;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Clipping by the global norm (Pascanu et al. 2013, Algorithm 1): gradients that are together longer than a bound are
 * shortened to it.
 *
 * <pre>g ← g min(1, c / ‖g‖),   ‖g‖² = Σ over all parameters</pre>
 *
 * @param bound c, > 0
 */
public record ClipNorm(double bound) implements GradientTransform {
    public ClipNorm {
        Require.positive("bound", bound);
    }

    @Override
    public Optional<List<Tensor>> apply(List<Tensor> gradients) {
        List<Tensor> squares =
                gradients.stream().map(gradient -> gradient.square().sum()).toList();
        Tensor norm = Tensors.stack(squares, 0).sum().sqrt();
        Tensor factor = Tensors.full(bound, norm.dtype()).to(norm.device()).div(norm.clamp(bound, Float.MAX_VALUE));
        return Optional.of(
                gradients.stream().map(gradient -> gradient.mul(factor)).toList());
    }
}
