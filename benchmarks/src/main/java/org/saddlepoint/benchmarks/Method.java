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

/** What a step of the {@link DcganWorkload} trains by; the peer knows each by its {@link #toString word}. */
public enum Method {
    /** Goodfellow et al. (2014), on Radford et al.'s (2016) networks: batch normalization in both. */
    NON_SATURATING,

    /** The same without batch normalization in the discriminator: the baseline of the constrained methods. */
    NON_SATURATING_NO_NORM,

    /** Gulrajani et al. (2017), λ = 10, with one update of the critic a step instead of their five. */
    WGAN_GP,

    /** Wu et al. (2021) with the hinge loss. */
    GNGAN;

    /** Whether the discriminator has batch normalization; constraints on the gradient of each sample rule it out. */
    boolean normalizesDiscriminator() {
        return this == NON_SATURATING;
    }

    AdversarialObjective objective() {
        return switch (this) {
            case NON_SATURATING, NON_SATURATING_NO_NORM -> new NonSaturatingObjective();
            case WGAN_GP -> new WassersteinObjective();
            case GNGAN -> new HingeObjective();
        };
    }

    Map<String, Constraint> constraints() {
        return switch (this) {
            case NON_SATURATING, NON_SATURATING_NO_NORM -> Map.of();
            case WGAN_GP -> Map.of("gradientPenalty", GradientPenalty.wganGp(10));
            case GNGAN -> Map.of("gradientNormalization", GradientNormalization.PAPER);
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
