package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

/** What a run does about what is found: a run whose generator learns forty times faster than D, so that its samples draw together. */
@ExtendWith({LeakCheck.class, OneThread.class})
class OnFailureTest {
    private static final Recipe FAST_GENERATOR = Recipes.load(
            "gan-points",
            Map.of(
                    "discriminatorOptimizer.learningRate", "0.0005",
                    "generatorOptimizer.learningRate", "0.02",
                    "checkpointEvery", "10",
                    "steps", "240"));

    /** What was told. */
    private static final class Told implements RunListener {
        private final List<String> findings = new ArrayList<>();
        private final List<Remediation> done = new ArrayList<>();
        private long stopAt = Long.MAX_VALUE;
        private long step;

        @Override
        public void onFinding(long at, Episode episode) {
            findings.add(episode.finding().symptom());
        }

        @Override
        public void onRemediation(Remediation remediation) {
            done.add(remediation);
        }

        @Override
        public void onStep(org.saddlepoint.training.TrainingState state, org.saddlepoint.training.StepReport report) {
            step = state.step();
        }

        @Override
        public boolean stopRequested() {
            return step >= stopAt;
        }
    }

    private static Run train(Path folder, OnFailure onFailure, Told told) {
        RunOptions options = RunOptions.DEFAULT.seed(1).diagnosis(new DiagnosisPlan(onFailure, 5));
        try (Dataset data = DataSources.open("ring8", DataOptions.DEFAULT)) {
            return Run.train(FAST_GENERATOR, data, folder, options, told);
        }
    }

    private static String weights(Run run) throws Exception {
        StepPath last = run.folder().latestCheckpoint().orElseThrow();
        return last.step() + " "
                + java.util.Arrays.hashCode(Files.readAllBytes(last.path().resolve("generator.safetensors")));
    }

    @Test
    void aRunIsToldOfAndGoesOnAsIfItWereNot(@TempDir Path folder) throws Exception {
        Told told = new Told();
        Run reported = train(folder.resolve("report"), OnFailure.REPORT, told);
        Run off = train(folder.resolve("off"), OnFailure.OFF, new Told());
        assertThat(told.findings).contains("mode-collapse");
        assertThat(reported.manifest().outcome()).isEqualTo(RunManifest.Outcome.DONE);
        assertThat(weights(reported)).isEqualTo(weights(off));
        assertThat(reported.folder().diagnosisFile()).exists();
        assertThat(off.folder().diagnosisFile()).doesNotExist();
    }

    @Test
    void aRunThatStopsCanGoOn(@TempDir Path folder) {
        Run stopped = train(folder.resolve("run"), OnFailure.STOP, new Told());
        assertThat(stopped.manifest().outcome()).isEqualTo(RunManifest.Outcome.INTERRUPTED);
        assertThat(stopped.manifest().steps()).isLessThan(240);
        assertThat(stopped.folder().latestCheckpoint())
                .map(StepPath::step)
                .hasValue(stopped.manifest().steps());
    }

    @Test
    void aRunReturnsToItsLastHealthyCheckpointWithARemedyThreeTimes(@TempDir Path folder) throws Exception {
        Told told = new Told();
        Run run = train(folder.resolve("run"), OnFailure.ROLLBACK, told);
        assertThat(told.done).isNotEmpty().hasSizeLessThanOrEqualTo(Remediation.MOST);
        assertThat(told.done.get(0).from()).isLessThan(told.done.get(0).foundAt());
        assertThat(run.manifest().outcome()).isEqualTo(RunManifest.Outcome.DONE);
        assertThat(run.manifest().history().changes()).as("all is recorded").isNotEmpty();
        assertThat(DiagnosisPlan.actions(MetricsLog.read(run.folder().diagnosisFile())))
                .isEqualTo(told.done.size());
        Told again = new Told();
        again.stopAt = 200;
        Path second = folder.resolve("second");
        train(second, OnFailure.ROLLBACK, again);
        Run resumed = Run.resume(second, ResumeOptions.DEFAULT);
        assertThat(weights(resumed)).as("resume stays exact").isEqualTo(weights(run));
    }

    @Test
    void aResumedRunCanBeGivenAnotherChoiceWhichStays(@TempDir Path folder) {
        Told first = new Told();
        first.stopAt = 20;
        Path place = folder.resolve("run");
        assertThat(train(place, OnFailure.OFF, first).folder().diagnosisFile()).doesNotExist();
        Told second = new Told();
        second.stopAt = 40;
        Run.resume(place, ResumeOptions.DEFAULT.onFailure(OnFailure.REPORT), second);
        List<MetricsRow> rows = MetricsLog.read(place.resolve("diagnosis.jsonl"));
        assertThat(DiagnosisPlan.of(rows).onFailure()).isEqualTo(OnFailure.REPORT);
        Run.resume(place, ResumeOptions.DEFAULT.onFailure(OnFailure.OFF).steps(60));
        assertThat(DiagnosisPlan.of(MetricsLog.read(place.resolve("diagnosis.jsonl")))
                        .onFailure())
                .isEqualTo(OnFailure.OFF);
    }

    @Test
    void aRunAdaptsOnItsWay(@TempDir Path folder) {
        Told told = new Told();
        Run run = train(folder.resolve("run"), OnFailure.ADAPT, told);
        assertThat(told.done).isNotEmpty().hasSizeLessThanOrEqualTo(Remediation.MOST);
        told.done.forEach(each -> assertThat(each.from()).isEqualTo(each.foundAt()));
        assertThat(run.manifest().outcome()).isEqualTo(RunManifest.Outcome.DONE);
    }
}
