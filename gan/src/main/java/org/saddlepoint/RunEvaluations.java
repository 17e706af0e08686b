package org.saddlepoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.ProgressListener;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.EvaluationListener;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.training.Checkpoints;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;

/** The evaluations of a run in training, if it has a plan for them: data, extractor, log and listener, closed together. */
final class RunEvaluations implements AutoCloseable {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<MetricsLog> logs = new ArrayList<>();
    private final List<EvaluationListener> listeners = new ArrayList<>();

    private RunEvaluations() {}

    /**
     * Goes on after the training's step; the listener is told of each evaluation.
     *
     * @param learnt what the training learns from
     */
    static RunEvaluations of(
            Checkpoints checkpoints, Training training, Recipe recipe, Dataset learnt, RunListener listener) {
        RunEvaluations evaluations = new RunEvaluations();
        Optional<EvaluationPlan> plan = EvaluationPlan.of(checkpoints.folder());
        try {
            plan.ifPresent(found -> evaluations.add(found, checkpoints, training, recipe, learnt, listener));
        } catch (RuntimeException e) {
            evaluations.close();
            throw e;
        }
        return evaluations;
    }

    private void add(
            EvaluationPlan plan,
            Checkpoints checkpoints,
            Training training,
            Recipe recipe,
            Dataset learnt,
            RunListener listener) {
        Links links = checkpoints.folder().manifest().data().place().followLinks() ? Links.ALL : Links.INSIDE;
        Dataset against = plan.against().isEmpty()
                ? learnt
                : keep(new DataRequest(plan.against(), links).open(recipe.dataOptions()));
        @Nullable FeatureExtractor extractor = plan.extractor().isEmpty()
                ? null
                : keep(Extractors.open(plan.extractor(), plan.config().resizing()));
        StatisticsCache cache = StatisticsCache.ofUser(listener::onNote);
        Evaluator evaluator = new Evaluator(plan.config(), extractor, cache, ProgressListener.NONE);
        MetricsLog log = keep(MetricsLog.resume(
                checkpoints.folder().evaluationsFile(), training.state().step()));
        logs.add(log);
        listeners.add(new EvaluationListener(
                plan,
                training.evaluation(evaluator, against),
                checkpoints,
                training.steps(),
                log,
                (step, measurements) -> listener.onEvaluation(step, measurements, plan.bestBy())));
    }

    private <T extends AutoCloseable> T keep(T opened) {
        open.add(0, opened);
        return opened;
    }

    /** Its log, where there are evaluations. */
    List<MetricsLog> logs() {
        return logs;
    }

    List<? extends TrainingListener> listeners() {
        return listeners;
    }

    /** Evaluates where a training ends before its last step. */
    void conclude(TrainingState state) {
        listeners.forEach(each -> each.conclude(state));
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
