package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.training.Checkpoint;
import org.saddlepoint.training.CheckpointListener;
import org.saddlepoint.training.MetricsListener;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.SampleListener;
import org.saddlepoint.training.Trainer;
import org.saddlepoint.training.TrainingDivergedException;

/** One process's part of a run: from an open run folder to an ended one. */
final class TrainingSession {
    private static final Path RUNS = Path.of("runs");

    private final RunFolder folder;
    private final Recipe recipe;
    private final Dataset dataset;
    private final Reporter reporter;
    private RunManifest manifest;

    private TrainingSession(RunFolder folder, RunManifest manifest, Recipe recipe, Dataset dataset, Reporter reporter) {
        this.folder = folder;
        this.manifest = manifest;
        this.recipe = recipe;
        this.dataset = dataset;
        this.reporter = reporter;
    }

    /** Begins a run in this folder, or in a new one below {@code runs/}, and trains; answers the exit code. */
    static int begin(
            Recipe recipe,
            String spec,
            Dataset dataset,
            long seed,
            Device device,
            Precision precision,
            @Nullable Path out,
            Reporter reporter) {
        String yaml = Recipes.format(recipe);
        RunManifest manifest = RunManifest.start(
                Version.current(),
                recipe.name(),
                yaml,
                seed,
                new RunManifest.Execution(device.toString(), Engine.threads(), precision.toString()),
                new RunManifest.Data(
                        spec,
                        dataset.name(),
                        dataset.fingerprint(),
                        Arrays.stream(dataset.shape().dimensions()).boxed().toList()),
                RunManifest.Environment.current("libtorch " + Engine.version()));
        // Networks that do not fit the data, or the memory, are refused before anything is on disk.
        try (GanTraining training = new GanTraining(recipe, dataset, seed, device, precision)) {
            RunFolder folder = out == null
                    ? RunFolder.createFresh(RUNS, recipe.name() + "-" + shortName(dataset))
                    : RunFolder.create(out);
            folder.writeRecipe(yaml);
            folder.writeManifest(manifest);
            return new TrainingSession(folder, manifest, recipe, dataset, reporter)
                    .train(training, MetricsLog.open(folder.metricsFile()));
        }
    }

    /** Goes on from the last checkpoint of a run, with its seed and precision; answers the exit code. */
    static int resume(
            RunFolder folder, RunManifest manifest, Recipe recipe, Dataset dataset, Device device, Reporter reporter) {
        Precision precision = Precision.valueOf(manifest.execution().precision().toUpperCase(Locale.ROOT));
        StepPath checkpoint = folder.latestCheckpoint()
                .orElseThrow(() -> new RunException(
                        folder.path() + " holds no checkpoint yet; begin again with train and another --out"));
        try (GanTraining training = new GanTraining(recipe, dataset, manifest.seed(), device, precision)) {
            Checkpoint.restore(checkpoint.path(), training.step(), training.loader(), training.state());
            if (checkpoint.step() >= recipe.steps()) {
                throw new RunException(folder.path() + " has done " + checkpoint.step() + " of " + recipe.steps()
                        + " steps already; ask for more in all with --steps");
            }
            return new TrainingSession(folder, manifest, recipe, dataset, reporter)
                    .train(training, MetricsLog.resume(folder.metricsFile(), checkpoint.step()));
        }
    }

    private int train(GanTraining training, MetricsLog openLog) {
        announce(training);
        long seed = manifest.seed();
        RunManifest.Outcome outcome = RunManifest.Outcome.FAILED;
        try (MetricsLog log = openLog;
                Progress progress = new Progress(reporter, recipe.steps(), recipe.logEvery())) {
            String title = recipe.name() + " on " + dataset.name();
            Trainer trainer = training.trainer(List.of(
                    new MetricsListener(log, folder, title, recipe.logEvery()),
                    new SampleListener(
                            training.networks(), recipe.latent(), dataset, folder, seed, recipe.sampleEvery()),
                    new CheckpointListener(folder, training.step(), training.loader(), log, recipe.checkpointEvery()),
                    progress));
            try (Interruption interruption = new Interruption(trainer::requestStop)) {
                try {
                    trainer.runUntil(recipe.steps());
                    outcome = trainer.stopRequested() ? RunManifest.Outcome.INTERRUPTED : RunManifest.Outcome.DONE;
                } catch (TrainingDivergedException e) {
                    outcome = RunManifest.Outcome.DIVERGED;
                    throw e;
                } finally {
                    manifest = manifest.ended(
                            outcome, training.state().step(), training.state().imagesSeen());
                    folder.writeManifest(manifest);
                }
                conclude();
            }
        }
        return 0;
    }

    private void announce(GanTraining training) {
        long generator = training.networks().generator().parameterCount();
        long discriminator = training.networks().discriminator().parameterCount();
        reporter.note(String.format(
                Locale.ROOT,
                "%s on %s: %,d examples of %s, seed %d",
                recipe.name(),
                dataset.name(),
                dataset.size(),
                dataset.shape(),
                manifest.seed()));
        reporter.note(String.format(
                Locale.ROOT,
                "generator %,d weights, discriminator %,d, batch %d, %s on %d threads",
                generator,
                discriminator,
                recipe.batchSize(),
                manifest.execution().precision(),
                Engine.threads()));
        if (!dataset.skipped().isEmpty()) {
            reporter.note(dataset.skipped().size() + " damaged files are left out, the first is "
                    + dataset.skipped().get(0));
        }
        reporter.note("the run is in " + folder.path());
        reporter.event("start", Map.of("run", folder.path().toString(), "recipe", recipe.name()));
    }

    private void conclude() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("run", folder.path().toString());
        summary.put("outcome", manifest.outcome().name().toLowerCase(Locale.ROOT));
        summary.put("steps", manifest.steps());
        List<StepPath> samples = folder.samples();
        if (manifest.outcome() == RunManifest.Outcome.INTERRUPTED) {
            reporter.note(
                    "interrupted after step " + manifest.steps() + "; go on with: saddlepoint resume " + folder.path());
        }
        if (!samples.isEmpty()) {
            Path picture = samples.get(samples.size() - 1).path();
            summary.put("samples", picture.toString());
            reporter.note("look at " + picture + " and " + folder.path().resolve(MetricsListener.LOSSES));
            reporter.note("draw more with: saddlepoint sample " + folder.path());
        }
        if (!dataset.skipped().isEmpty()) {
            summary.put("skipped", dataset.skipped().size());
        }
        reporter.event("end", summary);
    }

    private static String shortName(Dataset dataset) {
        String name = dataset.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return name.substring(0, Math.min(name.length(), 40)).replaceAll("^-|-$", "");
    }
}
