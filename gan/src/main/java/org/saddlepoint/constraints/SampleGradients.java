package org.saddlepoint.constraints;

import java.util.List;
import org.saddlepoint.tensor.Autocast;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.InputGradient;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** Gradients of logits with respect to the samples, one a sample. */
final class SampleGradients {
    private SampleGradients() {}

    /**
     * ∇ₓ D(x) of each sample.
     *
     * @param logits [N], or maps of them whose sums are meant; each of its own sample only
     * @param samples what they were computed from, [N, …]
     */
    static Tensor of(Tensor logits, Tensor samples) {
        try (Autocast full = Autocast.off(samples.device())) {
            return Autograd.grad(List.of(logits), List.of(samples), false).get(0);
        }
    }

    /** As the other, of the samples of a pass, to be differentiated again. */
    static Tensor differentiable(InputGradient pass, Tensor logits) {
        try (Autocast full = Autocast.off(logits.device())) {
            return pass.gradient(logits);
        }
    }

    /** ‖·‖² of each sample, [N]. */
    static Tensor squaredNorms(Tensor gradients) {
        return gradients.flatten(1).square().sum(false, 1);
    }

    /** ‖·‖ of each sample, [N]; at 0 its own gradient is 0, where that of the root would be infinite. */
    static Tensor norms(Tensor gradients) {
        Tensor squares = squaredNorms(gradients);
        Tensor positive = squares.gt(0);
        Tensor one = Tensors.onesLike(squares);
        return Tensors.where(positive, Tensors.where(positive, squares, one).sqrt(), Tensors.zerosLike(squares));
    }
}
