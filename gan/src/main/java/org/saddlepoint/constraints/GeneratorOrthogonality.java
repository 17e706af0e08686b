package org.saddlepoint.constraints;

import java.util.Optional;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Tensor;

/**
 * Orthogonal regularization of G's layers (BigGAN; Brock et al. 2019, equation 3), which lets samples of truncated latents be good:
 * rows of the weights' matrices [outputs, inputs · kernel], one a filter, are drawn apart, and their lengths left free.
 *
 * <pre>β Σ ‖W Wᵀ ⊙ (1 − I)‖²_F</pre>
 *
 * <p>W is what is trained: where a layer is under spectral normalization, the weight before it is divided. Tables of classes are left
 * out, as in the authors' code. That code adds half the gradient of this term, so that its strength of 1e-4 is a β of 5e-5 here.
 *
 * @param weight β, >= 0; 1e-4 in the paper
 * @param offDiagonalOnly whether the lengths of the rows are left free, as in BigGAN; else they are drawn to 1
 */
public record GeneratorOrthogonality(Schedule weight, boolean offDiagonalOnly) implements GeneratorRegularizer {
    public GeneratorOrthogonality {
        weight.requireNotNegative("weight");
    }

    @Override
    public Optional<Tensor> penalty(GeneratorUpdate update, Memory memory) {
        double factor = weight.at(update.progress());
        if (factor == 0) {
            return Optional.empty();
        }
        return update.network().modules(WeightLayer.class).values().stream()
                .filter(layer -> !layer.isTable())
                .map(layer -> Orthogonality.excess(layer.trainedMatrix(), offDiagonalOnly))
                .reduce(Tensor::add)
                .map(sum -> sum.mul(factor));
    }
}
