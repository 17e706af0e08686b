package org.saddlepoint.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.PairHalf;
import org.saddlepoint.data.PairedImages;
import org.saddlepoint.evaluation.DatasetSource;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.recipes.TranslationMeasures;
import org.saddlepoint.recipes.TranslationMeasures.Distance;
import org.saddlepoint.recipes.TranslationRecipe;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Translators;

/** Measures the translators of a run on pairs, or on two kinds of pictures, beside what needs no learning. */
final class TranslationEvaluation {
    private final TranslationRecipe recipe;
    private final Translators translators;
    private final Dataset data;
    private final Reporter reporter;

    TranslationEvaluation(TranslationRecipe recipe, Translators translators, Dataset data, Reporter reporter) {
        this.recipe = recipe;
        this.translators = translators;
        this.data = data;
        this.reporter = reporter;
    }

    /**
     * All measures by name and direction, as names and values for JSON; they are shown, too.
     *
     * @param config of the metrics of distributions
     * @param extractor of their features
     */
    Map<String, Map<String, Object>> measure(EvaluationConfig config, FeatureExtractor extractor) {
        Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
        TranslationMeasures measures =
                new TranslationMeasures(translators, recipe.inference(), new EvaluationProgress(reporter));
        boolean paired = data instanceof PairedImages;
        for (Direction direction : translators.directions()) {
            boolean forth = direction == Direction.A2B;
            PairHalf from = forth ? PairHalf.a(data) : PairHalf.b(data);
            PairHalf to = forth ? PairHalf.b(data) : PairHalf.a(data);
            String word = direction.name().toLowerCase(Locale.ROOT);
            reporter.note(word + ", " + data.name() + ":");
            measures.distances(from, to, paired, direction)
                    .forEach((name, distance) -> add(rows, word, name, distance));
            Evaluator evaluator = new Evaluator(
                    config,
                    extractor,
                    StatisticsCache.in(StatisticsCache.userFolder(), reporter::note),
                    new EvaluationProgress(reporter));
            evaluator
                    .evaluate(measures.source(from, to, direction, config.seed()), to)
                    .forEach((name, estimate) -> add(rows, word, name, estimate));
            if (from.shape().channels() == to.shape().channels()) {
                evaluator
                        .evaluate(new DatasetSource(from, config.seed()), to)
                        .forEach((name, estimate) -> add(rows, word, name + "-identity", estimate));
            }
        }
        return rows;
    }

    private void add(Map<String, Map<String, Object>> rows, String direction, String name, Distance distance) {
        Map<String, Object> row = Reporter.values(
                "metric", name,
                "direction", direction,
                "value", distance.value(),
                "standardError", distance.standardError(),
                "samples", distance.pictures());
        show(
                name,
                distance.value(),
                distance.standardError(),
                distance.pictures() + " pictures, of numbers in [-1, 1]");
        put(rows, direction + " " + name, row);
    }

    private void add(Map<String, Map<String, Object>> rows, String direction, String name, Estimate estimate) {
        Map<String, Object> row = new LinkedHashMap<>(estimate.values(name));
        row.put("direction", direction);
        show(
                name,
                estimate.value(),
                estimate.standardError(),
                estimate.protocol().toString());
        put(rows, direction + " " + name, row);
    }

    private void put(Map<String, Map<String, Object>> rows, String name, Map<String, Object> row) {
        rows.put(name, row);
        if (reporter.json()) {
            reporter.object(row);
        }
    }

    private void show(String name, double value, double error, String how) {
        if (!reporter.json()) {
            reporter.note(String.format(
                    Locale.ROOT, "  %-15s %10s ± %-9s %s", name, Numbers.figures(value), Numbers.figures(error), how));
        }
    }
}
