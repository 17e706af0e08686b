package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Measurement;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

/** Runs whose length follows from a time, by a clock that goes on by so much whenever it is read. */
@ExtendWith({LeakCheck.class, OneThread.class})
class BudgetRunTest {
    private static final long MILLISECOND = 1_000_000L;

    @TempDir
    private Path temp;

    private final AtomicLong now = new AtomicLong();
    private final AtomicLong tick = new AtomicLong(10 * MILLISECOND);
    private final List<String> notes = new ArrayList<>();
    private final List<Long> evaluated = new ArrayList<>();

    private final RunListener listener = new RunListener() {
        @Override
        public void onNote(String line) {
            notes.add(line);
        }

        @Override
        public void onBegin(RunBegin begin) {
            tick.updateAndGet(before -> slower * before);
        }

        @Override
        public void onEvaluation(long step, List<Measurement> measurements, String bestBy) {
            evaluated.add(step);
        }
    };

    /** How much slower the machine is once training has begun. */
    private int slower = 1;

    private Budget budget(double seconds) {
        return new Budget(
                Duration.ofMillis(Math.round(1000 * seconds)),
                now.get(),
                () -> now.addAndGet(tick.get()),
                Set.of("checkpointEvery", "sampleEvery"),
                false);
    }

    private static Recipe recipe() {
        return Recipes.load(
                "gan-points",
                Map.of(
                        "updates.batchSize", "8",
                        "generatorOptimizer.learningRate", "{schedule: linear, from: 0.001}",
                        "average", "{halfLife: 800}",
                        "sampleEvery", "1000",
                        "checkpointEvery", "1000"));
    }

    private static RunOptions options() {
        return RunOptions.DEFAULT.seed(3).dataSource(DataRequest.of("ring8"));
    }

    private Run train(Recipe recipe, String name, RunOptions options) {
        try (Dataset data = DataSources.open("ring8", DataOptions.DEFAULT)) {
            return Run.train(recipe, data, temp.resolve(name), options, listener);
        }
    }

    @Test
    void theResolvedRecipeRepeatsTheRunByteForByte() throws IOException {
        Run run = train(recipe(), "planned", options().budget(budget(3)));
        Recipe resolved = Recipes.read(run.folder().recipeFile(), Map.of());
        long steps = resolved.asGan().steps();
        assertThat(steps).as("about 2.3 s of 10 ms a step").isBetween(180L, 290L);
        assertThat(run.manifest().outcome()).isEqualTo(RunManifest.Outcome.DONE);
        assertThat(run.manifest().steps()).isEqualTo(steps);
        double factor = (double) steps / recipe().asGan().steps();
        assertThat(resolved.asGan().average().halfLife().most()).isEqualTo(800 * factor);
        assertThat(resolved.checkpointEvery()).as("kept, since it was chosen").isEqualTo(1000);
        assertThat(notes).singleElement().asString().contains(steps + " steps of 0.0100 s, as measured");
        assertThat(now.get()).as("within its time").isLessThanOrEqualTo(3000 * MILLISECOND);

        Run again = train(resolved, "again", options());
        String last = String.format("%06d", steps);
        for (String file : new String[] {
            "recipe.yaml",
            "metrics.jsonl",
            "checkpoints/" + last + "/generator.safetensors",
            "checkpoints/" + last + "/generator_ema.safetensors",
            "checkpoints/" + last + "/discriminator_optimizer.safetensors",
            "checkpoints/" + last + "/state.json"
        }) {
            assertThat(again.path().resolve(file))
                    .hasSameBinaryContentAs(run.path().resolve(file));
        }
    }

    @Test
    void onASlowerMachineItStopsInTime() throws IOException {
        slower = 4;
        Run run = train(recipe(), "slower", options().budget(budget(3)));
        long planned = Recipes.read(run.folder().recipeFile(), Map.of()).asGan().steps();
        long done = run.manifest().steps();
        assertThat(done).as("of " + planned).isBetween(planned / 6, planned / 3);
        assertThat(run.manifest().outcome()).isEqualTo(RunManifest.Outcome.INTERRUPTED);
        assertThat(now.get()).isLessThanOrEqualTo(3000 * MILLISECOND);
        assertThat(notes.get(1))
                .isEqualTo("the time is over after step " + done + " of " + planned
                        + ": the machine became slower than it was when the length was set");
        assertThat(Files.exists(run.folder().sampleFile(done))).isTrue();
        // It goes on to the planned length, without a time.
        Run resumed = Run.resume(run.path(), ResumeOptions.DEFAULT, listener);
        assertThat(resumed.manifest().steps()).isEqualTo(planned);
        assertThat(resumed.manifest().outcome()).isEqualTo(RunManifest.Outcome.DONE);
    }

    @Test
    void theTimeHoldsAfterAReturnToAHealthyCheckpoint() {
        slower = 2;
        Recipe collapsing = recipe().with("generatorOptimizer.learningRate", 0.02)
                .with("discriminatorOptimizer.learningRate", 0.0005)
                .with("checkpointEvery", 10);
        List<Remediation> done = new ArrayList<>();
        RunListener told = new RunListener() {
            @Override
            public void onRemediation(Remediation remediation) {
                done.add(remediation);
            }
        };
        RunOptions options = options().budget(budget(8)).diagnosis(new DiagnosisPlan(OnFailure.ROLLBACK, 5));
        Run run;
        try (Dataset data = DataSources.open("ring8", DataOptions.DEFAULT)) {
            run = Run.train(collapsing, data, temp.resolve("returned"), options, listener, told);
        }
        assertThat(done).as("it went back at least once").isNotEmpty();
        assertThat(run.manifest().outcome()).isEqualTo(RunManifest.Outcome.INTERRUPTED);
        assertThat(now.get()).isLessThanOrEqualTo(8000 * MILLISECOND);
    }

    @Test
    void theLastEvaluationIsMadeAtTheDeadlineToo() {
        EvaluationConfig config =
                new EvaluationConfig(Set.of(Metrics.W1), 16, EvaluationConfig.BATCH, Resizing.CLEAN, true, 0);
        EvaluationPlan plan = new EvaluationPlan(30, config, "", "w1", "");
        slower = 3;
        Run run = train(recipe(), "evaluated", options().evaluation(plan).budget(budget(3)));
        assertThat(run.manifest().outcome()).isEqualTo(RunManifest.Outcome.INTERRUPTED);
        assertThat(evaluated).endsWith(run.manifest().steps()).contains(30L);
        assertThat(evaluated).doesNotHaveDuplicates();
    }

    @Test
    void evaluationsScaleWhereNobodySaysHowOften() {
        EvaluationConfig config =
                new EvaluationConfig(Set.of(Metrics.W1), 16, EvaluationConfig.BATCH, Resizing.CLEAN, true, 0);
        Budget given = budget(3);
        Budget scaling = new Budget(given.time(), given.started(), given.clock(), given.kept(), true);
        Run run = train(
                recipe(),
                "scaled",
                options()
                        .evaluation(new EvaluationPlan(1, config, "", "w1", ""))
                        .budget(scaling));
        assertThat(evaluated).hasSize(4).endsWith(run.manifest().steps());
        assertThat(EvaluationPlan.of(run.folder()).map(EvaluationPlan::every))
                .isEqualTo(Optional.of((int) ((run.manifest().steps() + 3) / 4)));
    }

    @Test
    void aTimeThatIsTooShortLeavesNothing() {
        assertThatThrownBy(() -> train(recipe(), "short", options().budget(budget(0.5))))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("are too short");
        assertThat(RunFolder.isRun(temp.resolve("short"))).isFalse();
        assertThat(temp.resolve("short")).doesNotExist();
    }

    @Test
    void slowStepsAreNotMeasuredForLong() {
        tick.set(1000 * MILLISECOND);
        long before = now.get();
        assertThatThrownBy(() -> train(recipe(), "slow", options().budget(budget(4))))
                .isInstanceOf(RequestException.class);
        assertThat(now.get() - before)
                .as("two steps of a second each and a look or two")
                .isLessThan(8_000 * MILLISECOND);
    }
}
