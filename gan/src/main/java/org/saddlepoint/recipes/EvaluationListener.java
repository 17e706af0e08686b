package org.saddlepoint.recipes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.training.Checkpoints;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;

/**
 * Evaluates every so many steps and at the end, writes {@code evaluations.jsonl}, and keeps the best checkpoint. It comes
 * before the listener that saves checkpoints, so that none is on disk without the evaluations before it.
 */
public final class EvaluationListener implements TrainingListener {
    private static final String DURING_TRAINING = "training";

    /** An evaluation, kept until all of it is on disk. */
    private static final class Measured {
        private final long step;
        private final List<Measurement> measurements;
        private boolean logged;

        Measured(long step, List<Measurement> measurements) {
            this.step = step;
            this.measurements = measurements;
        }
    }

    private final EvaluationPlan plan;
    private final Evaluation evaluation;
    private final Checkpoints checkpoints;
    private final long totalSteps;
    private final MetricsLog log;
    private final BiConsumer<Long, List<Measurement>> told;
    /** A resumed run calls its data as it did before, wherever it found it. */
    private final String against;

    private long evaluated = -1;
    private @Nullable Measured measured;

    /**
     * Listens to a training; all that is given stays the caller's.
     *
     * @param evaluation of the training
     * @param checkpoints of the training, among which the best one is kept
     * @param totalSteps how long it trains
     * @param log of evaluations, opened after what a resumed run keeps
     * @param told step and results of each evaluation
     * @throws EvaluationException if a metric of the plan cannot be measured here, now and not only at the first time
     */
    public EvaluationListener(
            EvaluationPlan plan,
            Evaluation evaluation,
            Checkpoints checkpoints,
            long totalSteps,
            MetricsLog log,
            BiConsumer<Long, List<Measurement>> told) {
        this.plan = plan;
        this.against = plan.against().isEmpty()
                ? checkpoints.folder().manifest().data().name()
                : evaluation.against();
        this.evaluation = evaluation;
        this.checkpoints = checkpoints;
        this.totalSteps = totalSteps;
        this.log = log;
        this.told = told;
        evaluation.requireMeasurable();
    }

    @Override
    public void onStart(TrainingState state) {
        // The evaluation at the end comes behind the last step's checkpoint, and a process may have been killed in it.
        boolean again = state.step() >= totalSteps && state.step() % plan.every() != 0;
        if (again) {
            log.goBack(state.step() - 1);
        }
        evaluated = again ? -1 : state.step();
        // What is on disk may come from steps behind the checkpoint that training goes on from, and counts all the
        // same.
        OptionalDouble kept = checkpoints.best();
        if (kept.isEmpty() || isBest(kept.getAsDouble(), state)) {
            state.best(kept); // of none, or a damaged one, the next evaluation makes a sound one
        }
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        if (state.step() % plan.every() == 0) {
            evaluate(state);
        }
    }

    @Override
    public void onEnd(TrainingState state) {
        if (evaluated != state.step() && state.step() >= totalSteps) { // who interrupts does not want to wait
            evaluate(state);
        }
    }

    /** Evaluates where a training ends before its last step, unless that step was evaluated. */
    public void conclude(TrainingState state) {
        if (evaluated != state.step()) {
            evaluate(state);
        }
    }

    /** May be called again after a write failed: what is measured or logged already is not done twice. */
    private void evaluate(TrainingState state) {
        Measured current = measured;
        if (current == null || current.step != state.step()) {
            current = new Measured(state.step(), evaluation.measure());
            measured = current;
        }
        if (!current.logged) {
            log.append(rows(current));
            current.logged = true;
            told.accept(current.step, current.measurements);
        }
        log.force();
        OptionalDouble decisive = Measurement.value(current.measurements, plan.bestBy());
        if (decisive.isPresent() && isBest(decisive.getAsDouble(), state)) {
            checkpoints.saveBest(decisive.getAsDouble());
        }
        evaluated = current.step;
        measured = null;
    }

    private List<MetricsRow> rows(Measured current) {
        List<MetricsRow> rows = new ArrayList<>();
        for (Measurement measurement : current.measurements) {
            for (Map<String, Object> values : measurement.rows()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>(values);
                row.put("against", against);
                row.put("when", DURING_TRAINING);
                rows.add(new MetricsRow(current.step, row));
            }
        }
        return rows;
    }

    private boolean isBest(double value, TrainingState state) {
        OptionalDouble before = state.best();
        return before.isEmpty() || plan.isBetter(value, before.getAsDouble());
    }
}
