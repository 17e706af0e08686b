package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Measurement;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHistory;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingDivergedException;
import org.saddlepoint.training.TrainingState;

/** A program trains and resumes as the command line does, and is told what happens. */
@ExtendWith({LeakCheck.class, OneThread.class})
class RunTest {
    private static final RunOptions OPTIONS = RunOptions.DEFAULT.seed(3).dataSource(DataRequest.of("ring8"));

    @TempDir
    private Path temp;

    /** Notes all that it is told, and asks to stop after a step. */
    private static final class Notes implements RunListener {
        private final List<String> told = new ArrayList<>();
        private final long last;
        private boolean stop;

        Notes(long last) {
            this.last = last;
        }

        @Override
        public void onFolder(RunFolder folder) {
            told.add("folder");
        }

        @Override
        public void onDamaged(CheckpointSearch found) {
            told.add("damaged " + found.damaged().size());
        }

        @Override
        public void onChanged(List<RunHistory.Change> changes) {
            told.add("changed " + changes.get(0).setting());
        }

        @Override
        public void onBegin(RunBegin begin) {
            told.add("begin " + begin.step());
        }

        @Override
        public void onStep(TrainingState state, StepReport report) {
            told.add("step " + state.step());
            stop = state.step() == last;
        }

        @Override
        public void onEvaluation(long step, List<Measurement> measurements, String bestBy) {
            told.add("evaluation " + step + " "
                    + Measurement.value(measurements, bestBy).isPresent());
        }

        @Override
        public void onRollback(Rollback rollback, int count) {
            told.add("rollback " + count);
        }

        @Override
        public void onEnded(RunEnd end) {
            told.add("ended " + end.manifest().outcome() + (end.failed() ? " failed" : ""));
        }

        @Override
        public boolean stopRequested() {
            return stop;
        }
    }

    private static Dataset ring() {
        return DataSources.open("ring8", DataOptions.DEFAULT);
    }

    private Path train(String name, Map<String, String> settings, RunListener... listeners) {
        try (Dataset data = ring()) {
            return Run.train(SmallRuns.points(settings), data, temp.resolve(name), OPTIONS, listeners)
                    .path();
        }
    }

    private static void assertSameEnd(Path first, Path second) throws IOException {
        for (String part : List.of("generator", "discriminator", "generator_optimizer")) {
            String file = "checkpoints/000004/" + part + ".safetensors";
            if (Files.exists(first.resolve(file)) || part.equals("generator")) {
                assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
            }
        }
        assertThat(second.resolve("metrics.jsonl")).hasSameBinaryContentAs(first.resolve("metrics.jsonl"));
    }

    @Test
    void aProgramIsToldAllAndGetsAnEndedRun() {
        Notes notes = new Notes(-1);
        Path folder = train("run", Map.of(), notes);
        assertThat(notes.told)
                .containsExactly("folder", "begin 0", "step 1", "step 2", "step 3", "step 4", "ended DONE");
        Run run = Run.open(folder);
        assertThat(run.manifest().outcome()).isEqualTo(RunManifest.Outcome.DONE);
        assertThat(run.manifest().steps()).isEqualTo(4);
        assertThat(run.manifest().data().spec()).isEqualTo("ring8");
        assertThat(run.manifest().seed()).isEqualTo(3);
        assertThat(run.folder().samples()).isNotEmpty();
        assertThat(MetricsLog.read(run.folder().metricsFile())).hasSize(4);
        try (TrainedGenerator generator = TrainedGenerator.open(run.path())) {
            assertThat(generator.step()).isEqualTo(4);
        }
    }

    @Test
    void oneThatAListenerStopsGoesOnToTheSameEnd() throws IOException {
        Path straight = train("straight", Map.of());
        Notes notes = new Notes(3);
        Path stopped = train("stopped", Map.of(), notes);
        assertThat(notes.told).endsWith("step 3", "ended INTERRUPTED");
        Notes more = new Notes(-1);
        Run resumed = Run.resume(stopped, ResumeOptions.DEFAULT, more);
        assertThat(more.told).containsExactly("folder", "begin 3", "step 4", "ended DONE");
        assertThat(resumed.manifest().outcome()).isEqualTo(RunManifest.Outcome.DONE);
        assertSameEnd(straight, stopped);
    }

    @Test
    void dataThatNoWordOpensIsGivenAgain() throws IOException {
        Path straight = SmallRuns.pairs(temp.resolve("straight"), "pix2pix-small", Map.of("steps", "3"))
                .path();
        Path run =
                SmallRuns.pairs(temp.resolve("run"), "pix2pix-small", Map.of()).path();
        ResumeOptions three = ResumeOptions.DEFAULT.steps(3);
        assertThatThrownBy(() -> Run.resume(run, three)).hasMessageContaining("pairs of noise");
        assertThatThrownBy(() -> Run.resume(run, new SmallRuns.Pairs(5, 64), three))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the data pairs of noise has changed since the run " + run + " began");
        Run.resume(run, new SmallRuns.Pairs(4, 64), three);
        assertThat(run.resolve("checkpoints/000003/translator_a2b.safetensors"))
                .hasSameBinaryContentAs(straight.resolve("checkpoints/000003/translator_a2b.safetensors"));
    }

    @Test
    void aChangedSettingIsToldAndADamagedCheckpointToo() throws IOException {
        Path run = train("run", Map.of());
        Files.delete(run.resolve("checkpoints/000004/generator.safetensors"));
        Notes notes = new Notes(-1);
        Run.resume(run, ResumeOptions.DEFAULT.steps(5).override("generatorOptimizer.learningRate", "1.0E-5"), notes);
        assertThat(notes.told)
                .containsExactly(
                        "folder",
                        "damaged 1",
                        "changed generatorOptimizer.learningRate",
                        "begin 2",
                        "step 3",
                        "step 4",
                        "step 5",
                        "ended DONE");
        assertThat(Run.open(run).manifest().history().changes())
                .extracting(RunHistory.Change::setting)
                .contains("generatorOptimizer.learningRate");
    }

    @Test
    void evaluationsAreToldAndTheBestCheckpointOpens() {
        EvaluationPlan plan = new EvaluationPlan(
                2, new EvaluationConfig(Set.of(Metrics.W1), 64, 64, Resizing.BILINEAR, true, 0), "", "w1", "");
        Notes notes = new Notes(-1);
        try (Dataset data = ring()) {
            Run.train(SmallRuns.points(Map.of()), data, temp.resolve("run"), OPTIONS.evaluation(plan), notes);
        }
        assertThat(notes.told).contains("evaluation 2 true", "evaluation 4 true");
        try (TrainedGenerator best = TrainedGenerator.open(temp.resolve("run"), ModelOptions.DEFAULT.ofBest())) {
            assertThat(best.step()).isIn(2L, 4L);
            assertThat(best.checkpoint().best()).isPresent();
        }
    }

    @Test
    void divergenceIsThrownAfterItsRollbacks() {
        Map<String, String> wild = Map.of(
                "generatorOptimizer.learningRate",
                "1e20",
                "discriminatorOptimizer.learningRate",
                "1e20",
                "steps",
                "50");
        Notes notes = new Notes(-1);
        try (Dataset data = ring()) {
            assertThatThrownBy(() -> Run.train(
                            SmallRuns.points(wild),
                            data,
                            temp.resolve("run"),
                            OPTIONS.onDivergence(OnDivergence.ROLLBACK),
                            notes))
                    .isInstanceOf(TrainingDivergedException.class);
        }
        assertThat(notes.told)
                .contains("rollback 1", "rollback 2", "rollback 3")
                .endsWith("ended DIVERGED failed");
        assertThat(Run.open(temp.resolve("run")).manifest().outcome()).isEqualTo(RunManifest.Outcome.DIVERGED);
    }

    @Test
    void whatIsRefusedLeavesNothingOnDisk() {
        Path folder = temp.resolve("run");
        try (Dataset data = ring()) {
            assertThatThrownBy(() -> Run.train(SmallRuns.images("lsgan", Map.of()), data, folder, OPTIONS))
                    .isInstanceOf(RecipeException.class)
                    .hasMessageContaining("does not fit");
            assertThat(folder).doesNotExist();
            Run below = Run.trainBelow(temp.resolve("runs"), SmallRuns.points(Map.of("steps", "1")), data, OPTIONS);
            assertThat(below.path().getFileName()).hasToString("gan-ring8-001");
            assertThatThrownBy(() -> Run.train(SmallRuns.points(Map.of()), data, below.path(), OPTIONS))
                    .isInstanceOf(RunException.class);
            assertThatThrownBy(() -> Run.resume(below.path(), ResumeOptions.DEFAULT))
                    .isInstanceOf(RequestException.class)
                    .hasMessageContaining("has done 1 of 1 steps already");
            try (RunLock lock = RunLock.of(below.path())) {
                assertThatThrownBy(() -> Run.resume(below.path(), ResumeOptions.DEFAULT.steps(2)))
                        .isInstanceOf(RunException.class)
                        .hasMessageContaining("is being trained right now by this process");
            }
        }
        assertThatThrownBy(() -> RunOptions.DEFAULT.threads(0)).hasMessage("threads must be >= 1 but was 0");
    }
}
