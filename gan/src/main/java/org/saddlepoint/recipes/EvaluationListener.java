package org.saddlepoint.recipes;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
import org.saddlepoint.run.Seal;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.Checkpoint;
import org.saddlepoint.training.CheckpointOrigin;
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
        private final Map<String, Estimate> estimates;
        private boolean logged;

        Measured(long step, Map<String, Estimate> estimates) {
            this.step = step;
            this.estimates = estimates;
        }
    }

    private final EvaluationPlan plan;
    private final GanTraining training;
    private final Latent latent;
    private final long totalSteps;
    private final Dataset data;
    private final Evaluator evaluator;
    private final RunFolder folder;
    private final MetricsLog log;
    private final BiConsumer<Long, Map<String, Estimate>> told;
    private final CheckpointOrigin origin;
    private long evaluated = -1;
    private @Nullable Measured measured;

    /**
     * Listens to a training; all that is given stays the caller's.
     *
     * @param origin what the best checkpoint says of where it comes from
     * @param data the training data, which samples are compared with
     * @param extractor of the plan, or null for points
     * @param log of evaluations, opened after what a resumed run keeps
     * @param told step and estimates of each evaluation
     * @throws EvaluationException if a metric of the plan cannot be measured here, now and not only at the first time
     */
    public EvaluationListener(
            EvaluationPlan plan,
            GanTraining training,
            CheckpointOrigin origin,
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
        this.origin = origin;
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
        // The evaluation at the end comes behind the last step's checkpoint, and a process may have been killed in it.
        boolean again = state.step() >= totalSteps && state.step() % plan.every() != 0;
        if (again) {
            log.goBack(state.step() - 1);
        }
        evaluated = again ? -1 : state.step();
        // What is on disk may come from steps behind the checkpoint that training goes on from, and counts all the
        // same.
        OptionalDouble kept = Files.exists(folder.bestCheckpoint())
                        && Seal.damage(folder.bestCheckpoint()).isEmpty()
                ? Checkpoint.best(folder.bestCheckpoint())
                : OptionalDouble.empty();
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

    /** May be called again after a write failed: what is measured or logged already is not done twice. */
    private void evaluate(TrainingState state) {
        Measured current = measured;
        if (current == null || current.step != state.step()) {
            current = measure(state.step());
            measured = current;
        }
        if (!current.logged) {
            log.append(rows(current));
            current.logged = true;
            told.accept(current.step, current.estimates);
        }
        log.force();
        Estimate decisive = current.estimates.get(plan.bestBy());
        if (decisive != null && isBest(decisive.value(), state)) {
            OptionalDouble before = state.best();
            state.best(OptionalDouble.of(decisive.value()));
            try {
                Checkpoint.saveBest(folder, origin, training.step(), training.loader(), state);
            } catch (RuntimeException e) {
                state.best(before);
                throw e;
            }
        }
        evaluated = current.step;
        measured = null;
    }

    private Measured measure(long step) {
        try (LatentSource source = source()) {
            return new Measured(step, evaluator.evaluate(source, data));
        }
    }

    private List<MetricsRow> rows(Measured evaluation) {
        List<MetricsRow> rows = new ArrayList<>();
        evaluation.estimates.forEach((name, estimate) -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(estimate.values(name));
            row.put("against", data.name());
            row.put("when", DURING_TRAINING);
            rows.add(new MetricsRow(evaluation.step, row));
        });
        return rows;
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

    private boolean isBest(double value, TrainingState state) {
        OptionalDouble best = state.best();
        return best.isEmpty()
                || (Metric.largerIsBetter(plan.bestBy()) ? value > best.getAsDouble() : value < best.getAsDouble());
    }
}
