package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Bytes;

/** What is infinite or NaN stops training at its step, is never saved, and training can go back behind it. */
@ExtendWith(LeakCheck.class)
class DivergenceTest {
    private static final CheckpointOrigin ORIGIN = new CheckpointOrigin("test", "name: test");

    @TempDir
    private Path temp;

    private static Dataset data() {
        return DataSources.open("ring8", DataOptions.DEFAULT);
    }

    private static GanTraining training(Dataset data) {
        Map<String, String> small = Map.of(
                "generator.hidden", "[6]",
                "discriminator.hidden", "[5]",
                "latent.size", "3",
                "updates.batchSize", "8");
        return new GanTraining(Recipes.gan("gan", small), data, TrainingSetup.of(7));
    }

    /** Sets one number of a part. */
    private static void spoil(GanTraining training, String part, int which, double value) {
        Tensor tensor = List.copyOf(training.step().parts().get(part).values()).get(which);
        try (TensorScope scope = TensorScope.open()) {
            float[] numbers = tensor.toFloatArray();
            numbers[0] = (float) value;
            tensor.assign(Tensors.of(numbers, tensor.shape().toArray()));
        }
    }

    @Test
    void aSpoiltWeightStopsTheVeryNextStepAndSaysWhatWasMeasured() {
        for (String part : List.of("generator", "discriminator")) {
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                try (Dataset data = data();
                        GanTraining training = training(data)) {
                    training.trainer(List.of()).runUntil(2);
                    spoil(training, part, 0, value);
                    TrainingDivergedException diverged =
                            catchThrowableOfType(TrainingDivergedException.class, () -> training.trainer(List.of())
                                    .runUntil(9));
                    assertThat(diverged.step()).isEqualTo(3);
                    assertThat(diverged.measured())
                            .contains("infinite or NaN numbers in ")
                            .containsPattern(" of \\d+");
                    assertThat(training.state().step()).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void nothingSpoiltIsSavedWhereverItIs() {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        try (Dataset data = data();
                GanTraining training = training(data)) {
            training.trainer(List.of()).runUntil(1);
            training.checkpoints(run, ORIGIN).save();
            for (String part : training.step().parts().keySet()) {
                training.trainer(List.of()).runUntil(2);
                spoil(training, part, 0, Double.NaN);
                assertThatThrownBy(() -> training.checkpoints(run, ORIGIN).save())
                        .isInstanceOf(TrainingDivergedException.class)
                        .hasMessageContaining("step 2: infinite or NaN numbers in 1 tensor, " + part + " ")
                        .hasMessageContaining(": 1 of ");
                assertThatThrownBy(() -> training.checkpoints(run, ORIGIN).saveBest(1))
                        .isInstanceOf(TrainingDivergedException.class);
                assertThat(run.checkpoints()).extracting(each -> each.step()).containsExactly(1L);
                assertThat(run.bestCheckpoint()).doesNotExist();
                SavedCheckpoint.open(run.checkpointFolder(1))
                        .restore(training.step(), training.loader(), training.state());
            }
        }
    }

    @Test
    void goesBackThreeTimesEachTimeWithHalfTheRatesAndAResumedRunKeepsThem() {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        try (Dataset data = data();
                GanTraining training = training(data);
                MetricsLog log = MetricsLog.open(run.metricsFile())) {
            Rollbacks rollbacks = new Rollbacks(training.checkpoints(run, ORIGIN), List.of(log), patience());
            TrainingDivergedException failure = new TrainingDivergedException(6, "the loss is NaN");
            assertThat(rollbacks.after(failure, training.state()))
                    .as("without a checkpoint")
                    .isEmpty();
            List<TrainingListener> listeners = List.of(
                    new MetricsListener(log, run, "test", 1),
                    new CheckpointListener(training.checkpoints(run, ORIGIN), log, 2, true));
            training.trainer(listeners).runUntil(5);
            List<Rollback> expected = new ArrayList<>();
            for (double factor : new double[] {0.5, 0.25, 0.125}) {
                Optional<Rollback> rollback = rollbacks.after(failure, training.state());
                expected.add(new Rollback(6, 5, factor, "the loss is NaN"));
                assertThat(rollback).contains(expected.get(expected.size() - 1));
                assertThat(training.state().rollbacks()).isEqualTo(expected);
                assertThat(training.state().learningRateFactor()).isEqualTo(factor);
                assertThat(training.state().step()).isEqualTo(5);
            }
            assertThat(rollbacks.after(failure, training.state()))
                    .as("a fourth time")
                    .isEmpty();
            training.trainer(listeners).runUntil(6);
            assertThat(MetricsLog.read(run.metricsFile()).get(4).number("learningRateFactor"))
                    .isEmpty();
            assertThat(MetricsLog.read(run.metricsFile()).get(5).number("learningRateFactor"))
                    .hasValue(0.125);
            Map<String, byte[]> weights = Snapshot.of(training.step());

            try (GanTraining resumed = training(data)) {
                assertThat(run.checkpoints()).extracting(each -> each.step()).containsExactly(5L, 6L);
                SavedCheckpoint.open(run.checkpointFolder(5))
                        .restore(resumed.step(), resumed.loader(), resumed.state());
                assertThat(resumed.state().rollbacks()).isEqualTo(expected);
                resumed.trainer(List.of()).runUntil(6);
                Bytes.requireSame(Snapshot.of(resumed.step()), weights);
            }
        }
    }

    @Test
    void goingBackTakesLogsAndSamplesWithItAndHalvesTheStepItself() {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        try (Dataset data = data();
                GanTraining training = training(data);
                GanTraining halved = training(data);
                MetricsLog log = MetricsLog.open(run.metricsFile())) {
            List<TrainingListener> listeners = List.of(
                    new MetricsListener(log, run, "test", 1),
                    training.samples(run, "data", 0),
                    new CheckpointListener(training.checkpoints(run, ORIGIN), log, 4, true));
            training.trainer(listeners.subList(0, 1)).runUntil(1);
            training.checkpoints(run, ORIGIN).save();
            Map<String, byte[]> before = Snapshot.of(training.step());
            training.trainer(listeners.subList(0, 2)).runUntil(3);
            assertThat(run.samples()).isNotEmpty();
            Rollbacks rollbacks = new Rollbacks(training.checkpoints(run, ORIGIN), List.of(log), patience());
            assertThat(rollbacks.after(new TrainingDivergedException(4, "NaN"), training.state()))
                    .contains(new Rollback(4, 1, 0.5, "NaN"));

            Bytes.requireSame(Snapshot.of(training.step()), before);
            assertThat(run.samples()).isEmpty();
            assertThat(MetricsLog.read(run.metricsFile()))
                    .extracting(row -> row.step())
                    .containsExactly(1L);
            assertThat(CheckpointSearch.of(run).newest().orElseThrow().step()).isEqualTo(1);
        }
    }

    private static WritePatience patience() {
        return new WritePatience(
                java.time.Duration.ofMillis(1), java.time.Duration.ZERO, () -> true, new WritePatience.Told() {
                    @Override
                    public void paused(String reason) {}

                    @Override
                    public void goesOn(java.time.Duration waited) {}
                });
    }
}
