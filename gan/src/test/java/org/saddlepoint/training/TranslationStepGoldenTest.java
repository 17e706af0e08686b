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
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.PatchGanConfig;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.models.UNetConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
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

    private static TranslationConfig config(Objective objective, double generator, double discriminator, int pool) {
        AdamConfig adam = AdamConfig.of(2e-3, 0.5, 0.999);
        return new TranslationConfig(
                objective,
                generator,
                discriminator,
                Map.of(),
                1,
                pool,
                adam,
                adam,
                new EpochSchedule.Constant(),
                100,
                Precision.FLOAT32); // which is: as the weights are
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
                TrainingState state = new TrainingState(SEED)) {
            Map<String, Tensor> golden = Golden.read(FILE);
            TranslationMethod.Paired method = new TranslationMethod.Paired(100);
            Translators translators = new Translators(
                    new UNetConfig(5, 2, Normalization.BATCH, dropout, false, WEIGHTS),
                    method,
                    3,
                    1,
                    AverageConfig.NONE,
                    Device.CPU,
                    state.random());
            translators.get(Direction.A2B).to(DType.FLOAT64);
            Discriminator discriminator =
                    new PatchGanConfig(2, 3, Normalization.BATCH, WEIGHTS).create(4, state.random());
            discriminator.to(DType.FLOAT64);
            try (PairedTranslationStep step = new PairedTranslationStep(
                            translators, discriminator, method, config(new NonSaturatingObjective(), 1, 0.5, 0));
                    TrainingState fresh = new TrainingState(SEED)) {
                load(step, golden, name + "/before/");
                state.restore(0, 0, fresh.random().state()); // building drew the weights
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
                requireState(golden, name, "discriminator", orderedAsTheirs(discriminator, golden, name));
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
                TrainingState state = new TrainingState(SEED)) {
            Map<String, Tensor> golden = Golden.read(FILE);
            TranslationMethod.Cycle method = new TranslationMethod.Cycle(10, 10, 0.5, false);
            Translators translators = new Translators(
                    new ResNetTranslatorConfig(2, 2, Normalization.INSTANCE, false, false, WEIGHTS),
                    method,
                    3,
                    3,
                    AverageConfig.NONE,
                    Device.CPU,
                    state.random());
            PatchGanConfig patches = new PatchGanConfig(2, 2, Normalization.INSTANCE, WEIGHTS);
            List<Discriminator> discriminators =
                    List.of(patches.create(3, state.random()), patches.create(3, state.random()));
            translators
                    .directions()
                    .forEach(direction -> translators.get(direction).to(DType.FLOAT64));
            discriminators.forEach(discriminator -> discriminator.to(DType.FLOAT64));
            try (CycleStep step = new CycleStep(
                            translators,
                            discriminators.get(0),
                            discriminators.get(1),
                            method,
                            config(LeastSquaresObjective.BINARY, 2, 1, 2));
                    TrainingState fresh = new TrainingState(SEED)) {
                load(step, golden, name + "/before/");
                state.restore(0, 0, fresh.random().state());
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
        EpochSchedule schedule =
                switch (policy) {
                    case "linear" -> new EpochSchedule.Linear(10, 20);
                    case "step" -> new EpochSchedule.Step(7, 0.1);
                    case "plateau" -> new EpochSchedule.Plateau(0.2, 0.01, 5);
                    default -> new EpochSchedule.Cosine(10);
                };
        try (TensorScope scope = TensorScope.open();
                EpochRates rates = new EpochRates(schedule, 3, 6)) { // two steps an epoch
            Map<String, Tensor> golden = Golden.read(FILE);
            double[] losses = Golden.get(golden, "schedule/losses").toDoubleArray();
            double[] factors = Golden.get(golden, "schedule/" + policy).toDoubleArray();
            for (int epoch = 0; epoch < factors.length; epoch++) {
                assertThat(rates.factor(2L * epoch)).as("epoch %d", epoch).isCloseTo(factors[epoch], within(1e-12));
                assertThat(rates.factor(2L * epoch + 1)).isEqualTo(rates.factor(2L * epoch));
                rates.observe(2L * epoch, losses[epoch] - 1);
                rates.observe(2L * epoch + 1, losses[epoch] + 1);
            }
        }
    }
}
