package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.EvaluationRequest;
import org.saddlepoint.recipes.EvaluationRules;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.recipes.Recipe;
import picocli.CommandLine.Option;

/** What is measured and how; shared by {@code evaluate} and {@code train}. */
final class EvaluationOptions {
    private static final int SAMPLES_IN_TRAINING = 2_500;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "M",
            description =
                    "What to measure: fid, kid, is, prdc, modes, w1, swd, mmd, and patch-swd of pictures without an"
                            + " extractor; of samples with classes intra-fid and"
                            + " accuracy; of runs that generate from latents ppl, the perceptual path length; of"
                            + " translations always l1 of pairs and cycle-l1 of cycles (default: fid,kid,is,prdc, and"
                            + " accuracy of runs that ask for classes that the extractor knows; of translations these"
                            + " only with --extractor; of points w1,swd,mmd, and modes where they are known).")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Generated samples, and the most real features in memory (default: as many as there are real"
                    + " examples, at most 10,000; of points and in training 2,500).")
    private @Nullable Integer samples;

    @Option(
            names = "--extractor",
            paramLabel = "E",
            description = "Whose features: " + Extractors.USAGE + " (default: the embedded one for the data).")
    private @Nullable String extractor;

    @Option(
            names = "--resizing",
            paramLabel = "tf1-bilinear|bilinear|clean|own",
            description =
                    "How images get the extractor's size (default: clean for digits, fashion and colour, the extractor's"
                            + " own for the others).")
    private @Nullable String resizing;

    /** Whether anything was asked for. */
    boolean areGiven() {
        return !metrics.isEmpty() || samples != null || extractor != null;
    }

    /**
     * What was asked for.
     *
     * @throws UsageException if a word is unknown
     */
    EvaluationRequest request() {
        if (samples != null && samples < 1) {
            throw new UsageException("--samples must be >= 1 but was " + samples);
        }
        Set<Metric> chosen = new LinkedHashSet<>();
        metrics.forEach(word -> chosen.add(oneOf("--metrics", Metrics.all(), Metric::word, word)));
        Resizing how = resizing == null
                ? null
                : oneOf("--resizing", Arrays.asList(Resizing.values()), Resizing::toString, resizing);
        return new EvaluationRequest(chosen, samples, extractor, how);
    }

    /**
     * What a training evaluates.
     *
     * @param every steps
     * @param learnt what it learns from
     * @param source how that was opened
     * @param bestBy the estimate that decides what is best; null for the usual one
     * @throws UsageException if what was asked for cannot be measured of it
     */
    EvaluationPlan plan(Recipe recipe, int every, Dataset learnt, DataRequest source, @Nullable String bestBy) {
        EvaluationRules rules = recipe.evaluationRules();
        String against = rules.heldOut(source.spec()).orElse("");
        try (Dataset heldOut =
                against.isEmpty() ? null : new DataRequest(against, source.links()).open(recipe.dataOptions())) {
            EvaluationRequest.Resolved asked =
                    request().resolve(rules, heldOut == null ? learnt : heldOut, SAMPLES_IN_TRAINING);
            rules.requireTrainable(asked.config().metrics());
            String decisive = bestBy != null ? bestBy : EvaluationPlan.decisive(rules, asked.config());
            return new EvaluationPlan(every, asked.config(), asked.extractor(), decisive, against);
        } catch (EvaluationException wrong) { // nothing was evaluated yet: it is about the words
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    /** What was asked for, as text that is equal where the same was. */
    String words() {
        return String.join(
                "; ",
                "metrics " + String.join(",", metrics),
                "samples " + (samples == null ? "" : samples),
                "extractor " + (extractor == null ? "" : extractor),
                "resizing " + (resizing == null ? "" : resizing));
    }

    private static <E> E oneOf(String option, List<E> known, Function<E, String> name, String word) {
        return known.stream()
                .filter(each -> name.apply(each).equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new UsageException(option + ": expected one of "
                        + String.join(", ", known.stream().map(name).toList()) + " but was \"" + word + "\""));
    }
}
