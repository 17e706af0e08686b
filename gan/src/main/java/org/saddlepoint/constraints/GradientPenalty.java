package org.saddlepoint.constraints;

import java.util.Optional;
import org.saddlepoint.input.Require;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Coupling;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.InputGradient;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * A penalty on the norm of D's gradient with respect to its samples.
 *
 * <pre>
 * two-sided:  λ E[(‖∇D(x̂)‖ − target)²]           (WGAN-GP, Gulrajani et al. 2017, equation 3: target 1)
 * one-sided:  λ E[max(0, ‖∇D(x̂)‖ − target)²]     (WGAN-LP, Petzka et al. 2018)
 * </pre>
 *
 * <p>With target 0, λ = γ/2 and real or generated points these are R1 and R2 (Mescheder et al. 2018, equations 9 and 10).
 * Lazily computed, at each k-th update only, the penalty counts k times (Karras et al. 2020, appendix B).
 *
 * @param points where the gradient is computed
 * @param weight λ, >= 0, a number or a schedule
 * @param target the norm that costs nothing, >= 0
 * @param oneSided whether smaller norms cost nothing either
 * @param every k: computed at each k-th update of D, from the first on
 * @param ownStep whether it has a step of the optimizer of its own behind that of the objective, as Karras et al. (2020) have it
 */
public record GradientPenalty(
        PenaltyPoints points, Schedule weight, double target, boolean oneSided, int every, boolean ownStep)
        implements Constraint {

    public GradientPenalty {
        weight.requireNotNegative("weight");
        Require.notNegative("target", target);
        Require.atLeast(1, "every", every);
    }

    /** A penalty in the loss of the objective. */
    public GradientPenalty(PenaltyPoints points, Schedule weight, double target, boolean oneSided, int every) {
        this(points, weight, target, oneSided, every, false);
    }

    /** A penalty whose weight does not change. */
    public GradientPenalty(PenaltyPoints points, double weight, double target, boolean oneSided, int every) {
        this(points, Schedule.of(weight), target, oneSided, every);
    }

    /** WGAN-GP's: between real and generated samples, two-sided, target 1. */
    public static GradientPenalty wganGp(double lambda) {
        return new GradientPenalty(new PenaltyPoints.Between(), lambda, 1, false, 1);
    }

    /** R1 with γ/2 E[‖∇D(x)‖²] on real samples. */
    public static GradientPenalty r1(double gamma) {
        return new GradientPenalty(new PenaltyPoints.Real(), gamma / 2, 0, false, 1);
    }

    /** R2 with γ/2 E[‖∇D(G(z))‖²] on generated samples. */
    public static GradientPenalty r2(double gamma) {
        return new GradientPenalty(new PenaltyPoints.Fake(), gamma / 2, 0, false, 1);
    }

    @Override
    public Discriminator apply(Discriminator discriminator, Shape sample, RandomGenerator random) {
        Layers.requireCoupling(Coupling.STATISTICS, discriminator, "the gradient penalty");
        return discriminator;
    }

    @Override
    public Optional<Tensor> penalty(DiscriminatorUpdate update) {
        double factor = weight.at(update.progress());
        if (factor == 0 || update.index() % every != 0) {
            return Optional.empty();
        }
        ShownPass shown = update.shown().orElse(null);
        if (shown != null && shownPoints(update.progress(), update.index()).isPresent()) {
            return Optional.of(excess(shown.gradients(points.shownHalf().orElseThrow()))
                    .mean()
                    .mul(factor * every));
        }
        Tensor samples = points.draw(update.real(), update.fake(), update.random())
                .detach()
                .withGrad(true);
        Tensor logits;
        InputGradient pass = InputGradient.of(samples);
        try (pass) {
            logits = update.discriminator().forward(samples, update.conditioning());
        }
        Tensor gradients = SampleGradients.differentiable(pass, logits);
        Tensor penalty = excess(gradients).mean().mul(factor * every);
        // A last bias moves no gradient, but a step of its own must know all weights.
        return Optional.of(ownStep ? penalty.add(logits.sum().mul(0)) : penalty);
    }

    @Override
    public Optional<PenaltyPoints> shownPoints(Progress progress, long index) {
        return points.shownHalf().isPresent() && !ownStep && weight.at(progress) != 0 && index % every == 0
                ? Optional.of(points)
                : Optional.empty();
    }

    /** The penalty of each sample without λ, [N]. */
    private Tensor excess(Tensor gradients) {
        if (target == 0) {
            return SampleGradients.squaredNorms(gradients); // without the root, which has no derivative at 0
        }
        Tensor beyond = SampleGradients.norms(gradients).sub(target);
        return (oneSided ? beyond.relu() : beyond).square();
    }
}
