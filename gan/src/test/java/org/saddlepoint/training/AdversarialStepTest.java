package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Bytes;

/** Algorithm 1 of Goodfellow et al. (2014) as a step. */
@ExtendWith(LeakCheck.class)
class AdversarialStepTest {
    private static final TestPlayers.Families MLP = TestPlayers.Families.mlp(16, 0.3);
    private static final TestPlayers.Families DROPPING = new TestPlayers.Families(
            MLP.generator(),
            new MlpDiscriminatorConfig(List.of(16), new InitialWeights.Uniform(0.3), 2, 0.2, 0.1, 0.3));
    private static final Latent LATENT = new Latent(4, Latent.Distribution.NORMAL);
    private static final OptimizerConfig ADAM = AdamConfig.of(0.01, 0.5, 0.999);
    private static final int BATCH = 8;

    private static AdversarialStep step(
            TrainingState state, Objective objective, int discriminatorSteps, Precision precision) {
        return TestPlayers.step(
                players(state), LATENT, Game.of(objective).with(precision), UpdatePlan.of(BATCH, discriminatorSteps));
    }

    private static AdversarialPlayers players(TrainingState state) {
        return players(DROPPING, Shape.of(2), AverageConfig.of(0.9), state);
    }

    private static AdversarialPlayers players(
            TestPlayers.Families families, Shape sample, AverageConfig average, TrainingState state) {
        AdversarialPlayers.Learning learning = new AdversarialPlayers.Learning(ADAM, new SgdConfig(0.05, 0.5), average);
        return TestPlayers.of(families, LATENT, sample, learning, state.random().networks());
    }

    private static Map<String, Map<String, Tensor>> parts(AdversarialPlayers players) {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        players.generator().addTo(parts);
        players.discriminator().addTo(parts);
        return parts;
    }

    private static Batch batch(int examples, long seed) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            float[] values = random.normal(examples, 2).add(1).toFloatArray();
            return new Batch(values, new int[examples], examples, new PointShape(2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aStepIsAlgorithm1WrittenOut(int k) {
        // one stream, so that all that is drawn can be drawn again in the order in which it is needed
        try (TrainingState state = new TrainingState(RandomStreams.single(5));
                AdversarialStep step = step(state, new NonSaturatingObjective(), k, Precision.FLOAT32);
                TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                Generator g = DROPPING.generator().create(LATENT, Shape.of(2), random);
                Discriminator d = DROPPING.discriminator().create(Shape.of(2), random);
                Optimizer forG = ADAM.create(g.parameters());
                Optimizer forD = new SgdConfig(0.05, 0.5).create(d.parameters())) {
            assertThat(step.examplesPerStep()).isEqualTo(k * BATCH);
            AdversarialObjective objective = new NonSaturatingObjective();
            for (int round = 0; round < 3; round++) {
                Batch batch = batch(step.examplesPerStep(), round);
                StepReport report = step.run(batch, state);

                Tensor all = Tensors.of(batch.values(), batch.size(), 2);
                double lossD = 0;
                double realLogit = 0;
                double fakeLogit = 0;
                for (int i = 0; i < k; i++) { // fresh examples and fresh latents for each update
                    Tensor fake = g.forward(LATENT.sample(BATCH, random), Conditioning.none())
                            .detach();
                    Tensor real = all.narrow(0, (long) i * BATCH, BATCH);
                    Tensor logits = d.forward(Tensors.cat(List.of(real, fake), 0), Conditioning.none());
                    Tensor ofReal = logits.narrow(0, 0, BATCH);
                    Tensor ofFake = logits.narrow(0, BATCH, BATCH);
                    Tensor loss = objective.discriminatorLoss(ofReal, ofFake);
                    lossD += loss.item() / k;
                    realLogit += ofReal.mean().item() / k;
                    fakeLogit += ofFake.mean().item() / k;
                    forD.step(Autograd.grad(loss, d.weights()));
                }
                Tensor loss = objective.generatorLoss(
                        d.forward(g.forward(LATENT.sample(BATCH, random), Conditioning.none()), Conditioning.none()));
                double lossG = loss.item();
                forG.step(Autograd.grad(loss, g.weights()));

                assertThat(report.values().get("discriminatorLoss")).isCloseTo(lossD, within(1e-12));
                assertThat(report.values().get("generatorLoss")).isEqualTo(lossG);
                assertThat(report.values().get("realLogit")).isCloseTo(realLogit, within(1e-12));
                assertThat(report.values().get("fakeLogit")).isCloseTo(fakeLogit, within(1e-12));
                Map<String, Map<String, Tensor>> parts = step.parts();
                requireSame(parts.get("generator"), g.stateDict());
                requireSame(parts.get("discriminator"), d.stateDict());
                requireSame(parts.get("generator_optimizer"), forG.state());
                requireSame(parts.get("discriminator_optimizer"), forD.state());
                assertThat(state.random().networks().state()).isEqualTo(random.state());
            }
        }
    }

    private static void requireSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        Bytes.requireSame(Snapshot.of(actual), Snapshot.of(expected));
    }

    @Test
    void theAverageFollowsAfterEachStep() {
        try (TrainingState state = new TrainingState(5);
                AdversarialStep step = step(state, new MinimaxObjective(), 1, Precision.FLOAT32);
                TensorScope scope = TensorScope.open()) {
            double[] expected =
                    step.parts().get("generator").get("layers.0.weight").toDoubleArray();
            for (int t = 0; t < 4; t++) {
                step.run(batch(BATCH, t), state);
                state.advance(BATCH);
                double beta = Math.min(0.9, (1.0 + t) / (10 + t));
                double[] now =
                        step.parts().get("generator").get("layers.0.weight").toDoubleArray();
                for (int i = 0; i < now.length; i++) {
                    expected[i] = beta * expected[i] + (1 - beta) * now[i];
                }
            }
            assertThat(step.parts().get("generator_ema").get("layers.0.weight").toDoubleArray())
                    .containsExactly(expected, within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theSeedDecidesEveryBitAndNothingIsLeftBehind(Precision precision) {
        List<Map<String, byte[]>> runs = new ArrayList<>();
        for (long seed : new long[] {5, 5, 6}) {
            try (TrainingState state = new TrainingState(seed);
                    AdversarialStep step = step(state, new NonSaturatingObjective(), 2, precision)) {
                TensorScope.Statistics before = TensorScope.statistics();
                for (int i = 0; i < 10; i++) {
                    assertThat(step.run(batch(2 * BATCH, i), state).isFinite()).isTrue();
                    state.advance(step.examplesPerStep());
                    assertThat(TensorScope.statistics()).isEqualTo(before);
                }
                runs.add(Snapshot.of(step));
            }
        }
        Bytes.requireSame(runs.get(1), runs.get(0));
        assertThat(runs.get(2)).usingRecursiveComparison().isNotEqualTo(runs.get(0));
    }

    @Test
    void bfloat16IsAnotherArithmeticWithWeightsInFloat32() {
        List<Double> losses = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            try (TrainingState state = new TrainingState(5);
                    AdversarialStep step = step(state, new NonSaturatingObjective(), 1, precision);
                    TensorScope scope = TensorScope.open()) {
                losses.add(step.run(batch(BATCH, 0), state).values().get("discriminatorLoss"));
                step.parts()
                        .forEach((part, tensors) -> tensors.forEach((name, tensor) -> assertThat(tensor.dtype())
                                .as(part + " " + name)
                                .isEqualTo(org.saddlepoint.tensor.DType.FLOAT32)));
            }
        }
        assertThat(losses.get(1)).isNotEqualTo(losses.get(0)).isCloseTo(losses.get(0), within(0.02));
    }

    @Test
    void aFailingStepLeavesNothingBehind() {
        AdversarialObjective broken = new AdversarialObjective() {
            @Override
            public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
                throw new IllegalStateException("broken");
            }

            @Override
            public Tensor generatorLoss(Tensor fakeLogits) {
                return fakeLogits.mean();
            }
        };
        try (TrainingState state = new TrainingState(5);
                AdversarialStep step = step(state, broken, 1, Precision.BFLOAT16)) {
            TensorScope.Statistics before = TensorScope.statistics();
            assertThatThrownBy(() -> step.run(batch(BATCH, 0), state)).hasMessage("broken");
            assertThat(TensorScope.statistics()).isEqualTo(before);
        }
        try (TensorScope scope = TensorScope.open()) { // and recording is on again, in float32
            Tensor x = Tensors.ones(2, 2).withGrad(true);
            assertThat(x.matmul(x).requiresGrad()).isTrue();
            assertThat(x.matmul(x).dtype()).isEqualTo(org.saddlepoint.tensor.DType.FLOAT32);
        }
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        try (TrainingState state = new TrainingState(5);
                AdversarialStep step = step(state, new MinimaxObjective(), 1, Precision.FLOAT32)) {
            assertThat(step.parts().keySet())
                    .containsExactly(
                            "generator",
                            "generator_ema",
                            "generator_optimizer",
                            "discriminator",
                            "discriminator_optimizer");
            Map<String, Map<String, Tensor>> fewer = new LinkedHashMap<>(step.parts());
            fewer.remove("generator_ema");
            assertThatThrownBy(() -> step.load(fewer))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("generator_ema");
            Map<String, Map<String, Tensor>> more = new LinkedHashMap<>(step.parts());
            more.put("stranger", step.parts().get("generator"));
            assertThatThrownBy(() -> step.load(more))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("stranger");
        }
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> UpdatePlan.of(0, 1)).hasMessage("batchSize must be >= 1 but was 0");
        assertThatThrownBy(() -> UpdatePlan.of(1, 0)).hasMessage("discriminatorSteps must be >= 1 but was 0");
        assertThatThrownBy(() -> AverageConfig.of(1)).hasMessageContaining("in [0, 1) but was 1.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void samplingDisturbsNoTraining(double decay) {
        TestPlayers.Families dcgan = new TestPlayers.Families(
                new DcganGeneratorConfig(2), new DcganDiscriminatorConfig(2, Normalization.BATCH));
        AverageConfig average = decay == 0 ? AverageConfig.NONE : AverageConfig.of(decay);
        try (TrainingState state = new TrainingState(5);
                TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            AdversarialPlayers players = players(dcgan, Shape.of(1, 8, 8), average, state);
            Tensor z = LATENT.sample(5, random);
            Map<String, Map<String, byte[]>> before = new LinkedHashMap<>();
            parts(players).forEach((part, tensors) -> before.put(part, Snapshot.of(tensors)));
            Map<String, byte[]> drawn = state.random().states();
            Tensor samples = players.sample(z);
            assertThat(samples.shape()).isEqualTo(Shape.of(5, 1, 8, 8));
            assertThat(samples.requiresGrad()).isFalse();
            assertThat(players.sample(z).toFloatArray()).isEqualTo(samples.toFloatArray());
            // In use each sample stands alone; in training the batch would count.
            assertThat(players.sample(z.narrow(0, 0, 1)).toFloatArray())
                    .containsExactly(samples.narrow(0, 0, 1).toFloatArray(), within(1e-6f));
            Map<String, Map<String, byte[]>> after = new LinkedHashMap<>();
            parts(players).forEach((part, tensors) -> after.put(part, Snapshot.of(tensors)));
            assertThat(after).usingRecursiveComparison().isEqualTo(before);
            assertThat(state.random().states()).usingRecursiveComparison().isEqualTo(drawn);
            assertThat(players.generator().network().module().isTraining()).isTrue();
            assertThat(players.discriminator().network().module().isTraining()).isTrue();
            players.close();
        }
    }

    @Test
    void theAverageBeginsAsTheGeneratorAndDrawsNothing() {
        Map<String, byte[]> without;
        try (TrainingState state = new TrainingState(5)) {
            AdversarialPlayers players = players(MLP, Shape.of(2), AverageConfig.NONE, state);
            assertThat(parts(players).keySet())
                    .containsExactly("generator", "generator_optimizer", "discriminator", "discriminator_optimizer");
            without = state.random().states();
            players.close();
        }
        try (TrainingState state = new TrainingState(5)) {
            AdversarialPlayers players = players(MLP, Shape.of(2), AverageConfig.of(0.5), state);
            assertThat(state.random().states()).usingRecursiveComparison().isEqualTo(without);
            requireSame(parts(players).get("generator_ema"), parts(players).get("generator"));
            players.close();
        }
    }
}
