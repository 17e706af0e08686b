package org.saddlepoint.benchmarks;

import java.util.List;
import java.util.Locale;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;

/** What is measured: steps of a {@link DcganWorkload}, or of a recipe. The peer knows each by its {@link #toString word}. */
public enum Method {
    /** Goodfellow et al. (2014), on Radford et al.'s (2016) networks: batch normalization in both. */
    NON_SATURATING(DcganPlan.of(new NonSaturatingObjective(), Normalization.BATCH)),

    /** The same without batch normalization in the discriminator: the baseline of the constrained methods. */
    NON_SATURATING_NO_NORM(DcganPlan.of(new NonSaturatingObjective(), Normalization.NONE)),

    /** Gulrajani et al. (2017), λ = 10, with one update of the critic a step instead of their five. */
    WGAN_GP(DcganPlan.under("gradientPenalty", GradientPenalty.wganGp(10), new WassersteinObjective())),

    /** Wu et al. (2021) with the hinge loss. */
    GNGAN(DcganPlan.under("gradientNormalization", GradientNormalization.PAPER, new HingeObjective())),

    /** Gulrajani et al. (2017) for points in the plane: three layers of 512 units, five updates of the critic. */
    RING8(RecipePlan.of("wgan-gp-points", new PointShape(2))),

    /** Goodfellow et al. (2014) on digits: maxout, dropout, momentum; large products. */
    GAN(RecipePlan.of("gan", new ImageShape(1, 28, 28))),

    /** Wu et al. (2021) for CIFAR-10 at full size: residual networks, five updates of the discriminator. */
    GNGAN_RESNET(RecipePlan.of("gngan", new ImageShape(3, 32, 32))),

    /** Karras et al. (2020), narrow: path length regularization at each fourth step, R1 at each sixteenth. */
    STYLEGAN2_SMALL(RecipePlan.of("stylegan2-small", new ImageShape(3, 32, 32)).withPeriod(16)),

    /** Huang et al. (2024), narrow: R1 and R2 in each update, DiffAugment. */
    R3GAN_SMALL(RecipePlan.of("r3gan-small", new ImageShape(3, 32, 32))),

    /** The quick recipe of Isola et al. (2017): 64×64 pixels, one pair a step. */
    PIX2PIX_SMALL(RecipePlan.translating("pix2pix-small", 64)),

    /** The quick recipe of Zhu et al. (2017): 64×64 pixels, one picture of each kind a step. */
    CYCLEGAN_SMALL(RecipePlan.translating("cyclegan-small", 64)),

    /** Isola et al. (2017) at the paper's size: 256×256 pixels. */
    PIX2PIX(RecipePlan.translating("pix2pix", 256)),

    /** Zhu et al. (2017) at the paper's size: 256×256 pixels, nine blocks. */
    CYCLEGAN(RecipePlan.translating("cyclegan", 256));

    /** The methods of the DCGAN but the baseline, which comes with them. */
    public static final List<Method> OF_DCGAN = List.of(NON_SATURATING, WGAN_GP, GNGAN);

    @SuppressWarnings("ImmutableEnumChecker") // plans are records of values
    private final WorkloadPlan plan;

    Method(WorkloadPlan plan) {
        this.plan = plan;
    }

    /** The batch sizes at which it is measured. */
    List<Integer> batchSizes(BenchmarkConfig config) {
        return plan.batchSizes(config);
    }

    /** Steps after which the work of a step repeats: measurements take a multiple of these. */
    int period() {
        return plan.period();
    }

    /** Networks and a batch of noise from a seed. */
    Workload open(int batchSize, BenchmarkConfig config, long seed) {
        return plan.open(batchSize, config, seed);
    }

    /** Whether its step is stated as a multiple of the {@link #NON_SATURATING_NO_NORM} step, on the same networks. */
    public boolean isConstrained() {
        return !plan.constraints().isEmpty();
    }

    /** In words, as the command line and the peer have it: {@code wgan-gp}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
