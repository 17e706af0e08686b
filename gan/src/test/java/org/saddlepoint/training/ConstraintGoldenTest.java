package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientNormalization.GeneratorPath;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.RelativisticPairedObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;

/** One whole step of each published method against PyTorch: {@code golden_constraints.py}. */
@ExtendWith(LeakCheck.class)
class ConstraintGoldenTest {
    /** The seed of the script's draws in the step. */
    private static final long SEED = 1802;

    private static final int BATCH = 8;

    private record Case(
            String name,
            TestPlayers.Families networks,
            int latent,
            ExampleShape example,
            Objective objective,
            OptimizerConfig optimizer,
            Map<String, Constraint> constraints,
            UpdatePlan plan) {
        Shape shape() {
            int[] sizes = example.dimensions();
            return sizes.length == 1 ? Shape.of(sizes[0]) : Shape.of(sizes[0], sizes[1], sizes[2]);
        }

        @Override
        public String toString() {
            return name + " " + constraints;
        }
    }

    static List<Case> cases() {
        InitialWeights weights = new InitialWeights.Uniform(0.1); // overwritten
        TestPlayers.Families points = new TestPlayers.Families(
                new MlpGeneratorConfig(List.of(12), weights), MlpDiscriminatorConfig.of(List.of(12, 8), weights));
        TestPlayers.Families maxout = new TestPlayers.Families(
                new MlpGeneratorConfig(List.of(10), weights),
                new MlpDiscriminatorConfig(List.of(7), weights, 3, 0.2, 0, 0));
        TestPlayers.Families dcgan = new TestPlayers.Families(
                new DcganGeneratorConfig(2), new DcganDiscriminatorConfig(2, Normalization.NONE));
        PointShape point = new PointShape(2);
        ImageShape image = new ImageShape(1, 16, 16);
        OptimizerConfig adam = AdamConfig.of(2e-4, 0, 0.9);
        UpdatePlan once = UpdatePlan.of(BATCH, 1);
        UpdatePlan twice = UpdatePlan.of(BATCH, 2);
        Map<String, Constraint> r1AndR2 = new LinkedHashMap<>();
        r1AndR2.put("r1", GradientPenalty.r1(0.5));
        r1AndR2.put("r2", GradientPenalty.r2(0.5));
        return List.of(
                new Case(
                        "wgan_gp",
                        points,
                        4,
                        point,
                        new WassersteinObjective(),
                        adam,
                        Map.of("gp", GradientPenalty.wganGp(10)),
                        twice),
                gngan(GeneratorPath.CLOSED_FORM, dcgan, image, adam, once),
                gngan(GeneratorPath.DIFFERENTIATED, dcgan, image, adam, once),
                new Case(
                        "rpgan",
                        maxout,
                        5,
                        new ImageShape(1, 5, 5),
                        new RelativisticPairedObjective(),
                        new SgdConfig(0.1, 0.5),
                        r1AndR2,
                        once),
                new Case(
                        "wgan",
                        points,
                        4,
                        point,
                        new WassersteinObjective(),
                        RmsPropConfig.of(5e-5),
                        Map.of("clip", new WeightClipping(0.4)),
                        twice),
                new Case(
                        "sngan",
                        dcgan,
                        6,
                        image,
                        new HingeObjective(),
                        adam,
                        Map.of("sn", new SpectralNormalization(1, 0)),
                        new UpdatePlan(BATCH, 2, 1, UpdatePlan.Order.GENERATOR_FIRST, false, 0)),
                new Case(
                        "lsgan",
                        points,
                        4,
                        point,
                        LeastSquaresObjective.BINARY,
                        new AdamConfig(
                                new Schedule.Linear(2e-4, 0, 2, 0, Unit.STEPS),
                                Schedule.of(0.5),
                                Schedule.of(0.999),
                                1e-8),
                        Map.of(),
                        once));
    }

    private static Case gngan(
            GeneratorPath path, TestPlayers.Families dcgan, ImageShape image, OptimizerConfig adam, UpdatePlan plan) {
        Constraint normalization = new GradientNormalization(GradientNormalization.Zeta.ABSOLUTE, path);
        return new Case("gngan", dcgan, 6, image, new HingeObjective(), adam, Map.of("gn", normalization), plan);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneWholeStepIsThatOfPyTorch(Case each) {
        Latent latent = new Latent(each.latent(), Latent.Distribution.NORMAL);
        try (TrainingState state = new TrainingState(RandomStreams.single(0))) { // as the script draws
            AdversarialPlayers players = TestPlayers.of(
                    each.networks(),
                    latent,
                    each.shape(),
                    List.copyOf(each.constraints().values()),
                    TestPlayers.learning(each.optimizer()),
                    state.random().networks());
            try (AdversarialStep step = TestPlayers.step(
                    players, latent, TestPlayers.game(each.objective(), each.constraints()), each.plan())) {
                compare(each, players, step, state);
            }
        }
    }

    private static void compare(Case each, AdversarialPlayers players, AdversarialStep step, TrainingState state) {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.under(Golden.read("constraints.safetensors"), each.name() + "/");
            players.generator().network().loadStateDict(Golden.under(golden, "generator/before/"));
            players.discriminator().network().loadStateDict(Golden.under(golden, "discriminator/before/"));
            try (RandomGenerator seeded = new RandomGenerator(SEED)) {
                state.random().networks().restore(seeded.state());
                state.horizon(new Horizon(10, BATCH, 100));
                state.restore(4, 0); // the fifth of ten steps
            }
            Tensor real = Golden.get(golden, "real");
            int count = (int) real.size(0);
            assertThat(step.examplesPerStep()).isEqualTo(count);
            StepReport report = step.run(new Batch(real.toFloatArray(), new int[count], count, each.example()), state);
            Map<String, Tensor> expected = Golden.under(golden, "report/");
            Map<String, Double> values = new LinkedHashMap<>(report.values());
            values.remove("divergenceBound");
            assertThat(values.keySet()).isEqualTo(expected.keySet());
            values.forEach((name, value) -> {
                double exact = expected.get(name).item();
                assertThat(value).as(name).isCloseTo(exact, within(2e-6 * Math.max(1, Math.abs(exact))));
            });

            Map<String, Map<String, Tensor>> parts = step.parts();
            for (String role : List.of("generator", "discriminator")) {
                // The gradients, without division by their size.
                Map<String, Tensor> moments = Golden.under(golden, role + "_optimizer/");
                Golden.requireAllClose(role + " optimizer", parts.get(role + "_optimizer"), moments, 1e-5, 1e-8);
                Map<String, Tensor> after = Golden.under(golden, role + "/after/");
                Golden.requireAllClose(role, parts.get(role), after, 1e-6, 1e-6);
                requireMoved(Golden.under(golden, role + "/before/"), parts.get(role));
            }
        }
    }

    /**
     * So that the comparison above compares a step, not its absence. A critic's last bias may have no gradient, and u and v
     * of a layer with one output stand still.
     */
    private static void requireMoved(Map<String, Tensor> before, Map<String, Tensor> after) {
        before.forEach((name, value) -> {
            if (!name.endsWith("bias") && !name.matches("layers.4.*_[uv]")) {
                assertThat(after.get(name).sub(value).abs().max().item())
                        .as(name)
                        .isGreaterThan(1e-6);
            }
        });
    }
}
