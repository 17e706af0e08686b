package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.saddlepoint.constraints.GeneratorRegularizer;
import org.saddlepoint.constraints.GeneratorUpdate;
import org.saddlepoint.constraints.ModeSeeking;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.nn.Coupling;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.RelativisticPairedObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Bytes;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.views.AdaptiveView;
import org.saddlepoint.views.Sight;
import org.saddlepoint.views.View;

/** Where a step asks views and regularizers of the generator, and what it shows them. */
@ExtendWith({LeakCheck.class, OneThread.class})
class StepExtensionsTest {
    private static final TestPlayers.Families MLP = TestPlayers.Families.mlp(6, 0.5);
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final int BATCH = 4;
    private static final UpdatePlan PLAN = UpdatePlan.of(BATCH, 2);

    private static AdversarialStep step(TrainingState state, Game game) {
        AdversarialPlayers players = TestPlayers.of(
                MLP,
                LATENT,
                Shape.of(2),
                TestPlayers.learning(new SgdConfig(0.1, 0)),
                state.random().networks());
        return TestPlayers.step(players, LATENT, game, PLAN);
    }

    private static List<StepReport> run(TrainingStep step, TrainingState state, int steps) {
        List<StepReport> reports = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            int examples = step.examplesPerStep();
            float[] values = new float[2 * examples];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) Math.sin(k + state.step());
            }
            reports.add(step.run(new Batch(values, new int[examples], examples, new PointShape(2)), state));
            state.advance(examples);
        }
        return reports;
    }

    private static Game game() {
        return Game.of(new NonSaturatingObjective());
    }

    /** A view that changes nothing and notes what it is shown. */
    private static final class Watch implements View {
        private final List<String> seen = new ArrayList<>();
        private final List<Double> observed = new ArrayList<>();

        @Override
        public Tensor apply(Tensor samples, Sight sight) {
            seen.add(sight.progress().step() + " " + sight.origin() + " " + samples.size(0)
                    + (samples.requiresGrad() ? " learning" : ""));
            return samples;
        }

        @Override
        public void observe(Tensor realLogits, Sight sight) {
            assertThat(realLogits.shape()).isEqualTo(Shape.of(BATCH));
            assertThat(realLogits.requiresGrad()).isFalse();
            assertThat(sight.origin()).isEqualTo(Sight.Origin.REAL);
            observed.add(realLogits.mean().item());
            seen.add("observed");
        }
    }

    @Test
    void bothUpdatesShowViewsAllThatDiscriminatorsSee() {
        Watch watch = new Watch();
        try (TrainingState state = new TrainingState(5);
                AdversarialStep step = step(state, game().withViews(Map.of("watch", watch)))) {
            StepReport report = run(step, state, 1).get(0);
            assertThat(watch.seen)
                    .containsExactly(
                            "0 REAL 4",
                            "0 FAKE 4",
                            "observed",
                            "0 REAL 4",
                            "0 FAKE 4",
                            "observed",
                            "0 FAKE 4 learning");
            double mean = (watch.observed.get(0) + watch.observed.get(1)) / 2;
            assertThat(report.values().get("realLogit")).isCloseTo(mean, within(1e-9));
        }
        watch.seen.clear();
        try (TrainingState state = new TrainingState(5);
                AdversarialStep step =
                        step(state, Game.of(new RelativisticPairedObjective()).withViews(Map.of("watch", watch)))) {
            run(step, state, 1);
            // the generator's loss compares with real samples, which are seen as the others are, and not observed
            assertThat(Collections.frequency(watch.seen, "0 REAL 4")).isEqualTo(3);
            assertThat(Collections.frequency(watch.seen, "observed")).isEqualTo(2);
        }
    }

    @Test
    void theGeneratorLearnsThroughViews() {
        View blind = (samples, sight) -> samples.mul(0);
        View plain = (samples, sight) -> samples;
        for (View view : List.of(blind, plain)) {
            try (TrainingState state = new TrainingState(5);
                    AdversarialStep step = step(state, game().withViews(Map.of("view", view)))) {
                Map<String, byte[]> before = Snapshot.of(step.parts().get("generator"));
                run(step, state, 1);
                Map<String, byte[]> after = Snapshot.of(step.parts().get("generator"));
                assertThat(after.keySet()).isEqualTo(before.keySet());
                assertThat(after.keySet().stream().allMatch(name -> Arrays.equals(after.get(name), before.get(name))))
                        .isEqualTo(view == blind);
            }
        }
    }

    /** Adds a part of the samples' size, and remembers how often and how large they were. */
    private record Remembering(List<String> seen) implements GeneratorRegularizer {
        @Override
        public Optional<Tensor> penalty(GeneratorUpdate update, Memory memory) {
            assertThat(update.inputs().shape()).isEqualTo(Shape.of(BATCH, 3));
            assertThat(update.generator().apply(update.inputs()).toByteArray())
                    .isEqualTo(update.samples().toByteArray());
            assertThat(update.samples().requiresGrad()).isTrue();
            double mean = memory.get("mean", 0);
            Tensor size = update.samples().square().mean();
            memory.set("mean", 0.9 * mean + 0.1 * size.item());
            memory.set("calls", memory.get("calls", 0) + 1);
            seen.add(update.progress().step() + " " + (int) memory.get("calls", 0));
            return Optional.of(size.mul(1 + mean));
        }
    }

    @Test
    void whatViewsAndRegularizersKeepIsSavedAndGoesOn() {
        List<String> seen = new ArrayList<>();
        Game game = game().withViews(Map.of("adaptive", new AdaptiveView(0.05)))
                .withRegularizers(Map.of("remembering", new Remembering(seen)));
        try (TrainingState one = new TrainingState(5);
                TrainingState two = new TrainingState(6);
                AdversarialStep straight = step(one, game);
                AdversarialStep resumed = step(two, game)) {
            run(straight, one, 3);
            assertThat(seen).containsExactly("0 1", "1 2", "2 3"); // once an update of G
            Map<String, Map<String, Tensor>> parts = straight.parts();
            assertThat(parts.get("discriminator_views").keySet())
                    .containsExactlyInAnyOrder("adaptive.strength", "adaptive.calls");
            assertThat(parts.get("discriminator_views").get("adaptive.calls").item())
                    .isEqualTo(6); // once an update of D
            assertThat(parts.get("generator_regularizers").keySet())
                    .containsExactlyInAnyOrder("remembering.mean", "remembering.calls");
            run(resumed, two, 1); // so that nothing is right by itself
            resumed.load(parts);
            two.random().restore(one.random().states());
            two.restore(one.step(), one.imagesSeen());
            run(straight, one, 2);
            run(resumed, two, 2);
            Bytes.requireSame(Snapshot.of(resumed), Snapshot.of(straight));

            for (String part : List.of("discriminator_views", "generator_regularizers")) {
                Map<String, Map<String, Tensor>> wrong = new LinkedHashMap<>(straight.parts());
                wrong.put(part, Map.of("stranger.number", one(straight)));
                assertThatThrownBy(() -> resumed.load(wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("stranger.number");
            }
        }
    }

    private static Tensor one(TrainingStep step) {
        return step.parts().get("discriminator_views").values().iterator().next();
    }

    @Test
    void regularizersAreReportedByNameAtTheirUpdatesAndPartOfTheLoss() {
        Game game = game().withRegularizers(Map.of("ms", new ModeSeeking(Schedule.of(0.3), 2)));
        try (TrainingState plainState = new TrainingState(5);
                TrainingState state = new TrainingState(5);
                AdversarialStep plain = step(plainState, game());
                AdversarialStep step = step(state, game)) {
            List<StepReport> expected = run(plain, plainState, 1);
            StepReport first = run(step, state, 1).get(0);
            assertThat(first.values().get("regularizer.ms")).isPositive();
            Map<String, Double> others = new LinkedHashMap<>(first.values());
            others.remove("regularizer.ms");
            assertThat(others).isEqualTo(expected.get(0).values()); // the objective's loss is reported alone
            Bytes.requireSame(
                    Snapshot.of(step.parts().get("discriminator")),
                    Snapshot.of(plain.parts().get("discriminator")));
            assertThat(Snapshot.texts(Snapshot.of(step.parts().get("generator"))))
                    .isNotEqualTo(Snapshot.texts(Snapshot.of(plain.parts().get("generator"))));
            List<StepReport> later = run(step, state, 2);
            assertThat(later.get(0).values()).doesNotContainKey("regularizer.ms");
            assertThat(later.get(1).values()).containsKey("regularizer.ms");
        }
    }

    /** A critic of some coupling that notes how many samples go through it at once. */
    private static final class Counting extends NeuralModule implements Discriminator {
        private final Coupling coupling;
        private final Linear linear;
        private final List<Long> passes = new ArrayList<>();

        Counting(Coupling coupling, RandomGenerator random) {
            this.coupling = coupling;
            linear = child("linear", new Linear(2, 1, Initialization.PYTORCH_DEFAULT, random));
        }

        @Override
        public Tensor forward(Tensor samples, Conditioning conditioning) {
            passes.add(samples.size(0));
            return linear.forward(samples).squeeze(1);
        }

        @Override
        public Coupling ownCoupling() {
            return coupling;
        }
    }

    @ParameterizedTest
    @EnumSource(Coupling.class)
    void realAndGeneratedSamplesMeetInOnePassOnlyWhereTheyCannotMix(Coupling coupling) {
        try (TrainingState state = new TrainingState(5)) {
            RandomGenerator random = state.random().networks();
            Generator generator = MLP.generator().create(LATENT, Shape.of(2), random);
            Counting critic = new Counting(coupling, random);
            AdversarialPlayers players =
                    AdversarialPlayers.of(generator, critic, TestPlayers.learning(new SgdConfig(0.1, 0)));
            try (AdversarialStep step = TestPlayers.step(
                            players, LATENT, Game.of(new WassersteinObjective()), UpdatePlan.of(BATCH, 1));
                    TensorScope scope = TensorScope.open()) {
                run(step, state, 1);
                assertThat(critic.passes).isEqualTo(coupling == Coupling.NONE ? List.of(8L, 4L) : List.of(4L, 4L, 4L));
            }
        }
    }
}
