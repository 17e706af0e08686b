package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.DcganConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.models.NetworkConfig;
import org.saddlepoint.models.ResNetConfig;
import org.saddlepoint.models.ResNetConfig.Growth;
import org.saddlepoint.models.ResNetConfig.Pooling;
import org.saddlepoint.models.ResNetConfig.Upsampling;
import org.saddlepoint.models.ResNetConfig.Widening;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;

/** Whole networks and one whole step against PyTorch: {@code golden_networks.py} and {@code golden_resnet.py}. */
@ExtendWith(LeakCheck.class)
class AdversarialGoldenTest {
    /** The seed of latents and dropout in the script. */
    private static final long SEED = 1511;

    private static final int BATCH = 6;
    private static final OptimizerConfig ADAM = AdamConfig.of(2e-4, 0.5, 0.999);

    private record Case(
            String file,
            String name,
            NetworkConfig networks,
            Latent latent,
            ExampleShape example,
            OptimizerConfig optimizer) {
        Shape shape() {
            int[] sizes = example.dimensions();
            return sizes.length == 1 ? Shape.of(sizes[0]) : Shape.of(sizes[0], sizes[1], sizes[2]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        Latent.Distribution normal = Latent.Distribution.NORMAL;
        Latent.Distribution uniform = Latent.Distribution.UNIFORM;
        return List.of(
                new Case(
                        "networks",
                        "dcgan28",
                        new DcganConfig(4, true),
                        new Latent(8, uniform),
                        new ImageShape(1, 28, 28),
                        ADAM),
                new Case(
                        "networks",
                        "dcgan32",
                        new DcganConfig(3, false),
                        new Latent(8, normal),
                        new ImageShape(3, 32, 32),
                        ADAM),
                new Case(
                        "networks",
                        "mlp_image",
                        new MlpConfig(
                                List.of(12, 10),
                                new InitialWeights.Uniform(0.1),
                                List.of(7, 6),
                                new InitialWeights.Uniform(0.1),
                                3,
                                0.2,
                                0.2,
                                0.5),
                        new Latent(5, normal),
                        new ImageShape(1, 8, 8),
                        new SgdConfig(0.1, 0.5)),
                new Case(
                        "networks",
                        "mlp_points",
                        MlpConfig.of(List.of(16), List.of(16, 8), new InitialWeights.Uniform(0.1)),
                        new Latent(4, uniform),
                        new PointShape(2),
                        ADAM),
                new Case(
                        "resnet",
                        "constant32",
                        resNet(3, 3, Growth.CONSTANT, 2, Widening.FIRST, Pooling.MEAN, true, Upsampling.NEAREST),
                        new Latent(4, normal),
                        new ImageShape(3, 32, 32),
                        ADAM),
                new Case(
                        "resnet",
                        "doubling28",
                        resNet(2, 2, Growth.DOUBLING, 1, Widening.SECOND, Pooling.SUM, false, Upsampling.BILINEAR),
                        new Latent(3, normal),
                        new ImageShape(1, 28, 28),
                        ADAM));
    }

    private static ResNetConfig resNet(
            int generatorWidth,
            int discriminatorWidth,
            Growth growth,
            int flatBlocks,
            Widening widening,
            Pooling pooling,
            boolean logitBias,
            Upsampling upsampling) {
        return new ResNetConfig(
                generatorWidth,
                discriminatorWidth,
                growth,
                flatBlocks,
                widening,
                pooling,
                logitBias,
                upsampling,
                new InitialWeights.KaimingNormal(),
                1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneWholeStepIsThatOfPyTorch(Case each) {
        AdversarialConfig config =
                AdversarialConfig.of(UpdatePlan.of(BATCH, 1), each.optimizer(), each.optimizer(), Map.of());
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(0);
                AdversarialPair networks = new AdversarialPair(
                        each.networks(),
                        each.latent(),
                        each.shape(),
                        List.of(),
                        AverageConfig.NONE,
                        Device.CPU,
                        state.random());
                AdversarialStep step =
                        new AdversarialStep(networks, each.latent(), new NonSaturatingObjective(), config)) {
            Map<String, Tensor> golden = Golden.under(Golden.read(each.file() + ".safetensors"), each.name() + "/");
            networks.generator().loadStateDict(Golden.under(golden, "generator/before/"));
            networks.discriminator().loadStateDict(Golden.under(golden, "discriminator/before/"));

            Tensor real = Golden.get(golden, "real");
            Tensor samples = networks.sample(Golden.get(golden, "latent"));
            Golden.requireClose("samples in use", samples, Golden.get(golden, "samples"), 2e-6, 0);
            networks.discriminator().train(false);
            Tensor logits = networks.discriminator().forward(real, Conditioning.NONE);
            networks.discriminator().train(true);
            Golden.requireClose("logits in use", logits, Golden.get(golden, "logits"), 2e-6, 0);

            try (RandomGenerator seeded = new RandomGenerator(SEED)) {
                state.random().restore(seeded.state());
            }
            StepReport report = step.run(new Batch(real.toFloatArray(), new int[BATCH], BATCH, each.example()), state);
            Map<String, Tensor> expected = Golden.under(golden, "report/");
            Map<String, Double> values = new LinkedHashMap<>(report.values());
            assertThat(values.remove("divergenceBound"))
                    .isCloseTo(Math.log(2) - values.get("discriminatorLoss") / 2, within(1e-12));
            assertThat(values.keySet()).isEqualTo(expected.keySet());
            values.forEach((name, value) ->
                    assertThat(value).as(name).isCloseTo(expected.get(name).item(), within(2e-6)));

            Map<String, Map<String, Tensor>> parts = step.parts();
            for (String role : List.of("generator", "discriminator")) {
                // The gradients, without Adam's division: its first moment, or SGD's momentum.
                Map<String, Tensor> moments = Golden.under(golden, role + "_optimizer/");
                Golden.requireAllClose(role + " optimizer", parts.get(role + "_optimizer"), moments, 1e-5, 1e-8);
                // Adam's first step is ± the learning rate, whatever the gradient: 2e-4 here.
                Map<String, Tensor> after = Golden.under(golden, role + "/after/");
                Golden.requireAllClose(role, parts.get(role), after, 1e-6, 1e-6);
                requireMoved(Golden.under(golden, role + "/before/"), parts.get(role));
            }
        }
    }

    /** So that the comparison above compares a step, not its absence. */
    private static void requireMoved(Map<String, Tensor> before, Map<String, Tensor> after) {
        Map<String, Double> moved = new LinkedHashMap<>();
        before.forEach((name, value) ->
                moved.put(name, after.get(name).sub(value).abs().max().item()));
        assertThat(moved.values()).allSatisfy(distance -> assertThat(distance).isGreaterThan(1e-5));
    }
}
