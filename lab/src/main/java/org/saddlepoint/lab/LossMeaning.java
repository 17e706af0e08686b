package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
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

    private static final Latent LATENT = new Latent(32, Latent.Distribution.NORMAL);

    public LossMeaning {
        Bounds.require("criticSteps", criticSteps, 1, 20);
        Bounds.require("learningRate", learningRate, 1e-5, 1e-2);
    }

    /** One stop: steps so far, divergence shown by the loss since the last stop, and FID of the samples. */
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
        try (DigitClassifier classifier =
                new DigitClassifier(digits, laboratory.scale(1000, 5000), laboratory.seed())) {
            List<Stop> critic = train(wasserstein, Map.of("constraint", constraint), digits, classifier, laboratory);
            List<Stop> discriminator = train(game, Map.of(), digits, classifier, laboratory);
            return new Findings(claims(critic, discriminator), figure(critic, discriminator));
        }
    }

    private List<Stop> train(
            AdversarialObjective objective,
            Map<String, Constraint> constraints,
            Dataset digits,
            DigitClassifier classifier,
            Laboratory laboratory) {
        int stops = laboratory.scale(10, 20);
        int steps = laboratory.scale(30, 20); // while samples still get better: see the explanation
        GameTraining.Settings settings = new GameTraining.Settings(
                objective,
                constraints,
                new GameTraining.Networks(
                        new MlpGeneratorConfig(List.of(64, 64), new InitialWeights.KaimingUniform()),
                        MlpDiscriminatorConfig.of(List.of(256, 256), new InitialWeights.KaimingUniform())),
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
                        classifier.look(training, laboratory.seed()).fid()));
            }
        }
        return seen;
    }

    private static Claims claims(List<Stop> critic, List<Stop> discriminator) {
        Claims claims = new Claims("Arjovsky et al. 2017, section 4.2");
        claims.that("w-orders-fid", "the smaller the critic’s W, the better the samples: rank correlation of W and FID")
                .is(correlation(critic), atLeast(0.9));
        claims.that("w-falls", "W falls with the FID of the samples: last W relative to the first")
                .is(last(critic).divergence() / critic.get(0).divergence(), atMost(0.5));
        claims.that("js-does-not-order", "the discriminator’s loss is no such number: rank correlation of JS and FID")
                .is(correlation(discriminator), atMost(0.5));
        double leastJs =
                discriminator.stream().mapToDouble(Stop::divergence).min().orElse(0);
        claims.that(
                        "js-stays",
                        "its JS stays near log 2 however good the samples: least JS / log 2",
                        "Arjovsky et al. 2017, figure 4")
                .is(leastJs / Math.log(2), atLeast(0.75));
        claims.that("generator-learns", "yet its generator learns: last FID relative to the first")
                .is(last(discriminator).fid() / discriminator.get(0).fid(), atMost(0.5));
        return claims;
    }

    private static double correlation(List<Stop> stops) {
        return RankCorrelation.spearman(Series.of(stops, Stop::divergence), Series.of(stops, Stop::fid));
    }

    private static Stop last(List<Stop> stops) {
        return stops.get(stops.size() - 1);
    }

    private static Figure figure(List<Stop> critic, List<Stop> discriminator) {
        return new Figure(
                "a critic's loss has a meaning: it falls as the samples get better",
                2,
                List.of(
                        overTime("critic", "W", critic, critic.get(0).divergence(), Palette.WGAN_GP),
                        overTime("discriminator", "JS", discriminator, Math.log(2), Palette.NON_SATURATING),
                        against("critic", "W", critic, Palette.WGAN_GP),
                        against("discriminator", "JS", discriminator, Palette.NON_SATURATING)));
    }

    private static ChartPanel overTime(String who, String divergence, List<Stop> stops, double unit, Palette method) {
        double[] steps = Series.of(stops, Stop::step);
        double first = stops.get(0).fid();
        String relative = divergence.equals("W") ? "W / first W" : "JS / log 2";
        return ChartPanel.of(who + ": " + divergence + " and FID", "steps of the generator", "relative to the start")
                .line(relative, steps, Series.of(stops, stop -> stop.divergence() / unit), method.color())
                .dashed("FID / first FID", steps, Series.of(stops, stop -> stop.fid() / first), Palette.EXACT.color())
                .yRange(0, 1.2);
    }

    private static ChartPanel against(String who, String divergence, List<Stop> stops, Palette method) {
        return ChartPanel.of(
                        who + ": each stop",
                        "FID of the samples (lower is better)",
                        divergence + " that the loss shows")
                .points("a stop", Series.of(stops, Stop::fid), Series.of(stops, Stop::divergence), method.color());
    }
}
