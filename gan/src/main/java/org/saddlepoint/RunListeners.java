package org.saddlepoint;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.recipes.Measurement;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHistory;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingState;

/** Several listeners as one, told in their order. */
final class RunListeners implements RunListener {
    private final List<RunListener> all;

    RunListeners(List<RunListener> all) {
        this.all = List.copyOf(all);
    }

    private void each(Consumer<RunListener> telling) {
        all.forEach(telling);
    }

    @Override
    public void onFolder(RunFolder folder) {
        each(one -> one.onFolder(folder));
    }

    @Override
    public void onDamaged(CheckpointSearch found) {
        each(one -> one.onDamaged(found));
    }

    @Override
    public void onChanged(List<RunHistory.Change> changes) {
        each(one -> one.onChanged(changes));
    }

    @Override
    public void onBegin(RunBegin begin) {
        each(one -> one.onBegin(begin));
    }

    @Override
    public void onNote(String line) {
        each(one -> one.onNote(line));
    }

    @Override
    public void onEvaluation(long step, List<Measurement> measurements, String bestBy) {
        each(one -> one.onEvaluation(step, measurements, bestBy));
    }

    @Override
    public void onRollback(Rollback rollback, int count) {
        each(one -> one.onRollback(rollback, count));
    }

    @Override
    public void onFinding(long step, Episode episode) {
        each(one -> one.onFinding(step, episode));
    }

    @Override
    public void onRemediation(Remediation done) {
        each(one -> one.onRemediation(done));
    }

    @Override
    public void onPause(String reason, Duration between) {
        each(one -> one.onPause(reason, between));
    }

    @Override
    public void onGoesOn(Duration waited) {
        each(one -> one.onGoesOn(waited));
    }

    @Override
    public void onEnded(RunEnd end) {
        each(one -> one.onEnded(end));
    }

    @Override
    public boolean stopRequested() {
        return all.stream().anyMatch(RunListener::stopRequested);
    }

    @Override
    public void onStart(TrainingState state) {
        each(one -> one.onStart(state));
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        each(one -> one.onStep(state, report));
    }

    @Override
    public void onFailure(TrainingState state, RuntimeException failure) {
        each(one -> one.onFailure(state, failure));
    }

    @Override
    public void onEnd(TrainingState state) {
        each(one -> one.onEnd(state));
    }
}
