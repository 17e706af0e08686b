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
import org.saddlepoint.constraints.InstanceNoise;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.DcganConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.models.NetworkConfig;
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
import org.saddlepoint.tensor.Device;
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
    private static final LearningRates CONSTANT = new LearningRates.Constant();

    private record Case(
            String name,
            NetworkConfig networks,
            int latent,
            ExampleShape example,
            Objective objective,
            OptimizerConfig optimizer,
            Map<String, Constraint> constraints,
            UpdatePlan plan,
            LearningRates learningRates) {
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
        MlpConfig points = MlpConfig.of(List.of(12), List.of(12, 8), weights);
        MlpConfig maxout = new MlpConfig(List.of(10), weights, List.of(7), weights, 3, 0.2, 0, 0);
        DcganConfig dcgan = new DcganConfig(2, false);
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
                        twice,
                        CONSTANT),
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
                        once,
                        CONSTANT),
                new Case(
                        "wgan",
                        points,
                        4,
                        point,
                        new WassersteinObjective(),
                        RmsPropConfig.of(5e-5),
                        Map.of("clip", new WeightClipping(0.4)),
                        twice,
                        CONSTANT),
                new Case(
                        "sngan",
                        dcgan,
                        6,
                        image,
                        new HingeObjective(),
                        adam,
                        Map.of("sn", new SpectralNormalization(1, 0)),
                        new UpdatePlan(BATCH, 2, 1, UpdatePlan.Order.GENERATOR_FIRST, false),
                        CONSTANT),
                new Case(
                        "lsgan",
                        points,
                        4,
                        point,
                        LeastSquaresObjective.BINARY,
                        AdamConfig.of(2e-4, 0.5, 0.999),
                        Map.of(),
                        once,
                        new LearningRates.Linear(2)));
    }

    private static Case gngan(
            GeneratorPath path, DcganConfig dcgan, ImageShape image, OptimizerConfig adam, UpdatePlan plan) {
        Constraint normalization = new GradientNormalization(GradientNormalization.Zeta.ABSOLUTE, path);
        return new Case(
                "gngan", dcgan, 6, image, new HingeObjective(), adam, Map.of("gn", normalization), plan, CONSTANT);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneWholeStepIsThatOfPyTorch(Case each) {
        AdversarialConfig config = new AdversarialConfig(
                each.plan(),
                false,
                InstanceNoise.NONE,
                ConditionPlan.DATA,
                each.constraints(),
                each.optimizer(),
                each.optimizer(),
                each.learningRates(),
                10,
                AverageConfig.NONE,
                Precision.FLOAT32);
        Latent latent = new Latent(each.latent(), Latent.Distribution.NORMAL);
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(0);
                AdversarialPair networks = new AdversarialPair(
                        each.networks(),
                        latent,
                        each.shape(),
                        each.constraints().values(),
                        AverageConfig.NONE,
                        Device.CPU,
                        state.random());
                AdversarialStep step = new AdversarialStep(networks, latent, each.objective(), config)) {
            Map<String, Tensor> golden = Golden.under(Golden.read("constraints.safetensors"), each.name() + "/");
            networks.generator().loadStateDict(Golden.under(golden, "generator/before/"));
            networks.discriminator().loadStateDict(Golden.under(golden, "discriminator/before/"));
            try (RandomGenerator seeded = new RandomGenerator(SEED)) {
                state.restore(4, 0, seeded.state()); // the fifth of ten steps
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
