package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.EmbeddedDatasets;
import org.saddlepoint.data.ImageFormat;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.theory.RankCorrelation;
import org.saddlepoint.training.UpdatePlan;

/**
 * What the loss of the discriminator says about the samples (Arjovsky et al. 2017, section 4.2): the same networks draw
 * digits under both games, and now and then the Fréchet distance of their samples is measured beside the divergence that
 * the loss shows.
 *
 * <pre>W = −L_D of a critic,        JS = log 2 − L_D / 2 of a discriminator</pre>
 *
 * @param criticSteps updates of critic and discriminator for one of the generator
 * @param learningRate of all networks
 * @param game what discriminator and generator play
 * @param wasserstein what critic and generator play
 * @param constraint of the critic
 */
public record LossMeaning(
        @Setting("updates of the critic, and of the discriminator, for one of the generator") int criticSteps,
        @Setting("learning rate of all networks") double learningRate,
        AdversarialObjective game,
        AdversarialObjective wasserstein,
        Constraint constraint)
        implements Experiment {

    static final LossMeaning DEFAULT = new LossMeaning(
            5, 1e-3, new NonSaturatingObjective(), new WassersteinObjective(), GradientPenalty.wganGp(10));

    private static final String SOURCE = "Arjovsky et al. 2017, section 4.2; seed 002, section 3";
    private static final Latent LATENT = new Latent(32, Latent.Distribution.NORMAL);

    private static final String EXPLANATION =
            """
            Whoever trains a classifier watches its loss fall. Whoever trained one of the first GANs had to look at \
            pictures, because the discriminator's loss says how the *game* stands and not how good the samples are. The \
            Wasserstein GAN brought a number to watch.

            Here the same two networks learn to draw digits twice, with the same updates and learning rates; only the game \
            differs. Now and then we stop. The *divergence that the loss shows* is the mean since the last stop: the \
            Wasserstein distance W under a critic with gradient penalty, the Jensen-Shannon divergence JS = log 2 - loss / 2 \
            under a discriminator. The *quality* is the Fréchet distance (FID) between features of generated and real \
            digits, seen by a small classifier of digits: lower is better. These values do not compare with FIDs on \
            Inception features.

            * W falls when the FID falls. Ordered by one, the stops are ordered by the other: their rank correlation is \
            close to 1. W is an estimate of a distance between the two sets, and a distance shrinks as they come closer.
            * JS stays near log 2, its largest value, while the FID falls to a fraction: generated digits are better, but a \
            discriminator that is trained well can still tell them apart. Its ups and downs follow who is ahead.

            The training ends while the samples still get better. Over twice as many steps, with full-size digits, the FID \
            stopped falling half-way while W went on falling by about a sixth: once quality stands still, W no longer \
            orders it, and the rank correlation over the whole training was 0.899.

            This is a tendency and no theorem. A discriminator that is kept weak, or a generator that overtakes it, gives a \
            loss that goes with quality for a while. And a critic's loss compares only within one training: another critic \
            or another penalty has another scale.
            """;

    public LossMeaning {
        Bounds.require("criticSteps", criticSteps, 1, 20);
        if (!(learningRate >= 1e-5 && learningRate <= 1e-2)) {
            throw new IllegalArgumentException("learningRate must be in [1e-5, 1e-2] but was " + learningRate);
        }
    }

    /** One stop: after how many steps, what the loss showed since the last, how good the samples are. */
    private record Stop(double step, double divergence, double fid) {}

    @Override
    public String name() {
        return "loss-meaning";
    }

    @Override
    public String title() {
        return "the critic's loss tells how good the samples are, the discriminator's does not";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        Dataset digits = EmbeddedDatasets.digits(ImageFormat.ofSize(laboratory.scale(16, 28)));
        try (DigitsJudge judge = new DigitsJudge(digits, laboratory.scale(1000, 5000), laboratory.seed())) {
            List<Stop> critic = train(wasserstein, Map.of("constraint", constraint), digits, judge, laboratory);
            List<Stop> discriminator = train(game, Map.of(), digits, judge, laboratory);
            return new Findings(claims(critic, discriminator), figure(critic, discriminator), EXPLANATION);
        }
    }

    private List<Stop> train(
            AdversarialObjective objective,
            Map<String, Constraint> constraints,
            Dataset digits,
            DigitsJudge judge,
            Laboratory laboratory) {
        int stops = laboratory.scale(10, 20);
        int steps = laboratory.scale(30, 20); // while samples still get better: see the explanation
        GameTraining.Settings settings = new GameTraining.Settings(
                objective,
                constraints,
                MlpConfig.of(List.of(64, 64), List.of(256, 256), new InitialWeights.KaimingUniform()),
                LATENT,
                UpdatePlan.of(64, criticSteps),
                AdamConfig.of(learningRate, 0.5, 0.9),
                AdamConfig.of(learningRate, 0.5, 0.9));
        List<Stop> seen = new ArrayList<>();
        try (GameTraining training = new GameTraining(settings, digits, laboratory.seed())) {
            for (int stop = 0; stop < stops; stop++) {
                laboratory.progress().done(constraints.isEmpty() ? "training a GAN" : "training a WGAN", stop, stops);
                Map<String, Double> means =
                        training.trainUntil((stop + 1L) * steps).values();
                double loss = means.getOrDefault(MetricsRow.DISCRIMINATOR_LOSS, Double.NaN);
                seen.add(new Stop(
                        training.steps(),
                        objective.divergenceBound(loss).orElse(Double.NaN),
                        judge.look(training, laboratory.seed()).fid()));
            }
        }
        return seen;
    }

    private List<Claim> claims(List<Stop> critic, List<Stop> discriminator) {
        return List.of(
                Claim.atLeast(
                        "the smaller the critic's W, the better the samples: rank correlation of W and FID",
                        SOURCE,
                        0.9,
                        correlation(critic),
                        0),
                Claim.atMost(
                        "W falls with the samples' FID: the last W relative to the first",
                        SOURCE,
                        0.5,
                        last(critic).divergence() / critic.get(0).divergence(),
                        0),
                Claim.atMost(
                        "the discriminator's loss is no such number: rank correlation of JS and FID",
                        SOURCE,
                        0.5,
                        correlation(discriminator),
                        0),
                Claim.atLeast(
                        "it shows a JS near log 2 however good the samples are: the least JS, relative to log 2",
                        "Arjovsky et al. 2017, figure 4; seed 002, section 1.1",
                        0.75,
                        discriminator.stream()
                                        .mapToDouble(Stop::divergence)
                                        .min()
                                        .orElse(0)
                                / Math.log(2),
                        0),
                Claim.atMost(
                        "though its generator learns, too: the last FID relative to the first",
                        SOURCE,
                        0.5,
                        last(discriminator).fid() / discriminator.get(0).fid(),
                        0));
    }

    private static double correlation(List<Stop> stops) {
        return RankCorrelation.spearman(column(stops, Stop::divergence), column(stops, Stop::fid));
    }

    private static Stop last(List<Stop> stops) {
        return stops.get(stops.size() - 1);
    }

    private static Figure figure(List<Stop> critic, List<Stop> discriminator) {
        return new Figure(
                "A critic's loss has a meaning: it falls as the samples get better",
                2,
                List.of(
                        overTime(
                                "critic: W and FID",
                                "W / first W",
                                critic,
                                critic.get(0).divergence()),
                        overTime("discriminator: JS and FID", "JS / log 2", discriminator, Math.log(2)),
                        against("critic: each stop", "W that the loss shows", critic),
                        against("discriminator: each stop", "JS that the loss shows", discriminator)));
    }

    private static ChartPanel overTime(String title, String name, List<Stop> stops, double unit) {
        double[] steps = column(stops, Stop::step);
        double first = stops.get(0).fid();
        return ChartPanel.of(title, "steps of the generator", "relative to the start")
                .line(name, steps, column(stops, stop -> stop.divergence() / unit))
                .dashed("FID / first FID", steps, column(stops, stop -> stop.fid() / first))
                .yRange(0, 1.2);
    }

    private static ChartPanel against(String title, String name, List<Stop> stops) {
        return ChartPanel.of(title, "FID of the samples (lower is better)", name)
                .points("a stop", column(stops, Stop::fid), column(stops, Stop::divergence));
    }

    private static double[] column(List<Stop> stops, ToDoubleFunction<Stop> value) {
        return stops.stream().mapToDouble(value).toArray();
    }
}
