package org.saddlepoint.recipes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.LatentSource;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Progress;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.models.Latent;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.Checkpoint;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;

/**
 * Evaluates every so many steps and at the end, writes {@code evaluations.jsonl}, and keeps the best checkpoint. It comes
 * before the listener that saves checkpoints, so that none is on disk without the evaluations before it.
 */
public final class EvaluationListener implements TrainingListener {
    private static final String METRIC = "metric";
    private static final String VALUE = "value";
    private static final String DURING_TRAINING = "training";

    private final EvaluationPlan plan;
    private final GanTraining training;
    private final Latent latent;
    private final long totalSteps;
    private final Dataset data;
    private final Evaluator evaluator;
    private final RunFolder folder;
    private final MetricsLog log;
    private final BiConsumer<Long, Map<String, Estimate>> told;
    private long evaluated = -1;
    private @Nullable Double best;

    /**
     * Listens to a training; all that is given stays the caller's.
     *
     * @param data the training data, which samples are compared with
     * @param extractor of the plan, or null for points
     * @param log of evaluations, opened after what a resumed run keeps
     * @param told step and estimates of each evaluation
     * @throws EvaluationException if a metric of the plan cannot be measured here, now and not only at the first time
     */
    public EvaluationListener(
            EvaluationPlan plan,
            GanTraining training,
            Dataset data,
            @Nullable FeatureExtractor extractor,
            StatisticsCache cache,
            RunFolder folder,
            MetricsLog log,
            BiConsumer<Long, Map<String, Estimate>> told) {
        this.plan = plan;
        this.training = training;
        this.latent = training.recipe().latent();
        this.totalSteps = training.recipe().steps();
        this.data = data;
        this.evaluator = new Evaluator(plan.config(), extractor, cache, Progress.NONE);
        this.folder = folder;
        this.log = log;
        this.told = told;
        try (LatentSource source = source()) {
            evaluator.requireMeasurable(source, data);
        }
    }

    @Override
    public void onStart(TrainingState state) {
        evaluated = state.step();
        for (MetricsRow row : MetricsLog.read(folder.evaluationsFile())) {
            if (plan.bestBy().equals(row.values().get(METRIC))
                    && DURING_TRAINING.equals(row.values().get("when"))) {
                row.number(VALUE).ifPresent(this::isBest);
            }
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

    private LatentSource source() {
        return source(
                training.networks(),
                latent,
                "the generator",
                data.shape().dimensions(),
                data.classNames(),
                data,
                plan.seed());
    }

    private void evaluate(TrainingState state) {
        evaluated = state.step();
        Map<String, Estimate> estimates;
        try (LatentSource source = source()) {
            estimates = evaluator.evaluate(source, data);
        }
        estimates.forEach((name, estimate) -> {
            Map<String, Object> row = new LinkedHashMap<>(estimate.values(name));
            row.put("against", data.name());
            row.put("when", DURING_TRAINING);
            log.append(state.step(), row);
        });
        log.force();
        told.accept(state.step(), estimates);
        Estimate decisive = estimates.get(plan.bestBy());
        if (decisive != null && isBest(decisive.value())) {
            Checkpoint.saveBest(folder, training.step(), training.loader(), state);
        }
    }

    /**
     * The finished product's samples: of the moving average if there is one, asked for what the real data is.
     *
     * @param classNames of the generator, where it can be asked for classes
     * @throws EvaluationException if the data does not tell what to ask for
     */
    public static LatentSource source(
            AdversarialPair networks,
            Latent latent,
            String name,
            int[] example,
            List<String> classNames,
            Dataset real,
            long seed) {
        return new LatentSource(
                name,
                example,
                networks.hasAverage() ? "moving average" : "last",
                latent,
                SampleConditions.of(networks.condition(), classNames, real),
                networks::sample,
                seed);
    }

    private boolean isBest(double value) {
        boolean better = best == null || (Metric.largerIsBetter(plan.bestBy()) ? value > best : value < best);
        if (better) {
            best = value;
        }
        return better;
    }
}
