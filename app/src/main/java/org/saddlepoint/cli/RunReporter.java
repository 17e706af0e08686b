package org.saddlepoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.Remediation;
import org.saddlepoint.RunBegin;
import org.saddlepoint.RunEnd;
import org.saddlepoint.RunListener;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SkippedSummary;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.diagnostics.Finding;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.recipes.Measurement;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHistory;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.training.MetricsListener;
import org.saddlepoint.training.Rollbacks;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingState;

/** Tells the user how a run goes, and ends it where Ctrl-C or TERM asks for that; closed when the run is over. */
final class RunReporter implements RunListener, AutoCloseable {
    /** Where runs go that are given no folder. */
    static final Path RUNS = Path.of("runs");

    /** Someone may look at a terminal some day; a job without one should not occupy its machine for ever. */
    static final Duration PATIENCE = TrainingProgress.TERMINAL ? Duration.ofDays(365) : Duration.ofHours(1);

    /** What {@code --on-divergence} does, for both commands that have it. */
    static final String ON_DIVERGENCE =
            "When a loss, a gradient or a weight becomes infinite or NaN: stop, or go back to"
                    + " the last checkpoint and on with half the learning rates, at most three times";

    /** What {@code --tensorboard} does, for both commands that have it. */
    static final String TENSORBOARD =
            "Also writes event files into the run's folder tensorboard, for tensorboard --logdir.";

    private final Reporter reporter;
    private @Nullable Interruption interruption;
    private @Nullable TrainingProgress progress;
    private int announcedSkips;
    private List<String> opening = List.of();

    RunReporter(Reporter reporter) {
        this.reporter = reporter;
    }

    /** Lines to begin with, once it is certain that the run begins. */
    void openWith(List<String> lines) {
        opening = lines;
    }

    private void open() {
        opening.forEach(reporter::note);
        opening = List.of();
    }

    @Override
    public void onFolder(RunFolder folder) {
        interruption = new Interruption(() -> reporter.note("stopping after this step, with a checkpoint"));
    }

    @Override
    public boolean stopRequested() {
        Interruption open = interruption;
        return open != null && open.asked();
    }

    @Override
    public void onDamaged(CheckpointSearch found) {
        found.story().forEach(reporter::note);
        found.damaged()
                .forEach(each -> reporter.event(
                        "damaged",
                        Reporter.values("checkpoint", each.checkpoint().path().toString(), "reason", each.reason())));
    }

    @Override
    public void onChanged(List<RunHistory.Change> changes) {
        changes.forEach(change ->
                reporter.note("changed: " + change.setting() + " from " + change.from() + " to " + change.to()));
    }

    @Override
    public void onBegin(RunBegin begin) {
        open();
        progress = new TrainingProgress(
                reporter,
                begin.recipe().steps(begin.data().size()),
                begin.recipe().logEvery());
        reporter.note(String.format(
                Locale.ROOT,
                "%s on %s: %,d examples, %s, seed %d",
                begin.recipe().name(),
                begin.data().name(),
                begin.data().size(),
                begin.data().shape(),
                begin.manifest().seed()));
        reporter.note(String.format(
                Locale.ROOT,
                "%s, %s, %s",
                begin.networks(),
                begin.manifest().execution().precision(),
                Engine.threads() == 1 ? "1 thread" : Engine.threads() + " threads"));
        begin.data().notes().forEach(reporter::note);
        String skipped = SkippedSummary.of(begin.data().name(), begin.data().skipped());
        announcedSkips = begin.data().skipped().size();
        if (!skipped.isEmpty()) {
            reporter.note(skipped);
        }
        Path run = begin.folder().path();
        reporter.note("the run is in " + run + (begin.step() == 0 ? "" : ", and goes on after step " + begin.step()));
        if (Files.isDirectory(begin.folder().tensorBoardFolder())) {
            reporter.note("watch it with: tensorboard --logdir "
                    + ShellWord.quote(begin.folder().tensorBoardFolder().toString()));
        }
        reporter.event(
                "start",
                Reporter.values("run", run.toString(), "recipe", begin.recipe().name(), "step", begin.step()));
    }

    @Override
    public void onNote(String line) {
        open();
        reporter.note(line);
    }

    @Override
    public void onStart(TrainingState state) {
        progress().onStart(state);
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        progress().onStep(state, report);
    }

    @Override
    public void onFailure(TrainingState state, RuntimeException failure) {
        progress().onFailure(state, failure);
    }

    @Override
    public void onEnd(TrainingState state) {
        progress().onEnd(state);
    }

    private TrainingProgress progress() {
        TrainingProgress shown = progress;
        if (shown == null) {
            throw new IllegalStateException("the run has not begun");
        }
        return shown;
    }

    @Override
    public void onEvaluation(long step, List<Measurement> measurements, String bestBy) {
        Measurement.value(measurements, bestBy)
                .ifPresent(value -> progress().evaluated(bestBy + " " + Numbers.figures(value)));
        for (Measurement measurement : measurements) {
            for (Map<String, Object> row : measurement.rows()) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("step", step);
                values.putAll(row);
                reporter.event("evaluation", values);
            }
        }
    }

    @Override
    public void onRollback(Rollback rollback, int count) {
        reporter.note(String.format(
                Locale.ROOT,
                "training diverged at step %d: %s; going back to step %d, with learning rates times %s (%d of %d"
                        + " times)",
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

    @Override
    public void onFinding(long step, Episode episode) {
        Finding finding = episode.finding();
        reporter.note(finding.line(step));
        progress().found(finding.symptom());
        reporter.event(
                "finding",
                Reporter.values(
                        "step", step,
                        "symptom", finding.symptom(),
                        "severity", finding.severity().word(),
                        "since", finding.since(),
                        "line", finding.line(step)));
    }

    @Override
    public void onRemediation(Remediation done) {
        reporter.note(done.line());
        reporter.event(
                "remediation",
                Reporter.values("step", done.from(), "symptom", done.symptom(), "settings", done.settings()));
    }

    @Override
    public void onPause(String reason, Duration between) {
        progress().paused();
        reporter.note("paused: " + reason + "; make room, or mend it: this is tried again every " + between.toSeconds()
                + " s, and training then goes on; Ctrl-C ends it, at the last checkpoint");
        reporter.event("paused", Reporter.values("reason", reason));
    }

    @Override
    public void onGoesOn(Duration waited) {
        reporter.note("going on after a pause of " + TrainingProgress.duration(waited.toSeconds()));
        reporter.event("goesOn", Reporter.values("seconds", waited.toSeconds()));
    }

    @Override
    public void onEnded(RunEnd end) {
        Map<String, Object> summary = summary(end);
        if (end.failed()) {
            Optional<StepPath> last = end.folder().latestCheckpoint();
            last.ifPresent(checkpoint -> {
                reporter.note("the last checkpoint is " + checkpoint.path());
                summary.put("checkpoint", checkpoint.path().toString());
            });
        } else {
            conclude(end, summary);
        }
        reporter.event("end", summary);
    }

    private void conclude(RunEnd end, Map<String, Object> summary) {
        Path run = end.folder().path();
        List<StepPath> samples = end.folder().samples();
        if (end.data().skipped().size() > announcedSkips) {
            reporter.note(SkippedSummary.of(end.data().name(), end.data().skipped()));
        }
        if (end.manifest().outcome() == RunManifest.Outcome.INTERRUPTED) {
            reporter.note("interrupted after step " + end.manifest().steps() + "; go on with: saddlepoint resume "
                    + ShellWord.quote(run));
        }
        PeakMemory.gibibytes().ifPresent(peak -> {
            summary.put("peakMemoryGiB", Math.round(peak * 100) / 100.0);
            reporter.note(String.format(Locale.ROOT, "peak memory %.1f GiB", peak));
        });
        Path losses = run.resolve(MetricsListener.LOSSES);
        if (samples.isEmpty()) {
            reporter.note("look at " + losses);
        } else {
            Path picture = samples.get(samples.size() - 1).path();
            summary.put("samples", picture.toString());
            reporter.note("look at " + picture + " and " + losses);
        }
        reporter.note(end.useWith());
    }

    private static Map<String, Object> summary(RunEnd end) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("run", end.folder().path().toString());
        summary.put("outcome", end.manifest().outcome().name().toLowerCase(Locale.ROOT));
        summary.put("steps", end.manifest().steps());
        List<String> faults = end.data().faults().stream().map(Skipped::name).toList();
        if (!faults.isEmpty()) {
            summary.put("skipped", faults);
        }
        return summary;
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
        if (interruption != null) {
            interruption.close();
        }
    }
}
