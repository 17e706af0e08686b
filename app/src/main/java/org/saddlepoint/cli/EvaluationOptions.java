package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.EmbeddedDatasets;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.evaluation.EmbeddedClassifier;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.recipes.ConditioningConfig;
import org.saddlepoint.recipes.Extractors;
import picocli.CommandLine.Option;

/** What is measured and how; shared by {@code evaluate} and {@code train}. */
final class EvaluationOptions {
    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "M",
            description =
                    "What to measure: fid, kid, is, prdc, modes, w1, swd, mmd; of samples with classes intra-fid and"
                            + " accuracy (default: fid,kid,is,prdc, and accuracy of runs that ask for classes that the"
                            + " extractor knows; of points w1,swd,mmd, and modes where they are known).")
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
            description = "How images get the extractor's size (default: clean for digits and fashion, the extractor's"
                    + " own for the others).")
    private @Nullable String resizing;

    /** Checks the words that need no data. */
    void check() {
        if (samples != null && samples < 1) {
            throw new UsageException("--samples must be >= 1 but was " + samples);
        }
        metrics.forEach(EvaluationOptions::metric);
        if (resizing != null) {
            oneOf("--resizing", Resizing.values(), resizing);
        }
    }

    /** Whether anything was asked for. */
    boolean areGiven() {
        return !metrics.isEmpty() || samples != null || extractor != null;
    }

    /**
     * What to measure on this data.
     *
     * @param on what the generator is asked for; nothing where there is none
     */
    Set<Metric> metrics(Dataset real, ConditioningConfig.On on) {
        EnumSet<Metric> chosen = EnumSet.noneOf(Metric.class);
        metrics.forEach(word -> chosen.add(metric(word)));
        if (chosen.isEmpty()) {
            if (isImages(real)) {
                chosen.addAll(EnumSet.of(Metric.FID, Metric.KID, Metric.IS, Metric.PRDC));
                if (on == ConditioningConfig.On.LABELS && knowsClasses(extractor(real), real.classNames())) {
                    chosen.add(Metric.ACCURACY);
                }
                return chosen;
            }
            chosen.addAll(EnumSet.of(Metric.W1, Metric.SWD, Metric.MMD));
            if (real instanceof PointDataset points && points.mixture().isPresent()) {
                chosen.add(Metric.MODES);
            }
        }
        return chosen;
    }

    private static boolean knowsClasses(String word, List<String> classNames) {
        return EmbeddedClassifier.NAMES.contains(word)
                && !classNames.isEmpty()
                && classNames.stream().allMatch(name -> ClassNames.find(EmbeddedDatasets.classNames(word), name)
                        .isPresent());
    }

    /** How many samples, of at most so many. */
    int samples(Dataset real, int most) {
        return samples != null ? samples : Math.min(most, real.size());
    }

    /** The word of the extractor; empty for points. */
    String extractor(Dataset real) {
        if (!isImages(real)) {
            if (extractor != null) {
                throw new UsageException("--extractor: points need none; leave it out");
            }
            return "";
        }
        return extractor != null ? extractor : Extractors.standard(real.name());
    }

    /** How images get the size of the extractor of this word. */
    Resizing resizing(String word) {
        return resizing == null ? Extractors.resizing(word) : oneOf("--resizing", Resizing.values(), resizing);
    }

    static boolean isImages(Dataset data) {
        return data.shape().dimensions().length == 3;
    }

    private static Metric metric(String word) {
        return oneOf("--metrics", Metric.values(), word);
    }

    private static <E extends Enum<E>> E oneOf(String option, E[] known, String word) {
        return Arrays.stream(known)
                .filter(each -> each.toString().equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new UsageException(option + ": expected one of "
                        + Arrays.stream(known).map(Enum::toString).collect(Collectors.joining(", ")) + " but was \""
                        + word + "\""));
    }
}
