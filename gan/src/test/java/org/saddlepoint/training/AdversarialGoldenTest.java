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
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.R3GanDiscriminatorConfig;
import org.saddlepoint.models.R3GanGeneratorConfig;
import org.saddlepoint.models.ResNet;
import org.saddlepoint.models.ResNetDiscriminatorConfig;
import org.saddlepoint.models.ResNetGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.TwoThreads;

/** Whole networks and one whole step against PyTorch: {@code golden_networks.py}, {@code golden_resnet.py} and {@code golden_r3gan.py}. */
@ExtendWith({LeakCheck.class, TwoThreads.class})
class AdversarialGoldenTest {
    /** The seed of latents and dropout in the script. */
    private static final long SEED = 1511;

    private static final int BATCH = 6;
    private static final OptimizerConfig ADAM = AdamConfig.of(2e-4, 0.5, 0.999);

    private record Case(
            String file,
            String name,
            TestPlayers.Families networks,
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
                        dcgan(4, Normalization.BATCH),
                        new Latent(8, uniform),
                        new ImageShape(1, 28, 28),
                        ADAM),
                new Case(
                        "networks",
                        "dcgan32",
                        dcgan(3, Normalization.NONE),
                        new Latent(8, normal),
                        new ImageShape(3, 32, 32),
                        ADAM),
                new Case(
                        "networks",
                        "mlp_image",
                        new TestPlayers.Families(
                                new MlpGeneratorConfig(List.of(12, 10), new InitialWeights.Uniform(0.1)),
                                new MlpDiscriminatorConfig(
                                        List.of(7, 6), new InitialWeights.Uniform(0.1), 3, 0.2, 0.2, 0.5)),
                        new Latent(5, normal),
                        new ImageShape(1, 8, 8),
                        new SgdConfig(0.1, 0.5)),
                new Case(
                        "networks",
                        "mlp_points",
                        new TestPlayers.Families(
                                new MlpGeneratorConfig(List.of(16), new InitialWeights.Uniform(0.1)),
                                MlpDiscriminatorConfig.of(List.of(16, 8), new InitialWeights.Uniform(0.1))),
                        new Latent(4, uniform),
                        new PointShape(2),
                        ADAM),
                new Case(
                        "resnet",
                        "constant32",
                        resNet(
                                3,
                                3,
                                ResNet.Growth.CONSTANT,
                                2,
                                ResNet.Widening.FIRST,
                                ResNet.Pooling.MEAN,
                                true,
                                ResNet.Upsampling.NEAREST),
                        new Latent(4, normal),
                        new ImageShape(3, 32, 32),
                        ADAM),
                new Case(
                        "resnet",
                        "doubling28",
                        resNet(
                                2,
                                2,
                                ResNet.Growth.DOUBLING,
                                1,
                                ResNet.Widening.SECOND,
                                ResNet.Pooling.SUM,
                                false,
                                ResNet.Upsampling.BILINEAR),
                        new Latent(3, normal),
                        new ImageShape(1, 28, 28),
                        ADAM),
                new Case("r3gan", "r3gan32", r3gan(2, 8, 1, 2), new Latent(4, normal), new ImageShape(3, 32, 32), ADAM),
                new Case(
                        "r3gan", "r3gan28", r3gan(4, 4, 2, 4), new Latent(3, normal), new ImageShape(1, 28, 28), ADAM));
    }

    private static TestPlayers.Families dcgan(int width, Normalization normalization) {
        return new TestPlayers.Families(
                new DcganGeneratorConfig(width), new DcganDiscriminatorConfig(width, normalization));
    }

    private static TestPlayers.Families r3gan(int width, int maxWidth, int blocks, int groupChannels) {
        return new TestPlayers.Families(
                new R3GanGeneratorConfig(width, maxWidth, blocks, groupChannels),
                new R3GanDiscriminatorConfig(width, maxWidth, blocks, groupChannels));
    }

    private static TestPlayers.Families resNet(
            int generatorWidth,
            int discriminatorWidth,
            ResNet.Growth growth,
            int flatBlocks,
            ResNet.Widening widening,
            ResNet.Pooling pooling,
            boolean logitBias,
            ResNet.Upsampling upsampling) {
        InitialWeights weights = new InitialWeights.KaimingNormal();
        return new TestPlayers.Families(
                new ResNetGeneratorConfig(generatorWidth, growth, upsampling, weights, 1),
                new ResNetDiscriminatorConfig(
                        discriminatorWidth, growth, flatBlocks, widening, pooling, logitBias, weights, 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneWholeStepIsThatOfPyTorch(Case each) {
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(RandomStreams.single(0))) { // as the script draws
            AdversarialPlayers players = TestPlayers.of(
                    each.networks(),
                    each.latent(),
                    each.shape(),
                    TestPlayers.learning(each.optimizer()),
                    state.random().networks());
            try (AdversarialStep step = TestPlayers.step(
                    players, each.latent(), Game.of(new NonSaturatingObjective()), UpdatePlan.of(BATCH, 1))) {
                compare(each, players, step, state);
            }
        }
    }

    private static void compare(Case each, AdversarialPlayers players, AdversarialStep step, TrainingState state) {
        try (TensorScope scope = TensorScope.open()) {
            Generator generator = players.generator().network();
            Discriminator discriminator = players.discriminator().network();
            Map<String, Tensor> golden = Golden.under(Golden.read(each.file() + ".safetensors"), each.name() + "/");
            generator.loadStateDict(Golden.under(golden, "generator/before/"));
            discriminator.loadStateDict(Golden.under(golden, "discriminator/before/"));

            Tensor real = Golden.get(golden, "real");
            Tensor samples = players.sample(Golden.get(golden, "latent"));
            Golden.requireClose("samples in use", samples, Golden.get(golden, "samples"), 2e-6, 0);
            discriminator.train(false);
            Tensor logits = discriminator.forward(real, Conditioning.none());
            discriminator.train(true);
            Golden.requireClose("logits in use", logits, Golden.get(golden, "logits"), 2e-6, 0);

            try (RandomGenerator seeded = new RandomGenerator(SEED)) {
                state.random().networks().restore(seeded.state());
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
