package org.saddlepoint.constraints;

import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Coupling;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Gradient normalization (GN-GAN; Wu et al. 2021, theorem 6): the logit divided by the norm of its own gradient, which
 * makes any piecewise linear discriminator 1-Lipschitz (theorem 6).
 *
 * <pre>f̂(x) = f(x) / (‖∇f(x)‖ + ζ(x)),   ‖∇f̂‖ = (‖∇f‖ / (‖∇f‖ + |f|))² ≤ 1 for ζ = |f|</pre>
 *
 * <p>Where ‖∇f‖ jumps, at the kinks of f, f̂ jumps with it: theorem 6 bounds the gradient almost everywhere.
 *
 * <p>With ζ = |f|, f̂ does not change when f is multiplied by a positive number, and lies in (−1, 1), or is ±1 where the
 * gradient is 0. Where logit and gradient are both 0, f̂ is 0.
 *
 * <p>For the generator's update ∇f̂ has a closed form where D is piecewise linear, since its second derivatives are 0:
 *
 * <pre>∇f̂ = ∇f ∂f̂/∂f,   ∂f̂/∂f = ‖∇f‖ / (‖∇f‖ + |f|)² for ζ = |f|,   1 / (‖∇f‖ + ζ) for constant ζ</pre>
 *
 * so that the generator needs no second differentiation of D.
 *
 * @param zeta ζ
 * @param generatorPath how the generator's gradient is computed
 */
public record GradientNormalization(Zeta zeta, GeneratorPath generatorPath) implements Constraint {
    /** ζ of the denominator (Wu et al. 2021, with the ablation). */
    public enum Zeta {
        /** ζ = |f|: the paper's choice. */
        ABSOLUTE,
        /** ζ = 0: f̂ is not bounded. */
        ZERO,
        /** ζ = 1. */
        ONE;

        /** f̂ from f and the norm of its gradient, [N] each. */
        Tensor normalized(Tensor f, Tensor norm) {
            Tensor denominator =
                    switch (this) {
                        case ABSOLUTE -> norm.add(f.abs());
                        case ZERO -> norm;
                        case ONE -> norm.add(1);
                    };
            return f.div(orOne(denominator));
        }

        /** ∂f̂/∂f with the norm held fixed, [N]. */
        Tensor slope(Tensor f, Tensor norm) {
            return switch (this) {
                case ABSOLUTE -> norm.div(orOne(norm.add(f.abs()).square()));
                case ZERO -> Tensors.onesLike(norm).div(orOne(norm));
                case ONE -> Tensors.onesLike(norm).div(norm.add(1));
            };
        }

        /** The denominator, and 1 where it is 0. */
        private static Tensor orOne(Tensor denominator) {
            return Tensors.where(denominator.gt(0), denominator, Tensors.onesLike(denominator));
        }
    }

    /** How the gradient of f̂ with respect to generated samples is computed. */
    public enum GeneratorPath {
        /** By the closed form: one backward pass through D; exact where D is piecewise linear, refused elsewhere. */
        CLOSED_FORM,
        /** By differentiating f̂ as it is: for any D, with a second backward pass. */
        DIFFERENTIATED
    }

    /** The paper's ζ and the closed form. */
    public static final GradientNormalization PAPER =
            new GradientNormalization(Zeta.ABSOLUTE, GeneratorPath.CLOSED_FORM);

    @Override
    public Discriminator apply(Discriminator discriminator, Shape sample, RandomGenerator random) {
        Layers.requireOneLogit(discriminator, "gradient normalization");
        Layers.requireCoupling(Coupling.NONE, discriminator, "gradient normalization");
        if (discriminator instanceof NormalizedDiscriminator) {
            throw new IllegalArgumentException("gradient normalization is there already; name it once");
        }
        if (generatorPath == GeneratorPath.CLOSED_FORM) {
            Layers.requirePiecewiseLinear(
                    discriminator,
                    "the closed form of gradient normalization",
                    "set generatorPath: differentiated, which is slower and works with any discriminator");
        }
        return new NormalizedDiscriminator(discriminator, this);
    }
}
