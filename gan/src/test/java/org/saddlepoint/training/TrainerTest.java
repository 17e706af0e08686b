package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.distributed.Ranks;

/** The loop: who is told what and when, how it ends, and how it fails. */
@ExtendWith(LeakCheck.class)
class TrainerTest {
    private static final Latent LATENT = new Latent(2, Latent.Distribution.NORMAL);

    /** Writes down what it hears. */
    private static class Ear implements TrainingListener {
        private final String name;
        private final List<String> heard;

        Ear(String name, List<String> heard) {
            this.name = name;
            this.heard = heard;
        }

        @Override
        public void onStart(TrainingState state) {
            heard.add(name + " start " + state.step());
        }

        @Override
        public void onStep(TrainingState state, StepReport report) {
            heard.add(name + " step " + state.step() + " of " + state.imagesSeen());
        }

        @Override
        public void onFailure(TrainingState state, RuntimeException failure) {
            heard.add(name + " failure " + state.step() + " " + failure.getMessage());
        }

        @Override
        public void onEnd(TrainingState state) {
            heard.add(name + " end " + state.step());
        }
    }

    /** A step that trains nothing and answers by the number of the step. */
    private record Scripted(LongFunction<StepReport> reports) implements TrainingStep {
        @Override
        public void join(Ranks ranks) {}

        @Override
        public int examplesPerStep() {
            return 3;
        }

        @Override
        public StepReport run(Batch batch, TrainingState state) {
            assertThat(batch.size()).isEqualTo(3);
            return reports.apply(state.step());
        }

        @Override
        public Map<String, Map<String, Tensor>> parts() {
            return Map.of();
        }

        @Override
        public void load(Map<String, Map<String, Tensor>> parts) {}

        @Override
        public void close() {}
    }

    private static final StepReport FINE = report(1);

    private static StepReport report(double generatorLoss) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(MetricsRow.DISCRIMINATOR_LOSS, 1.0);
        values.put(MetricsRow.GENERATOR_LOSS, generatorLoss);
        values.put("realLogit", 0.0);
        values.put("fakeLogit", 0.0);
        return new StepReport(values);
    }

    private static BatchLoader loader(int batch) {
        return new BatchLoader(GaussianMixture.RING8.sample(64, 0), LoaderConfig.of(batch, 0));
    }

    @Test
    void listenersHearInTheirOrderAndOfEachStepOnce() {
        List<String> heard = new ArrayList<>();
        try (BatchLoader loader = loader(3);
                TrainingState state = new TrainingState(0)) {
            Trainer trainer = new Trainer(
                    new Scripted(step -> FINE), loader, state, List.of(new Ear("a", heard), new Ear("b", heard)));
            trainer.runUntil(2);
            assertThat(heard)
                    .containsExactly(
                            "a start 0",
                            "b start 0",
                            "a step 1 of 3",
                            "b step 1 of 3",
                            "a step 2 of 6",
                            "b step 2 of 6",
                            "a end 2",
                            "b end 2");
            heard.clear();
            trainer.runUntil(3); // in all, not more
            assertThat(heard).contains("a start 2", "a step 3 of 9", "a end 3").hasSize(6);
            heard.clear();
            trainer.runUntil(3);
            assertThat(heard).containsExactly("a start 3", "b start 3", "a end 3", "b end 3");
        }
    }

    @Test
    void aRequestToStopEndsTheLoopAfterTheStep() {
        List<String> heard = new ArrayList<>();
        try (BatchLoader loader = loader(3);
                TrainingState state = new TrainingState(0)) {
            Trainer[] trainer = new Trainer[1];
            TrainingListener stopper = new TrainingListener() {
                @Override
                public void onStep(TrainingState now, StepReport report) {
                    if (now.step() == 2) {
                        trainer[0].requestStop();
                    }
                }
            };
            trainer[0] = new Trainer(new Scripted(step -> FINE), loader, state, List.of(stopper, new Ear("a", heard)));
            assertThat(trainer[0].stopRequested()).isFalse();
            trainer[0].runUntil(100);
            assertThat(trainer[0].stopRequested()).isTrue();
            assertThat(heard).containsExactly("a start 0", "a step 1 of 3", "a step 2 of 6", "a end 2");
        }
    }

    @Test
    void anotherThreadMayStopIt() throws InterruptedException {
        try (BatchLoader loader = loader(3);
                TrainingState state = new TrainingState(0)) {
            CountDownLatch running = new CountDownLatch(1);
            Trainer trainer = new Trainer(
                    new Scripted(step -> {
                        running.countDown();
                        return FINE;
                    }),
                    loader,
                    state,
                    List.of());
            Thread other = new Thread(() -> {
                try {
                    running.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                trainer.requestStop();
            });
            other.start();
            trainer.runUntil(Long.MAX_VALUE);
            other.join();
            assertThat(state.step()).isPositive();
        }
    }

    @Test
    void numbersThatAreNoneStopTheTrainingAndNameTheStep() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            List<String> heard = new ArrayList<>();
            try (BatchLoader loader = loader(3);
                    TrainingState state = new TrainingState(0)) {
                Trainer trainer = new Trainer(
                        new Scripted(step -> step < 4 ? FINE : report(bad)),
                        loader,
                        state,
                        List.of(new Ear("a", heard)));
                assertThatThrownBy(() -> trainer.runUntil(10))
                        .isInstanceOf(TrainingDivergedException.class)
                        .hasMessageContaining("diverged at step 5")
                        .hasMessageContaining("generatorLoss " + (Double.isNaN(bad) ? "NaN" : ""))
                        .hasMessageContaining("learning rate");
                assertThat(state.step()).isEqualTo(4);
                assertThat(heard).hasSize(6);
                assertThat(heard.get(5)).startsWith("a failure 4 training diverged at step 5");
            }
        }
    }

    @Test
    void aLearningRateThatIsFarTooLargeDiverges() {
        try (BatchLoader loader = loader(8);
                TrainingState state = new TrainingState(0);
                AdversarialStep step = step(state, new NonSaturatingObjective(), 1e30)) {
            assertThatThrownBy(() -> new Trainer(step, loader, state, List.of()).runUntil(50))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("step " + (state.step() + 1));
            assertThat(state.step()).isLessThan(10);
        }
    }

    @Test
    void anObjectiveThatGivesNanDivergesAtOnce() {
        AdversarialObjective nan = new AdversarialObjective() {
            @Override
            public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
                return realLogits.sub(fakeLogits).mean();
            }

            @Override
            public Tensor generatorLoss(Tensor fakeLogits) {
                return fakeLogits.mean().mul(Double.NaN);
            }
        };
        List<String> heard = new ArrayList<>();
        try (BatchLoader loader = loader(8);
                TrainingState state = new TrainingState(0);
                AdversarialStep step = step(state, nan, 0.1)) {
            Trainer trainer = new Trainer(step, loader, state, List.of(new Ear("a", heard)));
            assertThatThrownBy(() -> trainer.runUntil(50))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("step 1: ");
            assertThat(heard).hasSize(2);
        }
    }

    private static AdversarialStep step(TrainingState state, AdversarialObjective objective, double learningRate) {
        SgdConfig sgd = new SgdConfig(learningRate, 0);
        AdversarialPlayers players = TestPlayers.of(
                TestPlayers.Families.mlp(8, 0.5),
                LATENT,
                Shape.of(2),
                TestPlayers.learning(sgd),
                state.random().networks());
        return TestPlayers.step(players, LATENT, Game.of(objective), UpdatePlan.of(8, 1));
    }

    @Test
    void everyListenerHearsOfAFailureEvenIfOneFailsToo() {
        List<String> heard = new ArrayList<>();
        TrainingListener clumsy = new TrainingListener() {
            @Override
            public void onFailure(TrainingState state, RuntimeException failure) {
                throw new IllegalStateException("clumsy");
            }
        };
        try (BatchLoader loader = loader(3);
                TrainingState state = new TrainingState(0)) {
            Trainer trainer = new Trainer(
                    new Scripted(step -> {
                        throw new IllegalArgumentException("broken");
                    }),
                    loader,
                    state,
                    List.of(clumsy, new Ear("b", heard)));
            assertThatThrownBy(() -> trainer.runUntil(1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("broken")
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
            assertThat(heard).containsExactly("b start 0", "b failure 0 broken");
        }
    }
}
