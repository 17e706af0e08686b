package org.saddlepoint.benchmarks;

import java.util.Locale;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.training.Precision;

/**
 * What a step trains by: the {@link DcganWorkload} by the first four, the {@link TranslationWorkload} by the recipes that
 * the others are named after. The peer knows each by its {@link #toString word}.
 */
public enum Method {
    /** Goodfellow et al. (2014), on Radford et al.'s (2016) networks: batch normalization in both. */
    NON_SATURATING,

    /** The same without batch normalization in the discriminator: the baseline of the constrained methods. */
    NON_SATURATING_NO_NORM,

    /** Gulrajani et al. (2017), λ = 10, with one update of the critic a step instead of their five. */
    WGAN_GP,

    /** Wu et al. (2021) with the hinge loss. */
    GNGAN,

    /** The quick recipe of Isola et al. (2017): 64×64 pixels, one pair a step. */
    PIX2PIX_SMALL,

    /** The quick recipe of Zhu et al. (2017): 64×64 pixels, one picture of each kind a step. */
    CYCLEGAN_SMALL,

    /** Isola et al. (2017) at the paper's size: 256×256 pixels. */
    PIX2PIX,

    /** Zhu et al. (2017) at the paper's size: 256×256 pixels, nine blocks. */
    CYCLEGAN;

    /** Whether it translates pictures, one at a time, instead of making them from latents. */
    public boolean translates() {
        return compareTo(GNGAN) > 0;
    }

    /** What a step works on. */
    Workload open(int batchSize, int width, Precision precision, long seed) {
        return translates()
                ? new TranslationWorkload(this, precision, seed)
                : new DcganWorkload(this, batchSize, width, precision, seed);
    }

    /** Whether the discriminator has batch normalization; constraints on the gradient of each sample rule it out. */
    boolean normalizesDiscriminator() {
        return this == NON_SATURATING;
    }

    AdversarialObjective objective() {
        return switch (this) {
            case NON_SATURATING, NON_SATURATING_NO_NORM -> new NonSaturatingObjective();
            case WGAN_GP -> new WassersteinObjective();
            case GNGAN -> new HingeObjective();
            default -> throw new IllegalStateException("the objective of " + this + " is in its recipe");
        };
    }

    Map<String, Constraint> constraints() {
        return switch (this) {
            case WGAN_GP -> Map.of("gradientPenalty", GradientPenalty.wganGp(10));
            case GNGAN -> Map.of("gradientNormalization", GradientNormalization.PAPER);
            default -> Map.of();
        };
    }

    /** Whether its step is stated as a multiple of the {@link #NON_SATURATING_NO_NORM} step, on the same networks. */
    public boolean isConstrained() {
        return !constraints().isEmpty();
    }

    /** In words, as the command line and the peer have it: {@code wgan-gp}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
