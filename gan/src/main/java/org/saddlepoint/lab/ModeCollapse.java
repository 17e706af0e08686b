package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.saddlepoint.run.PicturePanel;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.UpdatePlan;

/**
 * Mode collapse (Arjovsky et al. 2017, section 4.3): a narrow generator of digits that learns in large steps, under the
 * original game and under that of Wasserstein. All else is equal.
 *
 * @param units of each of the generator's three hidden layers
 * @param discriminatorSteps updates of discriminator and critic for one of the generator
 * @param generatorRate learning rate of the generator
 * @param game what discriminator and generator play
 * @param wasserstein what critic and generator play
 * @param constraint of the critic
 */
public record ModeCollapse(
        @Setting("units of each of the generator's three hidden layers") int units,
        @Setting("updates of the discriminator, and of the critic, for one of the generator") int discriminatorSteps,
        @Setting("learning rate of the generator") double generatorRate,
        AdversarialObjective game,
        AdversarialObjective wasserstein,
        Constraint constraint)
        implements Experiment {

    static final ModeCollapse DEFAULT = new ModeCollapse(
            32, 5, 1e-2, new NonSaturatingObjective(), new WassersteinObjective(), GradientPenalty.wganGp(10));

    private static final String SOURCE = "Arjovsky et al. 2017, section 4.3; seed 001, figures 1 and 2";
    private static final Latent LATENT = new Latent(32, Latent.Distribution.NORMAL);
    private static final int NOISES = 3;

    private static final String EXPLANATION =
            """
            A generator turns noise into pictures: other noise, another picture. When it has *collapsed*, it makes nearly \
            the same picture whatever the noise. The original game allows this. The generator is rewarded for each picture \
            that the discriminator takes for real, and one such picture is enough. Its loss on log D amounts to a divergence \
            that hardly punishes what is missing, and punishes hard what looks wrong (see the experiment log-d-trick).

            To see it soon, the generator here is starved: three narrow layers, a learning rate ten times that of the \
            discriminator, and five updates of the discriminator for each of its own. Both games are played with the same \
            networks, rates and updates; only the loss and the critic's gradient penalty differ.

            * The pictures show what both make of the same three noises at the end.
            * *Diversity* is the mean distance of two generated pictures relative to that of two real ones. Without variety \
            it is 0, with that of the data 1.
            * *Classes* counts, by a classifier of digits, which digits at least a hundredth of the samples is taken for. \
            The *effective number* exp(H) counts them by their entropy H: 1 if all are the same, 10 if all are as frequent.

            A critic measures a distance between whole distributions, to which missing pictures count as much as wrong ones.

            What this does not show: the GAN's one image is not even a good digit, so it fails in two ways at once here, while \
            real collapses often repeat a picture that looks right. Not every GAN collapses. With a wider generator and smaller steps the original game \
            draws all digits, too, and a collapsed generator does not stand still: it moves from one picture to the next. \
            And no theorem keeps a WGAN from collapsing; it does so much more seldom.
            """;

    public ModeCollapse {
        Bounds.require("units", units, 4, 512);
        Bounds.require("discriminatorSteps", discriminatorSteps, 1, 20);
        if (!(generatorRate >= 1e-5 && generatorRate <= 0.1)) {
            throw new IllegalArgumentException("generatorRate must be in [1e-5, 0.1] but was " + generatorRate);
        }
    }

    /** A training: its looks, after so many steps each, and what three noises gave at the end. */
    private record Course(List<DigitsJudge.Look> looks, int stepsPerLook, List<PicturePanel.Picture> pictures) {
        double[] steps() {
            double[] steps = new double[looks.size()];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = (i + 1.0) * stepsPerLook;
            }
            return steps;
        }

        double[] over(ToDoubleFunction<DigitsJudge.Look> value) {
            return looks.stream().mapToDouble(value).toArray();
        }

        /** The mean over the second half of the looks, since a collapsed generator does not stand still. */
        double late(ToDoubleFunction<DigitsJudge.Look> value) {
            double[] all = over(value);
            return Arrays.stream(all, all.length / 2, all.length).average().orElse(Double.NaN);
        }
    }

    @Override
    public String name() {
        return "mode-collapse";
    }

    @Override
    public String title() {
        return "three noises give one image where a starved generator plays the original game, and three under a critic";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        Dataset digits = EmbeddedDatasets.digits(ImageFormat.ofSize(laboratory.scale(16, 28)));
        try (DigitsJudge judge = new DigitsJudge(digits, laboratory.scale(1000, 5000), laboratory.seed())) {
            Course gan = train(game, Map.of(), digits, judge, laboratory);
            Course wgan = train(wasserstein, Map.of("constraint", constraint), digits, judge, laboratory);
            return new Findings(claims(gan, wgan), figure(gan, wgan), EXPLANATION);
        }
    }

    private Course train(
            AdversarialObjective objective,
            Map<String, Constraint> constraints,
            Dataset digits,
            DigitsJudge judge,
            Laboratory laboratory) {
        int looks = laboratory.scale(8, 20);
        int steps = laboratory.scale(25, 50);
        GameTraining.Settings settings = new GameTraining.Settings(
                objective,
                constraints,
                MlpConfig.of(List.of(units, units, units), List.of(256), new InitialWeights.KaimingUniform()),
                LATENT,
                UpdatePlan.of(64, discriminatorSteps),
                AdamConfig.of(generatorRate, 0.5, 0.9),
                AdamConfig.of(1e-3, 0.5, 0.9));
        List<DigitsJudge.Look> seen = new ArrayList<>();
        try (GameTraining training = new GameTraining(settings, digits, laboratory.seed())) {
            for (int look = 0; look < looks; look++) {
                laboratory.progress().done(constraints.isEmpty() ? "training a GAN" : "training a WGAN", look, looks);
                training.trainUntil((look + 1L) * steps);
                seen.add(judge.look(training, laboratory.seed()));
            }
            return new Course(seen, steps, pictures(training, digits, laboratory.seed()));
        }
    }

    private static List<PicturePanel.Picture> pictures(GameTraining training, Dataset digits, long seed) {
        int[] shape = digits.shape().dimensions();
        int numbers = digits.shape().elements();
        try (TensorScope scope = TensorScope.open()) {
            float[] values = training.sample(NOISES, seed).toFloatArray();
            List<PicturePanel.Picture> pictures = new ArrayList<>();
            for (int i = 0; i < NOISES; i++) {
                float[] picture = Arrays.copyOfRange(values, i * numbers, (i + 1) * numbers);
                pictures.add(new PicturePanel.Picture(picture, shape[0], shape[1], shape[2]));
            }
            return pictures;
        }
    }

    private static List<Claim> claims(Course gan, Course wgan) {
        return List.of(
                Claim.atMost(
                        "GAN: whatever the noise, nearly the same image: diversity relative to real digits",
                        SOURCE,
                        0.3,
                        gan.late(DigitsJudge.Look::diversity),
                        0),
                Claim.atMost(
                        "GAN: the generator repeats itself: effective number of classes",
                        "seed 002, section 1.2",
                        2,
                        gan.late(DigitsJudge.Look::effective),
                        0),
                Claim.equal(
                        "WGAN: other noise gives another image: diversity relative to real digits",
                        SOURCE,
                        1,
                        wgan.late(DigitsJudge.Look::diversity),
                        0.2),
                Claim.atLeast(
                        "WGAN: the samples stay diverse: effective number of classes",
                        "seed 002, section 3",
                        4,
                        wgan.late(DigitsJudge.Look::effective),
                        0),
                Claim.atLeast(
                        "WGAN: it covers the digits: classes with at least a hundredth of the samples",
                        "seed 002, section 3",
                        7,
                        wgan.late(DigitsJudge.Look::covered),
                        0));
    }

    private static Figure figure(Course gan, Course wgan) {
        PicturePanel pictures = new PicturePanel(
                "the same three noises",
                List.of(new PicturePanel.Row("GAN", gan.pictures()), new PicturePanel.Row("WGAN-GP", wgan.pictures())));
        ChartPanel diversity = curves(
                        "diversity of the samples", "distance relative to real", gan, wgan, DigitsJudge.Look::diversity)
                .level("real digits", 1);
        ChartPanel covered = curves("classes covered", "classes of 10", gan, wgan, DigitsJudge.Look::covered)
                .yRange(0, 10.5);
        ChartPanel effective = curves(
                        "effective number of classes", "exp(entropy)", gan, wgan, DigitsJudge.Look::effective)
                .yRange(0, 10.5);
        return new Figure(
                "Three noises, one image: a starved generator collapses in the original game",
                2,
                List.of(pictures, diversity, covered, effective));
    }

    private static ChartPanel curves(
            String title, String yLabel, Course gan, Course wgan, ToDoubleFunction<DigitsJudge.Look> value) {
        return ChartPanel.of(title, "steps of the generator", yLabel)
                .line("GAN", gan.steps(), gan.over(value))
                .line("WGAN-GP", wgan.steps(), wgan.over(value));
    }
}
