package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.near;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
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
import org.saddlepoint.plot.PicturePanel;
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

    private static final Latent LATENT = new Latent(32, Latent.Distribution.NORMAL);
    private static final int LATENTS = 3;

    public ModeCollapse {
        Bounds.require("units", units, 4, 512);
        Bounds.require("discriminatorSteps", discriminatorSteps, 1, 20);
        Bounds.require("generatorRate", generatorRate, 1e-5, 0.1);
    }

    /** A training: its measurements, steps between them, and the images of three latents at the end. */
    private record Course(List<DigitClassifier.Look> looks, int stepsPerLook, List<PicturePanel.Picture> pictures) {
        double[] steps() {
            double[] steps = new double[looks.size()];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = (i + 1.0) * stepsPerLook;
            }
            return steps;
        }

        double[] over(ToDoubleFunction<DigitClassifier.Look> value) {
            return Series.of(looks, value);
        }

        /** The mean over the second half of the measurements, since a collapsed generator does not stand still. */
        double late(ToDoubleFunction<DigitClassifier.Look> value) {
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
        return "a starved generator makes one image of three latents in the original game, and three images under a"
                + " critic";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        Dataset digits = EmbeddedDatasets.digits(ImageFormat.ofSize(laboratory.scale(16, 28)));
        try (DigitClassifier classifier =
                new DigitClassifier(digits, laboratory.scale(1000, 5000), laboratory.seed())) {
            Course gan = train(game, Map.of(), digits, classifier, laboratory);
            Course wgan = train(wasserstein, Map.of("constraint", constraint), digits, classifier, laboratory);
            return new Findings(claims(gan, wgan), figure(gan, wgan));
        }
    }

    private Course train(
            AdversarialObjective objective,
            Map<String, Constraint> constraints,
            Dataset digits,
            DigitClassifier classifier,
            Laboratory laboratory) {
        int looks = laboratory.scale(8, 20);
        int steps = laboratory.scale(25, 50);
        GameTraining.Settings settings = new GameTraining.Settings(
                objective,
                constraints,
                new GameTraining.Networks(
                        new MlpGeneratorConfig(List.of(units, units, units), new InitialWeights.KaimingUniform()),
                        MlpDiscriminatorConfig.of(List.of(256), new InitialWeights.KaimingUniform())),
                LATENT,
                UpdatePlan.of(64, discriminatorSteps),
                AdamConfig.of(generatorRate, 0.5, 0.9),
                AdamConfig.of(1e-3, 0.5, 0.9));
        List<DigitClassifier.Look> seen = new ArrayList<>();
        try (GameTraining training = new GameTraining(settings, digits, laboratory.seed())) {
            for (int look = 0; look < looks; look++) {
                laboratory.progress().done(constraints.isEmpty() ? "training a GAN" : "training a WGAN", look, looks);
                training.trainUntil((look + 1L) * steps);
                seen.add(classifier.look(training, laboratory.seed()));
            }
            return new Course(seen, steps, pictures(training, digits, laboratory.seed()));
        }
    }

    private static List<PicturePanel.Picture> pictures(GameTraining training, Dataset digits, long seed) {
        int[] shape = digits.shape().dimensions();
        int numbers = digits.shape().elements();
        try (TensorScope scope = TensorScope.open()) {
            float[] values = training.sample(LATENTS, seed).toFloatArray();
            List<PicturePanel.Picture> pictures = new ArrayList<>();
            for (int i = 0; i < LATENTS; i++) {
                float[] picture = Arrays.copyOfRange(values, i * numbers, (i + 1) * numbers);
                pictures.add(new PicturePanel.Picture(picture, shape[0], shape[1], shape[2]));
            }
            return pictures;
        }
    }

    private static Claims claims(Course gan, Course wgan) {
        Claims claims = new Claims("Arjovsky et al. 2017, section 4.3");
        claims.that("gan-one-image", "GAN: nearly the same image for every latent: diversity relative to real digits")
                .is(gan.late(DigitClassifier.Look::diversity), atMost(0.3));
        claims.that(
                        "gan-few-classes",
                        "GAN: the generator repeats itself: effective number of classes",
                        "Arjovsky and Bottou 2017, section 2.2")
                .is(gan.late(DigitClassifier.Look::effective), atMost(2));
        claims.that("wgan-diverse", "WGAN: different latents give different images: diversity relative to real digits")
                .is(wgan.late(DigitClassifier.Look::diversity), near(1, 0.2));
        claims.that("wgan-classes", "WGAN: the samples stay diverse: effective number of classes")
                .is(wgan.late(DigitClassifier.Look::effective), atLeast(4));
        claims.that("wgan-covers", "WGAN: the samples cover the digits: classes with at least a hundredth of them")
                .is(wgan.late(DigitClassifier.Look::covered), atLeast(7));
        return claims;
    }

    private static Figure figure(Course gan, Course wgan) {
        PicturePanel pictures = new PicturePanel(
                "the same three latents",
                List.of(new PicturePanel.Row("GAN", gan.pictures()), new PicturePanel.Row("WGAN-GP", wgan.pictures())));
        ChartPanel diversity = curves(
                        "diversity of the samples",
                        "distance relative to real",
                        gan,
                        wgan,
                        DigitClassifier.Look::diversity)
                .level("real digits", 1);
        ChartPanel covered = curves("classes covered", "classes of 10", gan, wgan, DigitClassifier.Look::covered)
                .yRange(0, 10.5);
        ChartPanel effective = curves(
                        "effective number of classes", "exp(entropy)", gan, wgan, DigitClassifier.Look::effective)
                .yRange(0, 10.5);
        return new Figure(
                "three latents, one image: a starved generator collapses in the original game",
                2,
                List.of(pictures, diversity, covered, effective));
    }

    private static ChartPanel curves(
            String title, String yLabel, Course gan, Course wgan, ToDoubleFunction<DigitClassifier.Look> value) {
        return ChartPanel.of(title, "steps of the generator", yLabel)
                .line("GAN, non-saturating", gan.steps(), gan.over(value), Palette.NON_SATURATING.color())
                .line("WGAN-GP", wgan.steps(), wgan.over(value), Palette.WGAN_GP.color());
    }
}
