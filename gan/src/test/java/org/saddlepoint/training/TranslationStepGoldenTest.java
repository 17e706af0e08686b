package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.PatchGanConfig;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.models.UNetConfig;
import org.saddlepoint.models.Upsampling;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;

/** Whole steps against the official networks and schedules, by {@code golden_translation_steps.py}, in float64. */
@ExtendWith(LeakCheck.class)
class TranslationStepGoldenTest {
    private static final String FILE = "translation_steps.safetensors";
    private static final long SEED = 1611;

    /** Of the largest number of a tensor: what the rounding of a few float64 steps leaves. */
    private static final double RELATIVE = 1e-9;

    /**
     * Of biases before an instance normalization, which takes them away: their gradient is rounding alone, of about 1e-14,
     * and each of six steps of Adam divides it by ε = 1e-8 and multiplies it by 2e-3.
     */
    private static final double ROUNDING = 1e-8;

    private static final InitialWeights WEIGHTS = new InitialWeights.Normal(0.02);

    private static final AdamConfig ADAM = AdamConfig.of(2e-3, 0.5, 0.999);

    /** In the arithmetic of the weights, whatever that is. */
    private static Game game(Objective objective, double generator, double discriminator, int pool) {
        return Game.of(objective)
                .with(new LossWeights(generator, discriminator))
                .withPool(pool);
    }

    private static TranslationPlayers translators(
            TranslatorConfig config, TranslationMethod method, int channelsB, TrainingState state) {
        return TranslationPlayers.build(
                new TranslationPlayers.Networks(new Doubled(config), method, 3, channelsB),
                ADAM,
                AverageConfig.NONE,
                Device.CPU,
                state.random().networks());
    }

    /** Translators of float64. */
    private record Doubled(TranslatorConfig config) implements TranslatorConfig {
        @Override
        public ImageTranslator create(int inputChannels, int outputChannels, RandomGenerator random) {
            ImageTranslator network = config.create(inputChannels, outputChannels, random);
            network.to(DType.FLOAT64);
            return network;
        }

        @Override
        public Upsampling upsampling() {
            return config.upsampling();
        }

        @Override
        public boolean globalSkip() {
            return config.globalSkip();
        }

        @Override
        public int multiple() {
            return config.multiple();
        }

        @Override
        public int smallest() {
            return config.smallest();
        }

        @Override
        public long keptForBackward(int channels, long side) {
            return config.keptForBackward(channels, side);
        }
    }

    private static Player<Discriminator> discriminator(
            String name, PatchGanConfig config, int channels, TrainingState state) {
        Discriminator discriminator = config.create(channels, state.random().networks());
        discriminator.to(DType.FLOAT64);
        return new Player<>(name, discriminator, ADAM);
    }

    private static void load(TrainingStep step, Map<String, Tensor> golden, String prefix) {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>(step.parts());
        parts.replaceAll((part, own) -> {
            Map<String, Tensor> saved = Golden.under(golden, prefix + part + "/");
            return saved.isEmpty() ? own : saved;
        });
        step.load(parts);
    }

    private static PairTensors pair(Map<String, Tensor> golden, String name, int first, int count) {
        return new PairTensors(
                Golden.get(golden, name + "/a").narrow(0, first, count),
                Golden.get(golden, name + "/b").narrow(0, first, count));
    }

    private static void requireLosses(Map<String, Tensor> golden, String name, int step, StepReport report) {
        Golden.under(golden, name + "/losses/").forEach((loss, values) -> {
            double expected = values.toDoubleArray()[step];
            assertThat(report.values()).containsKey(loss);
            assertThat(report.values().get(loss))
                    .as("%s of step %d", loss, step)
                    .isCloseTo(expected, within(RELATIVE * Math.max(1, Math.abs(expected))));
        });
    }

    private static void requireState(Map<String, Tensor> golden, String name, String part, Map<String, Tensor> state) {
        Golden.requireAllClose(part, state, Golden.under(golden, name + "/after/" + part + "/"), RELATIVE, ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pix2pix", "pix2pix_dropout"})
    void pix2pixSteps(String name) {
        boolean dropout = name.endsWith("dropout");
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(RandomStreams.single(SEED))) {
            Map<String, Tensor> golden = Golden.read(FILE);
            TranslationMethod.Paired method = new TranslationMethod.Paired(100);
            TranslationPlayers translators =
                    translators(new UNetConfig(5, 2, Normalization.BATCH, dropout, false, WEIGHTS), method, 1, state);
            Player<Discriminator> discriminator =
                    discriminator("discriminator", new PatchGanConfig(2, 3, Normalization.BATCH, WEIGHTS), 4, state);
            try (PairedTranslationStep step = new PairedTranslationStep(
                            translators, discriminator, method, game(new NonSaturatingObjective(), 1, 0.5, 0), 2);
                    RandomGenerator fresh = new RandomGenerator(SEED)) {
                load(step, golden, name + "/before/");
                state.random().networks().restore(fresh.state()); // building drew the weights
                for (int i = 0; i < 2; i++) {
                    StepReport report = step.run(pair(golden, name, 2 * i, 2), state);
                    state.advance(2);
                    requireLosses(golden, name, i, report);
                }
                requireState(
                        golden,
                        name,
                        "translator_a2b",
                        translators.get(Direction.A2B).stateDict());
                requireState(golden, name, "discriminator", orderedAsTheirs(discriminator.network(), golden, name));
            }
        }
    }

    /**
     * The discriminator's state but for the running statistics, which nobody uses: the official code shows it generated
     * pictures first and real ones then, this one the other way round.
     */
    private static Map<String, Tensor> orderedAsTheirs(
            Discriminator discriminator, Map<String, Tensor> golden, String name) {
        Map<String, Tensor> state = new LinkedHashMap<>(discriminator.stateDict());
        state.replaceAll((key, value) ->
                key.contains("running_") ? Golden.get(golden, name + "/after/discriminator/" + key) : value);
        return state;
    }

    @Test
    void cycleGanStepsWithAPool() {
        String name = "cyclegan";
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(RandomStreams.single(SEED))) {
            Map<String, Tensor> golden = Golden.read(FILE);
            TranslationMethod.Cycle method = new TranslationMethod.Cycle(10, 10, 0.5, false);
            TranslationPlayers translators = translators(
                    new ResNetTranslatorConfig(2, 2, Normalization.INSTANCE, false, false, WEIGHTS), method, 3, state);
            PatchGanConfig patches = new PatchGanConfig(2, 2, Normalization.INSTANCE, WEIGHTS);
            CycleStep.Discriminators discriminators = new CycleStep.Discriminators(
                    discriminator("discriminator_a", patches, 3, state),
                    discriminator("discriminator_b", patches, 3, state));
            try (CycleStep step = new CycleStep(
                            translators, discriminators, method, game(LeastSquaresObjective.BINARY, 2, 1, 2), 1);
                    RandomGenerator fresh = new RandomGenerator(SEED)) {
                load(step, golden, name + "/before/");
                state.random().networks().restore(fresh.state());
                for (int i = 0; i < 6; i++) {
                    StepReport report = step.run(pair(golden, name, i, 1), state);
                    state.advance(1);
                    requireLosses(golden, name, i, report);
                }
                Map<String, Map<String, Tensor>> parts = step.parts();
                for (String part : List.of("translator_a2b", "translator_b2a", "discriminator_a", "discriminator_b")) {
                    requireState(golden, name, part, parts.getOrDefault(part, Map.of()));
                }
                for (String kind : List.of("a", "b")) {
                    Map<String, Tensor> pool = parts.getOrDefault("discriminator_" + kind + "_pool", Map.of());
                    assertThat(pool).hasSize(2);
                    pool.forEach((place, image) -> Golden.requireClose(
                            "pool of " + kind,
                            image.squeeze(0),
                            Golden.get(golden, name + "/pool_" + kind).select(0, Integer.parseInt(place)),
                            RELATIVE,
                            RELATIVE));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "step", "plateau", "cosine"})
    void schedulesAreTheOfficialOnes(String policy) {
        Schedule schedule =
                switch (policy) {
                    case "linear" -> new Schedule.Linear(1, 0, 9, 30, Unit.EPOCHS);
                    case "step" -> new Schedule.Step(1, 0.1, 7, Unit.EPOCHS);
                    case "plateau" -> new Schedule.Plateau(1, 0.2, 0.01, 5);
                    default -> new Schedule.Cosine(1, 0, 0, 10, Unit.EPOCHS, Schedule.Cosine.After.RETURN);
                };
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(SEED);
                ScheduleClock clock = new ScheduleClock()) {
            state.horizon(new Horizon(0, 3, 6)); // two steps an epoch
            Map<String, Tensor> golden = Golden.read(FILE);
            double[] losses = Golden.get(golden, "schedule/losses").toDoubleArray();
            double[] factors = Golden.get(golden, "schedule/" + policy).toDoubleArray();
            for (int epoch = 0; epoch < factors.length; epoch++) {
                double factor = schedule.at(clock.at(state));
                assertThat(factor).as("epoch %d", epoch).isCloseTo(factors[epoch], within(1e-12));
                clock.observe(state, losses[epoch] - 1);
                state.advance(3);
                assertThat(schedule.at(clock.at(state))).isEqualTo(factor);
                clock.observe(state, losses[epoch] + 1);
                state.advance(3);
            }
        }
    }
}
