package org.saddlepoint;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.diagnostics.DiagnosisListener;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.diagnostics.History;
import org.saddlepoint.diagnostics.Severity;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.diagnostics.symptoms.Symptoms;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.training.Checkpoints;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;

/** The diagnosis of a run in training: its log, its listener, and what is done about findings. */
final class RunDiagnosis implements AutoCloseable {
    private final OnFailure onFailure;
    private final Checkpoints checkpoints;
    private final Recipe recipe;
    private final RunListener listener;
    private final Optional<MetricsLog> log;
    private final Optional<DiagnosisListener> diagnosis;
    private final int acted;
    private Optional<Episode> failure = Optional.empty();
    private long failedAt;
    private long healthyAt;

    private RunDiagnosis(
            DiagnosisPlan plan, Checkpoints checkpoints, Training training, Recipe recipe, RunListener listener) {
        this.onFailure = plan.onFailure();
        this.checkpoints = checkpoints;
        this.recipe = recipe;
        this.listener = listener;
        this.healthyAt = training.state().step();
        List<MetricsRow> rows = MetricsLog.read(checkpoints.folder().diagnosisFile());
        if (onFailure == OnFailure.OFF && DiagnosisPlan.of(rows).onFailure() == OnFailure.OFF) {
            log = Optional.empty();
            diagnosis = Optional.empty();
            acted = 0;
            return;
        }
        MetricsLog open = MetricsLog.resume(
                checkpoints.folder().diagnosisFile(), training.state().step());
        log = Optional.of(open);
        if (!DiagnosisPlan.of(rows).equals(plan)) {
            open.append(plan.row());
        }
        if (onFailure == OnFailure.OFF) {
            diagnosis = Optional.empty();
            acted = 0;
            return;
        }
        acted = DiagnosisPlan.actions(rows);
        Signals known = History.of(
                training.facts(), rows, MetricsLog.read(checkpoints.folder().metricsFile()));
        DiagnosisListener.Setup setup = new DiagnosisListener.Setup(
                training.probe(checkpoints.folder().manifest().seed()),
                plan.pace(training.steps()),
                open,
                recipe.logEvery(),
                training.loader()::waitedNanos);
        diagnosis = Optional.of(new DiagnosisListener(
                setup, Symptoms.ALL, known.until(training.state().step()), this::found));
    }

    /** Goes on after the training's step; off where the plan of the run is. */
    static RunDiagnosis of(
            DiagnosisPlan plan, Checkpoints checkpoints, Training training, Recipe recipe, RunListener listener) {
        return new RunDiagnosis(plan, checkpoints, training, recipe, listener);
    }

    /** The choice of a run that goes on. */
    static DiagnosisPlan chosen(Checkpoints checkpoints) {
        return DiagnosisPlan.of(MetricsLog.read(checkpoints.folder().diagnosisFile()));
    }

    private void found(long step, Episode episode) {
        listener.onFinding(step, episode);
        Severity least = onFailure == OnFailure.ADAPT ? Severity.WARNING : Severity.FAILED;
        boolean acts =
                onFailure != OnFailure.REPORT && episode.finding().severity().compareTo(least) >= 0;
        if (acts && failure.isEmpty() && (onFailure == OnFailure.STOP || acted < Remediation.MOST)) {
            failure = Optional.of(episode);
            failedAt = step;
        }
    }

    List<TrainingListener> listeners() {
        return diagnosis
                .<List<TrainingListener>>map(each -> List.of(each, new Healthy()))
                .orElse(List.of());
    }

    List<MetricsLog> logs() {
        return log.map(List::of).orElse(List.of());
    }

    /** Whether the run should end after the step it is in. */
    boolean stopRequested() {
        return failure.isPresent();
    }

    /** What was found that ended the training, if that did. */
    Optional<String> story() {
        return failure.map(episode -> "stopped: " + episode.finding().line(failedAt));
    }

    /** What the run does next, where it acts; from the healthy checkpoint, or from where it is. */
    Optional<Remediation> remediation(Recipe begun, long step) {
        if (failure.isEmpty() || onFailure == OnFailure.STOP) {
            return Optional.empty();
        }
        long from = onFailure == OnFailure.ADAPT ? step : healthyAt;
        return Remediation.of(failedAt, from, failure.get(), recipe, begun);
    }

    /** Notes what is done, before the run goes on. */
    void note(Remediation done) {
        log.ifPresent(open -> {
            open.append(DiagnosisPlan.action(done));
            open.force();
        });
    }

    @Override
    public void close() {
        diagnosis.ifPresent(DiagnosisListener::close);
        log.ifPresent(MetricsLog::close);
    }

    /** Keeps the last checkpoint before which nothing was found, for a run that returns to it. */
    private final class Healthy implements TrainingListener {
        @Override
        public void onStart(TrainingState state) {
            if (onFailure == OnFailure.ROLLBACK) {
                checkpoints.saveHealthy();
                healthyAt = state.step();
            }
        }

        @Override
        public void onStep(TrainingState state, StepReport report) {
            if (onFailure == OnFailure.ROLLBACK && state.step() % recipe.checkpointEvery() == 0 && isHealthy()) {
                checkpoints.saveHealthy();
                healthyAt = state.step();
            }
        }

        private boolean isHealthy() {
            return diagnosis
                    .map(each -> each.open().stream()
                            .noneMatch(open -> open.finding().severity() != Severity.ADVICE))
                    .orElse(false);
        }
    }
}
