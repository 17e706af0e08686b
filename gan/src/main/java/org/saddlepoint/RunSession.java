package org.saddlepoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.PreparedData;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.RunData;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHistory;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.training.CheckpointListener;
import org.saddlepoint.training.CheckpointOrigin;
import org.saddlepoint.training.Checkpoints;
import org.saddlepoint.training.MetricsListener;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.Processes;
import org.saddlepoint.training.Rollbacks;
import org.saddlepoint.training.SavedCheckpoint;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.Trainer;
import org.saddlepoint.training.TrainingDivergedException;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.WritePatience;

/** One process's part of a run: from an open run folder to an ended one. */
final class RunSession {
    /** Time from one try of a failing write to the next. */
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final RunFolder folder;
    private final Recipe recipe;
    private final Dataset data;
    private final Duration patience;
    private final RunListener listener;
    private final Deadline deadline;
    private final Optional<DiagnosisPlan> plan;
    private RunManifest manifest;

    /**
     * How a session ended.
     *
     * @param run as it is
     * @param next what the run does about what was found, if anything
     * @param deadline of the whole run, which a session after this one keeps
     */
    record Ended(Run run, Optional<Remediation> next, Deadline deadline) {}

    /**
     * How a run goes on.
     *
     * @param options as the user gave them
     * @param place where the data is now; if empty, what the run says of that stays
     * @param deadline of the whole run
     */
    record GoingOn(ResumeOptions options, Optional<DataRequest> place, Deadline deadline) {}

    private RunSession(
            Run run,
            Recipe recipe,
            Dataset data,
            Duration patience,
            RunListener listener,
            Deadline deadline,
            Optional<DiagnosisPlan> plan) {
        this.folder = run.folder();
        this.manifest = run.manifest();
        this.recipe = recipe;
        this.data = data;
        this.patience = patience;
        this.listener = listener;
        this.deadline = deadline;
        this.plan = plan;
    }

    /** As {@link Run#train}. */
    static Ended begin(Recipe given, Dataset data, Supplier<RunFolder> place, RunOptions asked, RunListener listener) {
        asked.threads().ifPresent(Engine::threads);
        // Data and networks that do not fit each other, or the memory, are refused before anything is on disk.
        PreparedData prepared = given.prepare(data, asked.seed(), listener::onNote);
        RunOptions options = PrecisionChoice.resolve(given, prepared.dataset(), asked, listener);
        MeasuredStart.Resolved resolved = MeasuredStart.resolve(given, prepared.dataset(), options, listener);
        Recipe recipe = resolved.recipe();
        String yaml = Recipes.format(recipe);
        TrainingSetup setup = TrainingSetup.of(options.seed(), options.device(), options.arithmetic())
                .with(options.processes());
        try (Training training = recipe.train(prepared.dataset(), setup)) {
            SharedSetup.announce(setup, recipe, prepared.dataset());
            RunFolder folder = place.get();
            try {
                listener.onFolder(folder);
                try (RunLock lock = RunLock.of(folder.path())) {
                    RunManifest.Data described =
                            prepared.describe(RunData.describe(folder, data, options.dataSource()));
                    RunManifest manifest = manifest(recipe, yaml, described, options);
                    RunSession session = new RunSession(
                            new Run(folder, manifest),
                            recipe,
                            data,
                            options.patience(),
                            listener,
                            Deadline.of(options.budget(), resolved.secondsPerEvaluation()),
                            Optional.of(options.diagnosis()));
                    folder.writeRecipe(yaml);
                    new RunData(folder, manifest.data()).writeFiles(data);
                    prepared.write(folder);
                    folder.writeManifest(manifest);
                    resolved.evaluation().ifPresent(plan -> plan.fromAnywhere().write(folder));
                    RunTensorBoard.begin(folder, options.tensorBoard());
                    return session.train(
                            training, checkpoints(training, folder, yaml), MetricsLog.open(folder.metricsFile()));
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
    }

    private static RunManifest manifest(Recipe recipe, String yaml, RunManifest.Data data, RunOptions options) {
        RunManifest started = RunManifest.start(
                Software.version(),
                new RunManifest.RecipeText(recipe.name(), yaml),
                options.seed(),
                new RunManifest.Execution(
                        options.device().toString(),
                        Engine.threads(),
                        options.arithmetic().toString(),
                        options.processes()
                                .map(several -> several.group().size())
                                .orElse(1),
                        options.processes()
                                .map(Processes::synchronizeStatistics)
                                .orElse(false)),
                data,
                RunManifest.Environment.current("libtorch " + Engine.version()));
        return started.with(started.history().rollingBack(options.onDivergence() == OnDivergence.ROLLBACK));
    }

    /** Goes on from a checkpoint of a run that this process has locked. */
    static Ended resume(Run run, ResumePoint point, Dataset data, GoingOn how, RunListener listener) {
        ResumeOptions options = how.options();
        Optional<DataRequest> place = how.place();
        RunFolder folder = run.folder();
        RunManifest manifest = options.onDivergence()
                .map(chosen ->
                        run.manifest().with(run.manifest().history().rollingBack(chosen == OnDivergence.ROLLBACK)))
                .orElse(run.manifest());
        RunData learnt = new RunData(folder, manifest.data());
        learnt.difference(data).ifPresent(difference -> {
            throw refusal(folder, place.map(DataRequest::spec).orElse(data.name()), difference, options);
        });
        Recipe recipe = point.recipe();
        StepPath checkpoint = point.checkpoint();
        requireStepsToDo(run, point, data);
        Precision precision = Precision.valueOf(manifest.execution().precision().toUpperCase(Locale.ROOT));
        TrainingSetup setup = TrainingSetup.of(manifest.seed(), options.device(), precision)
                .withSingleStream(SavedCheckpoint.open(checkpoint.path()).hasSingleStream())
                .with(options.processes()
                        .map(several -> new Processes(
                                several.group(), manifest.execution().synchronizedStatistics())));
        Dataset prepared = recipe.prepared(data, folder).dataset();
        try (Training training = recipe.train(prepared, setup)) {
            SharedSetup.announce(setup, recipe, prepared);
            String yaml = Recipes.format(recipe);
            Checkpoints checkpoints = checkpoints(training, folder, yaml);
            checkpoints.restore(checkpoint.path());
            folder.cutAfter(checkpoint.step());
            if (!yaml.equals(folder.recipe())) {
                folder.writeRecipe(yaml);
            }
            if (point.changesTraining()) { // so that the run goes on by them should it stop before its next checkpoint
                checkpoints.save();
            }
            RunHistory history = manifest.history()
                    .changed(point.changes())
                    .with(training.state().rollbacks());
            learnt.writeFiles(data);
            place.ifPresent(now -> EvaluationPlan.move(
                    folder, recipe.evaluationRules(), manifest.data().spec(), now));
            RunManifest running = manifest.withRecipe(yaml)
                    .with(place.map(now ->
                                    learnt.moved(data, now, options.dataSource().isPresent()))
                            .orElse(manifest.data()))
                    .with(history)
                    .running(checkpoint.step(), training.state().imagesSeen());
            folder.writeManifest(running);
            RunTensorBoard.begin(folder, options.tensorBoard());
            if (!point.changes().isEmpty()) {
                listener.onChanged(point.changes());
            }
            return new RunSession(
                            new Run(folder, running),
                            recipe,
                            data,
                            options.patience(),
                            listener,
                            how.deadline(),
                            options.onFailure().map(RunDiagnosis.chosen(checkpoints)::onFailure))
                    .train(training, checkpoints, MetricsLog.resume(folder.metricsFile(), checkpoint.step()));
        }
    }

    private static DataException refusal(RunFolder folder, String data, String difference, ResumeOptions options) {
        return new DataException(
                options.dataSource().isPresent()
                        ? data + " is not the data that the run " + folder.path() + " learned from: " + difference
                                + "; give the same data, or begin a new run on this"
                        : "the data " + data + " has changed since the run " + folder.path() + " began: " + difference
                                + "; restore it, tell where it is now with --data NEW, or begin a new run on what it is"
                                + " now");
    }

    private static void requireStepsToDo(Run run, ResumePoint point, Dataset data) {
        long done = point.checkpoint().step();
        long steps = point.recipe().steps(data.size());
        boolean ended = run.manifest().outcome() == RunManifest.Outcome.DONE;
        // A process that was killed behind its last step has samples, curves and evaluations still to make.
        if (done > steps || (done == steps && ended)) {
            throw new RequestException(run.path() + " has done " + done + " of " + steps
                    + " steps already; ask for more in all with --steps");
        }
    }

    private static Checkpoints checkpoints(Training training, RunFolder folder, String yaml) {
        return training.checkpoints(folder, new CheckpointOrigin(Software.version(), yaml));
    }

    private Ended train(Training training, Checkpoints checkpoints, MetricsLog openLog) {
        TrainingState state = training.state();
        listener.onBegin(new RunBegin(folder, manifest, recipe, data, training.description(), state.step()));
        long steps = recipe.steps(data.size());
        try (MetricsLog log = openLog;
                RunTensorBoard tensorBoard = RunTensorBoard.of(folder, recipe, data, state, listener);
                RunEvaluations evaluations = RunEvaluations.of(checkpoints, training, recipe, data, listener);
                RunDiagnosis diagnosis = RunDiagnosis.of(
                        plan.orElseGet(() -> RunDiagnosis.chosen(checkpoints)),
                        checkpoints,
                        training,
                        recipe,
                        listener)) {
            WritePatience patient =
                    new WritePatience(BETWEEN, patience, listener::stopRequested, new RunPauses(listener, BETWEEN));
            List<TrainingListener> listeners = new ArrayList<>();
            listeners.add(new MetricsListener(
                    log, folder, recipe.name() + " on " + manifest.data().name(), recipe.logEvery()));
            listeners.add(training.samples(folder, manifest.data().name(), manifest.seed()));
            listeners.addAll(evaluations.listeners());
            listeners.addAll(diagnosis.listeners());
            listeners.add(new CheckpointListener(
                    checkpoints,
                    log,
                    recipe.checkpointEvery(),
                    manifest.history().rollsBack()));
            listeners.addAll(tensorBoard.listeners());
            listeners.replaceAll(patient::around);
            listeners.add(listener);
            Stopping stopping = new Stopping(() -> listener.stopRequested() || diagnosis.stopRequested(), deadline);
            listeners.add(stopping);
            List<MetricsLog> logs = new ArrayList<>(evaluations.logs());
            logs.addAll(diagnosis.logs());
            logs.add(log);
            Rollbacks rollbacks = new Rollbacks(checkpoints, logs, patient);
            Trainer trainer = training.trainer(listeners);
            stopping.trainer = Optional.of(trainer);
            try {
                runUntil(steps, trainer, state, rollbacks, patient);
                boolean whole = state.step() >= steps;
                if (!whole && deadline.ended()) {
                    listener.onNote(Deadline.story(state.step(), steps));
                    patient.run(() -> evaluations.conclude(state));
                }
                patient.run(() -> end(state, whole ? RunManifest.Outcome.DONE : RunManifest.Outcome.INTERRUPTED));
            } catch (RuntimeException | OutOfMemoryError e) {
                fail(state, e);
                listener.onEnded(ended(training, true));
                throw e;
            }
            Optional<Remediation> next = state.step() >= steps || listener.stopRequested() || deadline.ended()
                    ? Optional.empty()
                    : diagnosis.remediation(recipe, state.step());
            if (next.isPresent()) {
                diagnosis.note(next.get());
            } else {
                diagnosis.story().ifPresent(listener::onNote);
                listener.onEnded(ended(training, false));
            }
            return new Ended(new Run(folder, manifest), next, deadline);
        }
    }

    private RunEnd ended(Training training, boolean failed) {
        return new RunEnd(folder, manifest, data, failed, training.useWith(folder.path()));
    }

    private void runUntil(
            long steps, Trainer trainer, TrainingState state, Rollbacks rollbacks, WritePatience patient) {
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
                patient.run(() -> folder.writeManifest(manifest));
                listener.onRollback(rollback, state.rollbacks().size());
            }
        }
    }

    private void end(TrainingState state, RunManifest.Outcome outcome) {
        manifest = manifest.ended(outcome, state.step(), state.imagesSeen());
        folder.writeManifest(manifest);
    }

    /** Notes the end in the manifest. */
    private void fail(TrainingState state, Throwable failure) {
        RunManifest.Outcome outcome = RunManifest.Outcome.FAILED;
        if (failure instanceof TrainingDivergedException) {
            outcome = RunManifest.Outcome.DIVERGED;
        } else if (failure instanceof RunException && listener.stopRequested()) { // a pause that a stop ended
            outcome = RunManifest.Outcome.INTERRUPTED;
        }
        try {
            end(state, outcome);
        } catch (RunException e) {
            failure.addSuppressed(e); // the disk that made the training fail may refuse the manifest too
        }
    }

    /** The data's name as a part of a file name. */
    static String shortName(Dataset data) {
        String name = data.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return name.substring(0, Math.min(name.length(), 40)).replaceAll("^-|-$", "");
    }

    /** Ends the loop where the listener asks for it, or the time is over. */
    private static final class Stopping implements TrainingListener {
        private final BooleanSupplier asked;
        private final Deadline deadline;
        private Optional<Trainer> trainer = Optional.empty();

        Stopping(BooleanSupplier asked, Deadline deadline) {
            this.asked = asked;
            this.deadline = deadline;
        }

        @Override
        public void onStart(TrainingState state) {
            stop();
        }

        @Override
        public void onStep(TrainingState state, StepReport report) {
            stop();
        }

        private void stop() {
            if (asked.getAsBoolean() || deadline.isOver()) {
                trainer.ifPresent(Trainer::requestStop);
            }
        }
    }
}
