package org.saddlepoint.constraints;

import java.util.Optional;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * Orthogonal regularization of D's layers: the weights' matrices [outputs, inputs · kernel] are drawn towards orthonormal
 * rows, or columns where there are fewer of those.
 *
 * <pre>
 * all:           β Σ ‖W Wᵀ − I‖²_F           (after Brock et al. 2017, squared)
 * off-diagonal:  β Σ ‖W Wᵀ ⊙ (1 − I)‖²_F     (BigGAN; Brock et al. 2019, equation 3)
 * </pre>
 *
 * @param weight β, >= 0; 1e-4 in both papers
 * @param offDiagonalOnly whether the lengths are left free, as in BigGAN
 */
public record OrthogonalRegularization(Schedule weight, boolean offDiagonalOnly) implements Constraint {
    public OrthogonalRegularization {
        weight.requireNotNegative("weight");
    }

    /** Regularization whose weight does not change. */
    public OrthogonalRegularization(double weight, boolean offDiagonalOnly) {
        this(Schedule.of(weight), offDiagonalOnly);
    }

    @Override
    public Discriminator apply(Discriminator discriminator, Shape sample, RandomGenerator random) {
        Layers.requireMatrices(discriminator, "orthogonal regularization");
        return discriminator;
    }

    @Override
    public Optional<Tensor> penalty(DiscriminatorUpdate update) {
        double factor = weight.at(update.progress());
        if (factor == 0) {
            return Optional.empty();
        }
        return update.discriminator().modules(WeightLayer.class).values().stream()
                .map(layer -> excess(layer.matrix()))
                .reduce(Tensor::add)
                .map(sum -> sum.mul(factor));
    }

    private Tensor excess(Tensor matrix) {
        Tensor rows = matrix.size(0) <= matrix.size(1) ? matrix : matrix.transpose(0, 1);
        return Orthogonality.excess(rows, offDiagonalOnly);
    }
}
