package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.models.BigGanGeneratorConfig;
import org.saddlepoint.models.CnnDiscriminatorConfig;
import org.saddlepoint.models.CnnGeneratorConfig;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConditioning;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.DiscriminatorOutput;
import org.saddlepoint.models.FastGanGeneratorConfig;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.GeneratorConditioning;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.NetworkConditioning;
import org.saddlepoint.models.Nonlinearity;
import org.saddlepoint.models.ResNet;
import org.saddlepoint.models.ResNetDiscriminatorConfig;
import org.saddlepoint.models.ResNetGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** SAGAN, BigGAN, GN-GAN in full and the "standard CNN" against PyTorch in float64: {@code golden_modern.py}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ModernGoldenTest {
    /** The seed of the steps' latents and labels in the script. */
    private static final long SEED = 1975;

    private static final int CLASSES = 3;
    private static final InitialWeights WEIGHTS = new InitialWeights.KaimingNormal();
    private static final NetworkConditioning LABELS = new NetworkConditioning(
            ConditionShape.Classes.of(CLASSES),
            new GeneratorConditioning.BatchNormalized(),
            new DiscriminatorConditioning.Projection());

    /**
     * Networks of a case.
     *
     * @param discriminator null where the script has none
     */
    private record Case(
            String name,
            GeneratorConfig generator,
            @Nullable DiscriminatorConfig discriminator,
            int latent,
            Shape image,
            NetworkConditioning conditioning,
            List<Constraint> constraints) {
        Latent prior() {
            return new Latent(latent, Latent.Distribution.NORMAL);
        }

        Generator buildGenerator(RandomGenerator random) {
            Generator network = conditioning.generator(generator, prior(), image, random);
            network.to(DType.FLOAT64);
            return network;
        }

        Discriminator buildDiscriminator(RandomGenerator random) {
            Discriminator network = Constraint.applyAll(
                    constraints,
                    conditioning.discriminator(Objects.requireNonNull(discriminator), image, random),
                    image,
                    random);
            network.to(DType.FLOAT64);
            return network;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static ResNetGeneratorConfig generator(
            List<Integer> widths, boolean biases, List<Integer> attention, boolean spectral) {
        return new ResNetGeneratorConfig(
                1,
                ResNet.Growth.CONSTANT,
                widths,
                ResNet.Upsampling.NEAREST,
                biases,
                false,
                attention,
                spectral,
                WEIGHTS,
                1);
    }

    private static ResNetDiscriminatorConfig discriminator(
            List<Integer> widths, int flat, ResNet.Pooling pooling, List<Integer> attention) {
        return new ResNetDiscriminatorConfig(
                1, ResNet.Growth.CONSTANT, widths, flat, ResNet.Widening.FIRST, pooling, true, attention, WEIGHTS, 1);
    }

    private static Case sagan() {
        return new Case(
                "sagan",
                generator(List.of(8, 16, 8), false, List.of(8), true),
                discriminator(List.of(8, 8, 16), 1, ResNet.Pooling.SUM, List.of(8)),
                6,
                Shape.of(3, 16, 16),
                LABELS,
                List.of(new SpectralNormalization(1, 0)));
    }

    private static Case gngan() {
        return new Case(
                "gngan",
                generator(List.of(4, 4, 4), false, List.of(), false),
                discriminator(List.of(4, 4, 4, 4), 2, ResNet.Pooling.MEAN, List.of()),
                5,
                Shape.of(3, 16, 16),
                NetworkConditioning.NONE,
                List.of());
    }

    static List<Case> cases() {
        Shape colour = Shape.of(3, 16, 16);
        return List.of(
                sagan(),
                gngan(),
                new Case(
                        "stated",
                        generator(List.of(6, 6, 4, 4, 3), true, List.of(), false),
                        discriminator(List.of(2, 4, 4, 6), 0, ResNet.Pooling.SUM, List.of()),
                        5,
                        Shape.of(1, 32, 32),
                        NetworkConditioning.NONE,
                        List.of()),
                new Case(
                        "biggan",
                        new BigGanGeneratorConfig(4, ResNet.Growth.DOUBLING, 5, true, List.of(8), true, WEIGHTS),
                        discriminator(List.of(4, 8, 16), 1, ResNet.Pooling.SUM, List.of(4)),
                        7,
                        colour,
                        LABELS,
                        List.of()),
                new Case(
                        "biggan_tables",
                        new BigGanGeneratorConfig(8, ResNet.Growth.CONSTANT, 0, false, List.of(), true, WEIGHTS),
                        null,
                        4,
                        colour,
                        LABELS,
                        List.of()),
                new Case(
                        "fastgan",
                        new FastGanGeneratorConfig(1, 2, false),
                        null,
                        4,
                        Shape.of(3, 32, 32),
                        NetworkConditioning.NONE,
                        List.of()),
                new Case(
                        "cnn",
                        new CnnGeneratorConfig(2, WEIGHTS),
                        new CnnDiscriminatorConfig(2, Nonlinearity.LEAKY_RELU, 0.1, WEIGHTS),
                        5,
                        Shape.of(3, 32, 32),
                        NetworkConditioning.NONE,
                        List.of()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsOfSeededWeightsAreThoseOfPyTorch(Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Generator generator = each.buildGenerator(random)) {
            Map<String, Tensor> golden = Golden.under(Golden.read("modern.safetensors"), each.name() + "/");
            Conditioning classes =
                    each.conditioning().condition().isNone() ? Conditioning.none() : Conditioning.labels(1, 0, 2, 1);
            generator.loadStateDict(Golden.under(golden, "generator/"));
            generator.train(false);
            Tensor samples = generator.forward(Golden.get(golden, "latent"), classes);
            Golden.requireClose("samples", samples, Golden.get(golden, "samples"), 1e-11, 0);
            if (each.discriminator() == null) {
                return;
            }
            try (Discriminator discriminator = each.buildDiscriminator(random)) {
                discriminator.loadStateDict(Golden.under(golden, "discriminator/"));
                discriminator.train(false);
                Tensor logits = discriminator.forward(Golden.get(golden, "images"), classes);
                Golden.requireClose("logits", logits, Golden.get(golden, "logits"), 1e-11, 0);
            }
        }
    }

    /** A generator whose float32 latents become float64, exactly. */
    private static final class WideGenerator extends NeuralModule implements Generator {
        private final Generator network;

        WideGenerator(Generator network) {
            this.network = child("network", network);
        }

        @Override
        public Tensor forward(Tensor z, Conditioning conditioning) {
            return network.forward(z.to(DType.FLOAT64), conditioning);
        }
    }

    /** A discriminator whose samples become float64. */
    private static final class WideDiscriminator extends NeuralModule implements Discriminator {
        private final Discriminator network;

        WideDiscriminator(Discriminator network) {
            this.network = child("network", network);
        }

        @Override
        public Tensor forward(Tensor samples, Conditioning conditioning) {
            return network.forward(samples.to(DType.FLOAT64), conditioning);
        }

        @Override
        public DiscriminatorOutput discriminateForGenerator(Tensor samples, Conditioning conditioning) {
            return network.discriminateForGenerator(samples.to(DType.FLOAT64), conditioning);
        }
    }

    private static AdamConfig adam(Schedule rate, double beta2) {
        return new AdamConfig(rate, Schedule.of(0), Schedule.of(beta2), 1e-8);
    }

    private static Schedule falling(double rate) {
        return new Schedule.Linear(rate, 0, 0, 0, Unit.STEPS);
    }

    @Test
    void oneStepOfSaganIsThatOfPyTorch() {
        AdversarialPlayers.Learning learning =
                AdversarialPlayers.Learning.of(adam(Schedule.of(1e-4), 0.999), adam(Schedule.of(4e-4), 0.999));
        requireStep("sagan_step", sagan(), List.of(), learning, UpdatePlan.of(8, 1));
    }

    @Test
    void oneStepOfGnGanIsThatOfPyTorch() {
        AverageConfig average =
                new AverageConfig(Schedule.of(0.9999), Schedule.of(0), 0, false, 0, AverageConfig.Buffers.AVERAGED);
        AdversarialPlayers.Learning learning =
                new AdversarialPlayers.Learning(adam(falling(2e-4), 0.9), adam(falling(4e-4), 0.9), average);
        UpdatePlan plan = new UpdatePlan(3, 2, 5, UpdatePlan.Order.DISCRIMINATOR_FIRST, false, 0);
        requireStep("gngan_step", gngan(), List.of(GradientNormalization.PAPER), learning, plan);
    }

    private static void requireStep(
            String name,
            Case networks,
            List<Constraint> around,
            AdversarialPlayers.Learning learning,
            UpdatePlan plan) {
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(RandomStreams.single(0))) {
            Map<String, Tensor> golden = Golden.under(Golden.read("modern.safetensors"), name + "/");
            RandomGenerator random = state.random().networks();
            Generator generator = networks.buildGenerator(random);
            Discriminator plain = networks.buildDiscriminator(random);
            generator.loadStateDict(Golden.under(golden, "generator/before/"));
            plain.loadStateDict(Golden.under(golden, "discriminator/before/"));
            Discriminator judge = Constraint.applyAll(around, plain, networks.image(), random);
            Player<Generator> player = new Player<Generator>(
                            "generator", new WideGenerator(generator), learning.generator())
                    .averaged(learning.average(), () -> new WideGenerator(networks.buildGenerator(random)));
            AdversarialPlayers players = new AdversarialPlayers(
                    player,
                    new Player<>("discriminator", new WideDiscriminator(judge), learning.discriminator()),
                    networks.conditioning().condition());
            try (AdversarialStep step = new AdversarialStep(
                            players, networks.prior(), Game.of(new HingeObjective()), plan, ConditionPlan.DATA);
                    RandomGenerator seeded = new RandomGenerator(SEED)) {
                random.restore(seeded.state());
                state.horizon(new Horizon(10, step.examplesPerStep(), 100));
                state.restore(4, 0); // the fifth of ten steps
                StepReport report = step.run(batch(golden, networks.image()), state);
                Map<String, Tensor> losses = Golden.under(golden, "report/");
                losses.forEach((key, value) ->
                        assertThat(report.values().get(key)).as(key).isCloseTo(value.item(), within(1e-10)));
                requireMoved("generator", generator, golden);
                requireMoved("discriminator", plain, golden);
                Map<String, Tensor> average = Golden.under(golden, "average/");
                if (!average.isEmpty()) {
                    Map<String, Tensor> kept = Golden.under(step.parts().get("generator_ema"), "network.");
                    Golden.requireAllClose("average", kept, average, 1e-8, 1e-12);
                }
            }
        }
    }

    private static Batch batch(Map<String, Tensor> golden, Shape image) {
        Tensor real = Golden.get(golden, "real");
        long[] classes = Golden.get(golden, "labels").toLongArray();
        int[] labels = new int[classes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) classes[i];
        }
        ImageShape shape = new ImageShape((int) image.size(0), (int) image.size(1), (int) image.size(2));
        return new Batch(real.toFloatArray(), labels, labels.length, shape);
    }

    /** Weights after the step, and that the step moved them: their distance from those before counts, not their size. */
    private static void requireMoved(String role, Network network, Map<String, Tensor> golden) {
        Map<String, Tensor> before = Golden.under(golden, role + "/before/");
        Map<String, Tensor> after = Golden.under(golden, role + "/after/");
        Map<String, Tensor> actual = new LinkedHashMap<>();
        Map<String, Tensor> expected = new LinkedHashMap<>();
        network.stateDict().forEach((key, value) -> {
            if (value.dtype().isFloatingPoint()) {
                actual.put(key, value.sub(before.get(key)));
                expected.put(key, after.get(key).sub(before.get(key)));
            }
        });
        assertThat(actual.keySet()).hasSizeGreaterThan(10);
        Golden.requireAllClose(role, actual, expected, 1e-8, 1e-12);
        expected.forEach((key, moved) -> {
            // A hinge may leave the last bias alone, and u of a layer with one output stands still.
            if (!key.endsWith("bias") && !key.endsWith("_u")) {
                assertThat(moved.abs().max().item()).as(key).isGreaterThan(1e-7);
            }
        });
    }
}
