package org.saddlepoint.recipes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.pairs.PairHalf;
import org.saddlepoint.evaluation.DatasetSource;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Translators;

/**
 * Measures translators in each of their directions.
 *
 * @param lent the translators
 * @param evaluator how
 * @param pairs what is translated, and what it should become
 * @param besideIdentity whether metrics of distributions are measured of the pictures themselves, too, as what needs no
 *     learning
 */
record TranslationEvaluation(Lent lent, Evaluator evaluator, Dataset pairs, boolean besideIdentity)
        implements Evaluation {
    /** Translators for the time of some work; those in training are not touched, since use may change them. */
    @FunctionalInterface
    interface Lent {
        List<Measurement> to(Function<Translators, List<Measurement>> work);
    }

    @Override
    public String against() {
        return pairs.name();
    }

    @Override
    public void requireMeasurable() {
        lent.to(translators -> {
            translators.directions().forEach(direction -> {
                TranslatedSource source = source(translators, direction);
                evaluator.requireMeasurable(source, source.target());
            });
            return List.of();
        });
    }

    @Override
    public List<Measurement> measure() {
        return lent.to(translators -> {
            List<Measurement> measurements = new ArrayList<>();
            translators.directions().forEach(direction -> measurements.add(measure(translators, direction)));
            return measurements;
        });
    }

    private Measurement measure(Translators translators, Direction direction) {
        TranslatedSource source = source(translators, direction);
        PairHalf to = source.target();
        Map<String, Estimate> estimates = new LinkedHashMap<>(evaluator.evaluate(source, to));
        PairHalf from = half(direction);
        Set<Metric> ofDistributions = evaluator.config().metrics().stream()
                .filter(metric -> !TranslationRules.DISTANCES.contains(metric))
                .collect(Collectors.toSet());
        if (besideIdentity
                && !ofDistributions.isEmpty()
                && from.shape().channels() == to.shape().channels()) {
            evaluator
                    .with(evaluator.config().with(ofDistributions))
                    .evaluate(new DatasetSource(from, evaluator.config().seed()), to)
                    .forEach((name, estimate) -> estimates.put(name + "-identity", estimate));
        }
        String word = direction.name().toLowerCase(Locale.ROOT);
        return new Measurement(word + ", " + pairs.name(), word, estimates);
    }

    private TranslatedSource source(Translators translators, Direction direction) {
        long seed = evaluator.config().seed();
        boolean paired = TranslationRules.arePaired(pairs);
        return new TranslatedSource(
                half(direction), half(direction.back()), paired, new Used(translators, direction), seed);
    }

    private PairHalf half(Direction direction) {
        return direction == Direction.A2B ? PairHalf.a(pairs) : PairHalf.b(pairs);
    }

    /**
     * Translators in one direction, as they are used.
     *
     * @param translators which
     * @param direction of the translations that are measured
     */
    record Used(Translators translators, Direction direction) {}
}
