package org.saddlepoint.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.recipes.EvaluationListener;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.training.CheckpointOrigin;
import org.saddlepoint.training.TrainingListener;

/** The evaluations of a run in training, if it has a plan for them: listener, log and extractor, closed together. */
final class Evaluations implements AutoCloseable {
    private final @Nullable FeatureExtractor extractor;
    private final @Nullable MetricsLog log;
    private final List<TrainingListener> listeners;

    private Evaluations(
            @Nullable FeatureExtractor extractor, @Nullable MetricsLog log, List<TrainingListener> listeners) {
        this.extractor = extractor;
        this.log = log;
        this.listeners = listeners;
    }

    /** Goes on after the training's step; the shown progress tells of each evaluation. */
    static Evaluations of(
            RunFolder folder,
            Training training,
            CheckpointOrigin origin,
            Dataset data,
            Progress progress,
            Reporter reporter) {
        Optional<EvaluationPlan> found = EvaluationPlan.of(folder);
        if (found.isEmpty() || !(training instanceof GanTraining gan)) {
            return new Evaluations(null, null, List.of());
        }
        EvaluationPlan plan = found.get();
        FeatureExtractor extractor =
                plan.extractor().isEmpty() ? null : Extractors.open(plan.extractor(), plan.resizing());
        MetricsLog log =
                MetricsLog.resume(folder.evaluationsFile(), training.state().step());
        EvaluationListener listener = new EvaluationListener(
                plan,
                gan,
                origin,
                data,
                extractor,
                StatisticsCache.in(StatisticsCache.userFolder(), reporter::note),
                folder,
                log,
                (step, estimates) -> tell(step, estimates, plan.bestBy(), progress, reporter));
        return new Evaluations(extractor, log, List.of(listener));
    }

    private static void tell(
            long step, Map<String, Estimate> estimates, String decisive, Progress progress, Reporter reporter) {
        Estimate shown = estimates.get(decisive);
        if (shown != null) {
            progress.evaluated(decisive + " " + Numbers.figures(shown.value()));
        }
        estimates.forEach((name, estimate) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("step", step);
            values.putAll(estimate.values(name));
            reporter.event("evaluation", values);
        });
    }

    /** Its log, where there are evaluations. */
    List<MetricsLog> logs() {
        return log == null ? List.of() : List.of(log);
    }

    List<TrainingListener> listeners() {
        return listeners;
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
        if (extractor != null) {
            extractor.close();
        }
    }
}
