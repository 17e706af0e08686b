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
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeLength;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.training.TrainingSetup;

/**
 * Sets the length of a training by its speed: trains a moment on networks that are thrown away, measures, and resolves recipe
 * and evaluations once. What is trained then depends on the resolved recipe alone, so that the run repeats from its
 * {@code recipe.yaml}.
 */
final class MeasuredStart {
    /** Steps that are not measured, in which the engine prepares itself. */
    private static final int WARM_UP = 3;

    private static final int MEASURED = 5;

    /** Of the whole budget, the share for the measurement, and the most seconds for it. */
    private static final double SHARE = 0.04;

    private static final double MOST_SECONDS = 10;

    /** Where steps are so slow that even a few take long, the measurement ends after this share of the budget. */
    private static final double LARGEST_SHARE = 0.2;

    private static final double SECONDS_BETWEEN_CHECKPOINTS = 120;

    private MeasuredStart() {}

    /**
     * A recipe of the planned length, and when it is evaluated.
     *
     * @param recipe with all numbers resolved
     * @param evaluation with the steps between evaluations resolved
     * @param secondsPerEvaluation as measured; 0 where nothing is evaluated or measured
     */
    record Resolved(Recipe recipe, Optional<EvaluationPlan> evaluation, double secondsPerEvaluation) {}

    /**
     * Resolves; without a budget all is as it was.
     *
     * @throws RequestException if the budget is too short
     */
    static Resolved resolve(Recipe recipe, Dataset data, RunOptions options, RunListener listener) {
        Budget budget = options.budget().orElse(null);
        if (budget == null) {
            return new Resolved(recipe, options.evaluation(), 0);
        }
        BudgetPlan.Speed speed;
        TrainingSetup setup = TrainingSetup.of(options.seed(), options.device(), options.arithmetic());
        try (Training trial = recipe.train(data, setup)) {
            double step = secondsPerStep(trial, budget);
            double evaluation = options.evaluation().isPresent()
                    ? secondsPerEvaluation(
                            trial, recipe, data, options, options.evaluation().get(), budget)
                    : 0;
            speed = new BudgetPlan.Speed(step, evaluation);
        }
        int every = budget.scalesEvaluations()
                ? 0
                : options.evaluation().map(EvaluationPlan::every).orElse(0);
        BudgetPlan plan = BudgetPlan.of(budget, budget.left(), speed, every);
        listener.onNote(plan.describe(budget));
        long betweenCheckpoints = (long) Math.max(1, SECONDS_BETWEEN_CHECKPOINTS / speed.secondsPerStep());
        return new Resolved(
                RecipeLength.of(recipe, plan.steps(), data.size(), betweenCheckpoints, budget.kept()),
                options.evaluation().map(plan::applied),
                speed.secondsPerEvaluation());
    }

    /**
     * The mean of the later half of some steps, since the engine and the compiler of Java make the first ones slow; a mean, since
     * some steps do what others leave out. At least one step is taken and measured.
     */
    private static double secondsPerStep(Training trial, Budget budget) {
        double share = Math.min(MOST_SECONDS, SHARE * budget.seconds());
        List<Double> ends = new ArrayList<>(List.of(budget.elapsed()));
        double past = 0;
        while (past <= LARGEST_SHARE * budget.seconds() && (ends.size() <= WARM_UP + MEASURED || past < share)) {
            trial.trainer(List.of()).runUntil(ends.size());
            ends.add(budget.elapsed());
            past = ends.get(ends.size() - 1) - ends.get(0);
        }
        int last = ends.size() - 1;
        int first = last <= WARM_UP ? 0 : Math.max(WARM_UP, last / 2);
        return Math.max(1e-9, (ends.get(last) - ends.get(first)) / (last - first));
    }

    private static double secondsPerEvaluation(
            Training trial, Recipe recipe, Dataset data, RunOptions options, EvaluationPlan plan, Budget budget) {
        Links links = options.dataSource().map(DataRequest::links).orElse(Links.INSIDE);
        double begin = budget.elapsed();
        try (@Nullable Dataset other = plan.against().isEmpty()
                                ? null
                                : new DataRequest(plan.against(), links).open(recipe.dataOptions());
                @Nullable FeatureExtractor extractor = plan.extractor().isEmpty()
                                ? null
                                : Extractors.open(
                                        plan.extractor(), plan.config().resizing())) {
            Evaluator evaluator =
                    new Evaluator(plan.config(), extractor, StatisticsCache.ofUser(line -> {}), ProgressListener.NONE);
            trial.evaluation(evaluator, other == null ? data : other).measure();
        }
        return Math.max(1e-9, budget.elapsed() - begin);
    }
}
