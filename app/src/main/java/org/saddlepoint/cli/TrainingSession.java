package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.recipes.TranslationRecipe;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHistory;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.training.Checkpoint;
import org.saddlepoint.training.CheckpointListener;
import org.saddlepoint.training.CheckpointOrigin;
import org.saddlepoint.training.MetricsListener;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.Rollbacks;
import org.saddlepoint.training.Trainer;
import org.saddlepoint.training.TrainingDivergedException;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.WritePatience;

/** One process's part of a run: from an open run folder to an ended one. */
final class TrainingSession {
    static final Path RUNS = Path.of("runs");

    private final RunFolder folder;
    private final Recipe recipe;
    private final Dataset dataset;
    private final Reporter reporter;
    private RunManifest manifest;
    private int announcedSkips;

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
            @Nullable EvaluationPlan plan,
            OnDivergence onDivergence,
            Reporter reporter) {
        String yaml = Recipes.format(recipe);
        RunManifest started = RunManifest.start(
                Version.current(),
                recipe.name(),
                yaml,
                seed,
                new RunManifest.Execution(device.toString(), Engine.threads(), precision.toString()),
                new RunManifest.Data(
                        spec,
                        dataset.name(),
                        dataset.fingerprint(),
                        Arrays.stream(dataset.shape().dimensions()).boxed().toList(),
                        dataset.classNames(),
                        dataset.vectorNames()),
                RunManifest.Environment.current("libtorch " + Engine.version()));
        RunManifest manifest = started.with(started.history().rollingBack(onDivergence == OnDivergence.ROLLBACK));
        // Networks that do not fit the data, or the memory, are refused before anything is on disk.
        try (Training training = recipe.train(dataset, seed, device, precision)) {
            RunFolder folder = out == null
                    ? RunFolder.createFresh(RUNS, recipe.name() + "-" + shortName(dataset))
                    : RunFolder.create(out);
            TrainingSession session = new TrainingSession(folder, manifest, recipe, dataset, reporter);
            try {
                try (Interruption interruption = interruption(reporter);
                        RunLock lock = RunLock.of(folder.path())) {
                    folder.writeRecipe(yaml);
                    folder.writeManifest(manifest);
                    if (plan != null) {
                        plan.write(folder);
                    }
                    session.train(training, MetricsLog.open(folder.metricsFile()), interruption);
                }
            } catch (TrainingDivergedException e) {
                throw e;
            } catch (RuntimeException | OutOfMemoryError e) {
                if (training.state().step() == 0) {
                    folder.discard();
                }
                throw e;
            }
        }
        return 0;
    }

    /** Goes on from a checkpoint of a run that this process has locked; answers the exit code. */
    static int resume(
            RunFolder folder,
            RunManifest manifest,
            ResumePoint point,
            Dataset dataset,
            Device device,
            Interruption interruption,
            Reporter reporter) {
        Recipe recipe = point.recipe();
        StepPath checkpoint = point.checkpoint();
        long steps = recipe.steps(dataset.size());
        boolean ended = manifest.outcome() == RunManifest.Outcome.DONE;
        // A process that was killed behind its last step has samples, curves and evaluations still to make.
        if (checkpoint.step() > steps || (checkpoint.step() == steps && ended)) {
            throw new UsageException(folder.path() + " has done " + checkpoint.step() + " of " + steps
                    + " steps already; ask for more in all with --steps");
        }
        Precision precision = Precision.valueOf(manifest.execution().precision().toUpperCase(Locale.ROOT));
        try (Training training = recipe.train(dataset, manifest.seed(), device, precision)) {
            Checkpoint.restore(checkpoint.path(), training.step(), training.loader(), training.state());
            folder.cutAfter(checkpoint.step());
            String yaml = Recipes.format(recipe);
            if (!yaml.equals(folder.recipe())) {
                folder.writeRecipe(yaml);
            }
            if (point.changesTraining()) { // so that the run goes on by them should it stop before its next checkpoint
                Checkpoint.save(
                        folder,
                        new CheckpointOrigin(Version.current(), yaml),
                        training.step(),
                        training.loader(),
                        training.state());
            }
            RunHistory history = manifest.history()
                    .changed(point.changes())
                    .with(training.state().rollbacks());
            RunManifest running = manifest.withRecipe(yaml)
                    .with(history)
                    .running(checkpoint.step(), training.state().imagesSeen());
            folder.writeManifest(running);
            point.changes()
                    .forEach(change -> reporter.note(
                            "changed: " + change.setting() + " from " + change.from() + " to " + change.to()));
            new TrainingSession(folder, running, recipe, dataset, reporter)
                    .train(training, MetricsLog.resume(folder.metricsFile(), checkpoint.step()), interruption);
        }
        return 0;
    }

    /** Tells of a stop that is asked for, and waits for the checkpoint. */
    static Interruption interruption(Reporter reporter) {
        return new Interruption(() -> reporter.note("stopping after this step, with a checkpoint"));
    }

    private void train(Training training, MetricsLog openLog, Interruption interruption) {
        announce(training);
        long steps = recipe.steps(dataset.size());
        CheckpointOrigin origin = new CheckpointOrigin(Version.current(), Recipes.format(recipe));
        try (MetricsLog log = openLog;
                Progress progress = new Progress(reporter, steps, recipe.logEvery());
                Evaluations evaluations = Evaluations.of(folder, training, origin, dataset, progress, reporter)) {
            WritePatience patience = FullDisk.patience(reporter, progress, interruption::asked);
            String title = recipe.name() + " on " + dataset.name();
            List<TrainingListener> listeners = new ArrayList<>();
            listeners.add(new MetricsListener(log, folder, title, recipe.logEvery()));
            listeners.add(training.samples(folder, manifest.seed()));
            listeners.addAll(evaluations.listeners());
            listeners.add(new CheckpointListener(
                    folder,
                    origin,
                    training.step(),
                    training.loader(),
                    log,
                    recipe.checkpointEvery(),
                    manifest.history().rollsBack()));
            listeners.replaceAll(patience::around);
            listeners.add(progress);
            List<MetricsLog> logs = new ArrayList<>(evaluations.logs());
            logs.add(log);
            Rollbacks rollbacks = new Rollbacks(folder, origin, training.step(), training.loader(), logs, patience);
            Trainer trainer = training.trainer(listeners);
            interruption.stopBy(trainer::requestStop);
            try {
                runUntil(steps, trainer, training.state(), rollbacks, patience);
                boolean whole = training.state().step() >= steps;
                patience.run(() -> end(training, whole ? RunManifest.Outcome.DONE : RunManifest.Outcome.INTERRUPTED));
            } catch (RuntimeException | OutOfMemoryError e) {
                fail(training, e, interruption.asked());
                throw e;
            }
            conclude();
        }
    }

    private void runUntil(
            long steps, Trainer trainer, TrainingState state, Rollbacks rollbacks, WritePatience patience) {
        while (true) {
            try {
                trainer.runUntil(steps);
                return;
            } catch (TrainingDivergedException diverged) {
                Rollback rollback = (manifest.history().rollsBack()
                                ? rollbacks.after(diverged, state)
                                : Optional.<Rollback>empty())
                        .orElseThrow(() -> diverged);
                manifest = manifest.with(manifest.history().with(state.rollbacks()))
                        .running(state.step(), state.imagesSeen());
                patience.run(() -> folder.writeManifest(manifest));
                tell(rollback, state.rollbacks().size());
            }
        }
    }

    private void tell(Rollback rollback, int count) {
        reporter.note(String.format(
                Locale.ROOT,
                "training diverged at step %d: %s; going back to step %d, with learning rates times %s (%d of %d times)",
                rollback.divergedAt(),
                rollback.measured(),
                rollback.wentBackTo(),
                rollback.learningRateFactor(),
                count,
                Rollbacks.MOST));
        reporter.event(
                "rollback",
                Reporter.values(
                        "divergedAt",
                        rollback.divergedAt(),
                        "wentBackTo",
                        rollback.wentBackTo(),
                        "learningRateFactor",
                        rollback.learningRateFactor(),
                        "measured",
                        rollback.measured()));
    }

    private void end(Training training, RunManifest.Outcome outcome) {
        manifest = manifest.ended(
                outcome, training.state().step(), training.state().imagesSeen());
        folder.writeManifest(manifest);
    }

    /** Notes the end in the manifest and says what is left; the failure itself is for the caller to show. */
    private void fail(Training training, Throwable failure, boolean stopAsked) {
        RunManifest.Outcome outcome = RunManifest.Outcome.FAILED;
        if (failure instanceof TrainingDivergedException) {
            outcome = RunManifest.Outcome.DIVERGED;
        } else if (failure instanceof RunException && stopAsked) { // a pause on a failing write that a stop ended
            outcome = RunManifest.Outcome.INTERRUPTED;
        }
        try {
            end(training, outcome);
        } catch (RunException e) {
            failure.addSuppressed(e); // the disk that made the training fail may refuse the manifest too
        }
        Optional<StepPath> last = folder.latestCheckpoint();
        last.ifPresent(checkpoint -> reporter.note("the last checkpoint is " + checkpoint.path()));
        Map<String, Object> summary = summary();
        last.ifPresent(checkpoint -> summary.put("checkpoint", checkpoint.path().toString()));
        reporter.event("end", summary);
    }

    private void announce(Training training) {
        reporter.note(String.format(
                Locale.ROOT,
                "%s on %s: %,d examples, %s, seed %d",
                recipe.name(),
                dataset.name(),
                dataset.size(),
                dataset.shape(),
                manifest.seed()));
        reporter.note(String.format(
                Locale.ROOT,
                "%s, %s, %s",
                training.description(),
                manifest.execution().precision(),
                Engine.threads() == 1 ? "1 thread" : Engine.threads() + " threads"));
        String skipped = SkippedSummary.of(dataset);
        announcedSkips = dataset.skipped().size();
        if (!skipped.isEmpty()) {
            reporter.note(skipped);
        }
        long step = training.state().step();
        reporter.note("the run is in " + folder.path() + (step == 0 ? "" : ", and goes on after step " + step));
        reporter.event(
                "start", Reporter.values("run", folder.path().toString(), "recipe", recipe.name(), "step", step));
    }

    private void conclude() {
        Map<String, Object> summary = summary();
        List<StepPath> samples = folder.samples();
        if (dataset.skipped().size() > announcedSkips) {
            reporter.note(SkippedSummary.of(dataset));
        }
        if (manifest.outcome() == RunManifest.Outcome.INTERRUPTED) {
            reporter.note(
                    "interrupted after step " + manifest.steps() + "; go on with: saddlepoint resume " + folder.path());
        }
        PeakMemory.gibibytes().ifPresent(peak -> {
            summary.put("peakMemoryGiB", Math.round(peak * 100) / 100.0);
            reporter.note(String.format(Locale.ROOT, "peak memory %.1f GiB", peak));
        });
        Path losses = folder.path().resolve(MetricsListener.LOSSES);
        if (samples.isEmpty()) {
            reporter.note("look at " + losses);
        } else {
            Path picture = samples.get(samples.size() - 1).path();
            summary.put("samples", picture.toString());
            reporter.note("look at " + picture + " and " + losses);
        }
        reporter.note(
                recipe instanceof TranslationRecipe
                        ? "translate with: saddlepoint translate " + folder.path() + " IN OUT"
                        : "draw more with: saddlepoint sample " + folder.path());
        reporter.event("end", summary);
    }

    private Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("run", folder.path().toString());
        summary.put("outcome", manifest.outcome().name().toLowerCase(Locale.ROOT));
        summary.put("steps", manifest.steps());
        if (!dataset.skipped().isEmpty()) {
            summary.put("skipped", dataset.skipped().stream().map(Skipped::name).toList());
        }
        return summary;
    }

    private static String shortName(Dataset dataset) {
        String name = dataset.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return name.substring(0, Math.min(name.length(), 40)).replaceAll("^-|-$", "");
    }
}
