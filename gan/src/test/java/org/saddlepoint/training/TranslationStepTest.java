package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.PatchGanConfig;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.FDivergence;
import org.saddlepoint.objectives.FDivergenceObjective;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.RelativisticAverageObjective;
import org.saddlepoint.objectives.RelativisticPairedObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Both ways to train translators, under any objective and constraints; what they learn; what they refuse. */
@ExtendWith(LeakCheck.class)
class TranslationStepTest {
    private static final int SIDE = 16;
    private static final InitialWeights WEIGHTS = new InitialWeights.Normal(0.1);
    private static final ResNetTranslatorConfig TRANSLATOR =
            new ResNetTranslatorConfig(1, 4, Normalization.INSTANCE, false, false, WEIGHTS);
    private static final PatchGanConfig PATCHES = new PatchGanConfig(1, 4, Normalization.INSTANCE, WEIGHTS);
    private static final TranslationMethod.Paired PAIRED = new TranslationMethod.Paired(10);
    private static final TranslationMethod.Cycle CYCLE = new TranslationMethod.Cycle(10, 10, 0.5, false);

    static List<Objective> objectives() {
        List<Objective> all = new ArrayList<>(List.of(
                new MinimaxObjective(),
                new NonSaturatingObjective(),
                LeastSquaresObjective.BINARY,
                new HingeObjective(),
                new WassersteinObjective(),
                new RelativisticPairedObjective(),
                new RelativisticAverageObjective()));
        for (FDivergence divergence : FDivergence.values()) {
            all.add(new FDivergenceObjective(divergence, FDivergenceObjective.GeneratorLoss.BOUND));
        }
        return all;
    }

    private static Game game(Objective objective, Map<String, Constraint> constraints) {
        return TestPlayers.game(objective, constraints)
                .with(new LossWeights(1, 0.5))
                .withPool(3);
    }

    private static TranslationPlayers translators(
            TranslationMethod method, AverageConfig average, double rate, TrainingState state) {
        return TranslationPlayers.build(
                new TranslationPlayers.Networks(TRANSLATOR, method, 3, 3),
                AdamConfig.of(rate, 0.5, 0.999),
                average,
                Device.CPU,
                state.random().networks());
    }

    private static TrainingStep step(
            TranslationMethod method,
            Objective objective,
            Map<String, Constraint> constraints,
            double rate,
            TrainingState state) {
        return step(
                translators(method, AverageConfig.NONE, rate, state),
                method,
                game(objective, constraints),
                rate,
                state);
    }

    private static TrainingStep step(
            TranslationPlayers translators, TranslationMethod method, Game game, double rate, TrainingState state) {
        List<Player<Discriminator>> discriminators = method.bothWays()
                ? List.of(
                        discriminator("discriminator_a", 3, game, rate, state),
                        discriminator("discriminator_b", 3, game, rate, state))
                : List.of(discriminator("discriminator", 6, game, rate, state));
        return method.step(translators, discriminators, game, 2);
    }

    private static Player<Discriminator> discriminator(
            String name, int channels, Game game, double rate, TrainingState state) {
        Discriminator discriminator = Constraint.applyAll(
                game.constraints().values(),
                PATCHES.create(channels, state.random().networks()),
                Shape.of(channels, SIDE, SIDE),
                state.random().networks());
        return new Player<>(name, discriminator, AdamConfig.of(rate, 0.5, 0.999));
    }

    /** The networks in use, with the best weights of these. */
    private static Translators used(
            TranslationMethod method, Map<String, Map<String, Tensor>> parts, TrainingState state) {
        Translators used = new Translators(
                new TranslationPlayers.Networks(TRANSLATOR, method, 3, 3),
                Inference.EVALUATION,
                Device.CPU,
                state.random().networks());
        used.load(parts);
        return used;
    }

    /** Two pairs: blobs of one colour, and the same in another. */
    private static Batch batch(SplittableRandom random) {
        ImageShape image = new ImageShape(3, SIDE, SIDE);
        PairShape shape = new PairShape(image, image);
        float[] values = new float[2 * shape.elements()];
        for (int i = 0; i < 2; i++) {
            int top = random.nextInt(SIDE / 2);
            int left = random.nextInt(SIDE / 2);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    boolean inside = y >= top && y < top + SIDE / 2 && x >= left && x < left + SIDE / 2;
                    for (int c = 0; c < 3; c++) {
                        int at = i * shape.elements() + (c * SIDE + y) * SIDE + x;
                        values[at] = inside ? (c == 0 ? 0.8f : -0.8f) : 1;
                        values[at + image.elements()] = inside ? (c == 2 ? 0.8f : -0.8f) : -1;
                    }
                }
            }
        }
        return new Batch(values, new int[2], 2, shape);
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void everyObjectiveTrainsBothSidesOfBothMethods(Objective objective) {
        for (TranslationMethod method : List.of(PAIRED, CYCLE)) {
            try (TensorScope scope = TensorScope.open();
                    TrainingState state = new TrainingState(5);
                    TrainingStep step = step(method, objective, Map.of(), 1e-3, state)) {
                Map<String, float[]> before = weights(step);
                StepReport report = step.run(batch(new SplittableRandom(2)), state);
                assertThat(report.isFinite()).isTrue();
                assertThat(report.values()).containsKeys(MetricsRow.DISCRIMINATOR_LOSS, MetricsRow.GENERATOR_LOSS);
                weights(step).forEach((name, after) -> {
                    if (name.contains("optimizer") || name.contains("pool") || name.contains("schedule")) {
                        return;
                    }
                    assertThat(after).as(name).isNotEqualTo(before.get(name));
                });
            }
        }
    }

    private static Map<String, float[]> weights(TrainingStep step) {
        Map<String, float[]> all = new LinkedHashMap<>();
        step.parts()
                .forEach((part, tensors) -> tensors.forEach((name, tensor) -> {
                    if (name.endsWith("weight")) {
                        all.put(part + "/" + name, tensor.toFloatArray());
                    }
                }));
        return all;
    }

    static List<Map<String, Constraint>> constraints() {
        return List.of(
                Map.of("sn", new SpectralNormalization(1, 1)),
                Map.of("clip", new WeightClipping(0.01)),
                Map.of("gp", GradientPenalty.wganGp(10)));
    }

    @ParameterizedTest
    @MethodSource("constraints")
    void constraintsActOnTheDiscriminators(Map<String, Constraint> constraints) {
        for (TranslationMethod method : List.of(PAIRED, CYCLE)) {
            try (TensorScope scope = TensorScope.open();
                    TrainingState state = new TrainingState(5);
                    TrainingStep step = step(method, new WassersteinObjective(), constraints, 1e-2, state)) {
                StepReport report = step.run(batch(new SplittableRandom(2)), state);
                assertThat(report.isFinite()).isTrue();
                Map<String, Tensor> discriminator = step.parts().entrySet().stream()
                        .filter(part -> part.getKey().matches("discriminator(_a)?"))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
                if (constraints.containsKey("clip")) {
                    discriminator.forEach((name, value) ->
                            assertThat(value.abs().max().item()).as(name).isLessThanOrEqualTo(0.01 + 1e-9));
                } else if (constraints.containsKey("gp")) {
                    assertThat(report.values()).containsKey("penalty.gp");
                } else {
                    assertThat(discriminator.keySet()).anyMatch(name -> name.contains("parametrizations"));
                }
            }
        }
    }

    @Test
    void pairsTeachTheColour() {
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(5);
                TrainingStep step = step(PAIRED, new NonSaturatingObjective(), Map.of(), 5e-3, state)) {
            SplittableRandom random = new SplittableRandom(3);
            double first = 0;
            double last = 0;
            for (int i = 0; i < 60; i++) {
                double l1 = step.run(batch(random), state).values().getOrDefault(PairedTranslationStep.L1, Double.NaN);
                first += i == 0 ? l1 : 0;
                last += i >= 55 ? l1 / 5 : 0;
                state.advance(2);
            }
            assertThat(first).isGreaterThan(0.7); // before any update; identity is 1.2 away
            assertThat(last).isLessThan(first / 3);
        }
    }

    @Test
    void cyclesTeachTheWayBack() {
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(5);
                TrainingStep step = step(CYCLE, LeastSquaresObjective.BINARY, Map.of(), 2e-3, state)) {
            SplittableRandom random = new SplittableRandom(3);
            double first = 0;
            double last = 0;
            for (int i = 0; i < 60; i++) {
                StepReport report = step.run(batch(random), state);
                double cycle = report.values().getOrDefault(CycleStep.CYCLE_A, Double.NaN)
                        + report.values().getOrDefault(CycleStep.CYCLE_B, Double.NaN);
                first += i < 5 ? cycle / 5 : 0;
                last += i >= 55 ? cycle / 5 : 0;
                state.advance(2);
            }
            assertThat(last).isLessThan(first / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void averagesFollowAndAreWhatTranslates(boolean one) {
        TranslationMethod.Cycle method = new TranslationMethod.Cycle(10, 10, 0, one);
        Game game = game(LeastSquaresObjective.BINARY, Map.of());
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(5)) {
            TranslationPlayers translators = translators(method, AverageConfig.of(0.9), 1e-2, state);
            String part = one ? "translator_a2b" : "translator_b2a";
            try (TrainingStep step = step(translators, method, game, 1e-2, state)) {
                double[] expected = weights(step, part);
                Batch batch = batch(new SplittableRandom(2));
                for (int t = 0; t < 4; t++) {
                    step.run(batch, state);
                    state.advance(2);
                    double beta = (1.0 + t) / (10 + t);
                    double[] now = weights(step, part);
                    for (int i = 0; i < now.length; i++) {
                        expected[i] = beta * expected[i] + (1 - beta) * now[i];
                    }
                }
                assertThat(weights(step, part + "_ema")).containsExactly(expected, within(1e-6));

                Map<String, Map<String, Tensor>> last = new LinkedHashMap<>(step.parts());
                last.keySet().removeIf(name -> name.endsWith("_ema"));
                Tensor images = PairTensors.of(batch, Device.CPU).a();
                try (Translators best = used(method, translators.bestParts(), state);
                        Translators saved = used(method, step.parts(), state);
                        Translators plain = used(method, last, state)) {
                    assertThat(saved.hasAverage()).isTrue();
                    assertThat(plain.hasAverage()).isFalse();
                    assertThat(translate(saved, images)).isEqualTo(translate(best, images));
                    assertThat(translate(saved, images)).isNotEqualTo(translate(plain, images));
                }
            }
        }
    }

    private static double[] weights(TrainingStep step, String part) {
        return step.parts().get(part).get("model.1.weight").toDoubleArray();
    }

    private static float[] translate(Translators translators, Tensor images) {
        return translators.translate(images, Direction.B2A).toFloatArray();
    }

    /** With one network G, going there and back is G(G(a)), and both identities are G's. */
    @Test
    void oneTranslatorServesBothWays() {
        TranslationMethod.Cycle one = new TranslationMethod.Cycle(10, 10, 0.5, true);
        try (TensorScope scope = TensorScope.open();
                TrainingState state = new TrainingState(5)) {
            Game game = game(LeastSquaresObjective.BINARY, Map.of());
            TranslationPlayers translators = translators(one, AverageConfig.NONE, 1e-3, state);
            assertThat(translators.get(Direction.A2B)).isSameAs(translators.get(Direction.B2A));
            assertThat(translators.bestParts()).containsOnlyKeys("translator_a2b");
            Batch batch = batch(new SplittableRandom(2));
            PairTensors pair = PairTensors.of(batch, Device.CPU);
            try (Translators used = used(one, translators.bestParts(), state);
                    TrainingStep step = step(translators, one, game, 1e-3, state)) {
                Tensor there = used.translate(pair.a(), Direction.A2B);
                double cycle = used.translate(there, Direction.B2A)
                        .sub(pair.a())
                        .abs()
                        .mean()
                        .item();
                double same = there.sub(pair.a()).abs().mean().item();
                StepReport report = step.run(batch, state);
                assertThat(report.values().get(CycleStep.CYCLE_A)).isCloseTo(cycle, within(1e-5));
                assertThat(report.values().get("identityA")).isCloseTo(same, within(1e-5));
            }
        }
    }

    @Test
    void refusesWhatDoesNotFitByName() {
        try (TrainingState state = new TrainingState(5)) {
            TranslationMethod.Cycle one = new TranslationMethod.Cycle(10, 10, 0, true);
            assertThatThrownBy(() -> new TranslationPlayers.Networks(TRANSLATOR, one, 1, 3))
                    .hasMessageContaining("oneTranslator")
                    .hasMessageContaining("1 and 3");
            TranslationPlayers oneWay = translators(PAIRED, AverageConfig.NONE, 1e-3, state);
            assertThatThrownBy(() -> oneWay.get(Direction.B2A)).hasMessageContaining("only from A to B");
            oneWay.close();
        }
        Batch points = new Batch(new float[2], new int[1], 1, new PointShape(2));
        assertThatThrownBy(() -> PairTensors.of(points, Device.CPU)).hasMessageContaining("pairs of pictures");
        assertThatThrownBy(() -> new TranslationMethod.Paired(-1))
                .hasMessage("l1Weight must be >= 0 and finite but was -1.0");
        assertThatThrownBy(() -> new TranslationMethod.Cycle(1, Double.NaN, 0, false))
                .hasMessageContaining("cycleWeightB");
    }

    /** The identity loss gives a picture of B to the translator to B, which takes pictures of A. */
    @Test
    void identityNeedsKindsWithTheSameChannels() {
        assertThatThrownBy(() -> new TranslationPlayers.Networks(TRANSLATOR, CYCLE, 1, 3))
                .hasMessageContaining("identityWeight")
                .hasMessageContaining("1 and 3");
        TranslationMethod.Cycle without = new TranslationMethod.Cycle(10, 10, 0, false);
        try (TrainingState state = new TrainingState(5)) {
            TranslationPlayers translators = TranslationPlayers.build(
                    new TranslationPlayers.Networks(TRANSLATOR, without, 1, 3),
                    AdamConfig.of(1e-3, 0.5, 0.999),
                    AverageConfig.NONE,
                    Device.CPU,
                    state.random().networks());
            assertThat(translators.directions()).containsExactly(Direction.A2B, Direction.B2A);
            translators.close();
        }
    }
}
