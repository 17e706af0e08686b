package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.PathLength;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConditioning;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.GeneratorConditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.StyleGan2DiscriminatorConfig;
import org.saddlepoint.models.StyleGan2GeneratorConfig;
import org.saddlepoint.models.StyleGenerator;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** The networks of StyleGAN2 and one whole step with R1 and path lengths, in float64, against {@code golden_stylegan2.py}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class StyleGan2GoldenTest {
    /** The seed of latents, noise and mixing in the script. */
    private static final long SEED = 2911;

    private static final int BATCH = 4;
    private static final Latent LATENT = new Latent(4, Latent.Distribution.NORMAL);
    private static final Shape IMAGE = Shape.of(3, 16, 16);

    /** Outputs, relative to the largest. */
    private static final double EXACT = 1e-10;

    /** After a step. */
    private static final double STEP = 1e-8;

    @Test
    void oneWholeStepIsThatOfPyTorch() {
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(RandomStreams.single(0))) {
            RandomGenerator random = state.random().networks();
            Generator generator = new StyleGan2GeneratorConfig(48, 5, 3, 2, 0.9).create(LATENT, IMAGE, random);
            Discriminator discriminator = new StyleGan2DiscriminatorConfig(48, 5, true, 2).create(IMAGE, random);
            generator.to(DType.FLOAT64);
            discriminator.to(DType.FLOAT64);
            AdversarialPlayers players = AdversarialPlayers.of(
                    generator,
                    discriminator,
                    AdversarialPlayers.Learning.of(
                            new AdamConfig(0.0016, 0, 0.992, 1e-8), new AdamConfig(0.0018, 0, 0.9906, 1e-8)));
            Game game = Game.of(new NonSaturatingObjective())
                    .with(Map.of(
                            "r1", new GradientPenalty(new PenaltyPoints.Real(), Schedule.of(5), 0, false, 16, true)))
                    .withRegularizers(Map.of("pl", new PathLength(Schedule.of(2), 4, 0.01, 2, true)))
                    .withViews(Map.of("exact", (samples, sight) -> samples.to(DType.FLOAT64)));
            try (AdversarialStep step = TestPlayers.step(players, LATENT, game, UpdatePlan.of(BATCH, 1))) {
                compare(players, step, state);
            }
        }
    }

    private static void compare(AdversarialPlayers players, AdversarialStep step, TrainingState state) {
        Map<String, Tensor> golden = Golden.under(Golden.read("stylegan2.safetensors"), "step/");
        Generator generator = players.generator().network();
        Discriminator discriminator = players.discriminator().network();
        generator.loadStateDict(Golden.under(golden, "generator/before/"));
        discriminator.loadStateDict(Golden.under(golden, "discriminator/before/"));
        Tensor z = Golden.get(golden, "latent").to(DType.FLOAT32);
        Tensor real = Golden.get(golden, "real");

        Golden.requireClose("samples in use", players.sample(z), Golden.get(golden, "samples"), EXACT, 0);
        Tensor truncated = players.generator().use(network -> {
            StyleGenerator styles = network.byStyles().orElseThrow();
            return styles.synthesize(styles.truncated(styles.styles(z, Conditioning.none()), 0.7));
        });
        Golden.requireClose("truncated", truncated, Golden.get(golden, "truncated"), EXACT, 0);
        Tensor logits = discriminator.forward(real, Conditioning.none()).detach();
        Golden.requireClose("logits", logits, Golden.get(golden, "logits"), EXACT, 0);

        try (RandomGenerator seeded = new RandomGenerator(SEED)) {
            state.random().networks().restore(seeded.state());
        }
        Batch batch =
                new Batch(real.to(DType.FLOAT32).toFloatArray(), new int[BATCH], BATCH, new ImageShape(3, 16, 16));
        Map<String, Double> report = new LinkedHashMap<>(step.run(batch, state).values());
        assertThat(report.remove("divergenceBound")).isNotNull();
        Map<String, Tensor> expected = Golden.under(golden, "report/");
        assertThat(report.keySet()).isEqualTo(expected.keySet());
        report.forEach((name, value) -> {
            double wanted = expected.get(name).item();
            assertThat(value).as(name).isCloseTo(wanted, within(STEP * Math.abs(wanted)));
        });
        Map<String, Map<String, Tensor>> parts = step.parts();
        Golden.requireClose(
                "mean length", parts.get("generator_regularizers").get("pl.mean"), Golden.get(golden, "mean"), STEP, 0);
        for (String role : List.of("generator", "discriminator")) {
            Map<String, Tensor> before = Golden.under(golden, role + "/before/");
            Map<String, Tensor> after = Golden.under(golden, role + "/after/");
            Golden.requireAllClose(role, parts.get(role), after, STEP, 1e-12);
            after.forEach((name, value) -> assertThat(
                            value.sub(before.get(name)).abs().max().item())
                    .as(name)
                    .isGreaterThan(1e-4));
        }
    }

    @Test
    void networksOfClassesAreThoseOfPyTorch() {
        ConditionShape classes = ConditionShape.Classes.of(3);
        Shape image = Shape.of(1, 8, 8);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Generator generator = new GeneratorConditioning.Mapped()
                        .build(new StyleGan2GeneratorConfig(32, 3, 4, 3, 0), classes, LATENT, image, random);
                Discriminator discriminator = new DiscriminatorConditioning.Mapped()
                        .build(new StyleGan2DiscriminatorConfig(32, 3, false, 4), classes, image, random)) {
            generator.to(DType.FLOAT64);
            discriminator.to(DType.FLOAT64);
            generator.train(false);
            Map<String, Tensor> golden = Golden.under(Golden.read("stylegan2.safetensors"), "classes/");
            generator.loadStateDict(Golden.under(golden, "generator/before/"));
            discriminator.loadStateDict(Golden.under(golden, "discriminator/before/"));
            Conditioning labels = Conditioning.labels(1, 0, 2, 1);
            Tensor samples =
                    generator.forward(Golden.get(golden, "latent"), labels).detach();
            Golden.requireClose("samples", samples, Golden.get(golden, "samples"), EXACT, 0);
            Tensor logits =
                    discriminator.forward(Golden.get(golden, "images"), labels).detach();
            Golden.requireClose("logits", logits, Golden.get(golden, "logits"), EXACT, 0);
        }
    }
}
