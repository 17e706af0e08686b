package org.saddlepoint.constraints;

import java.util.Optional;
import org.saddlepoint.input.Require;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.views.Augmentations;

/**
 * Consistency regularization (CR-GAN; Zhang et al. 2020): D should give the same logit to a real image and
 * to a mirrored or shifted copy of it.
 *
 * <pre>λ E[(D(T(x)) − D(x))²]</pre>
 *
 * <p>Under {@link GradientNormalization} D is f̂, as in GN-GAN-CR. Pixels that move in are black, −1.
 *
 * @param weight λ, >= 0; 5 in GN-GAN's configuration
 * @param flip whether images are mirrored, each with probability ½
 * @param translation largest shift as a share of the side, in [0, 1); 0.2 in GN-GAN's code
 */
public record ConsistencyRegularization(Schedule weight, boolean flip, double translation) implements Constraint {
    private static final double BLACK = -1;

    public ConsistencyRegularization {
        weight.requireNotNegative("weight");
        Require.below(0, 1, "translation", translation);
    }

    /** Regularization whose weight does not change. */
    public ConsistencyRegularization(double weight, boolean flip, double translation) {
        this(Schedule.of(weight), flip, translation);
    }

    @Override
    public Discriminator apply(Discriminator discriminator, Shape sample, RandomGenerator random) {
        if (sample.rank() != 3) {
            throw new IllegalArgumentException(
                    "consistency regularization mirrors and moves images [C, H, W] but the data" + " is " + sample
                            + "; leave it out for points");
        }
        Layers.requireOneLogit(discriminator, "consistency regularization"); // patches move with the image
        return discriminator;
    }

    @Override
    public Optional<Tensor> penalty(DiscriminatorUpdate update) {
        double factor = weight.at(update.progress());
        if (factor == 0) {
            return Optional.empty();
        }
        Tensor changed = augmented(update.real(), update.random());
        Tensor logits = update.discriminator().forward(changed, update.conditioning());
        return Optional.of(logits.sub(update.realLogits()).square().mean().mul(factor));
    }

    private Tensor augmented(Tensor images, RandomGenerator random) {
        Tensor mirrored = flip ? Augmentations.flip(images, random) : images;
        return translation > 0 ? Augmentations.translate(mirrored, translation, BLACK, random) : mirrored;
    }
}
