package org.saddlepoint.evaluation;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All metrics that can be asked for by a word. A new one that comes with Saddlepoint is listed here, and inherits the tests of
 * all; those of your own get their word by {@link #register} or, from a jar on the class path, by being named in {@code
 * META-INF/services} of {@link Metric}. Safe for use by several threads.
 */
public final class Metrics {
    /** The Fréchet distance of features: {@link org.saddlepoint.metrics.FrechetDistance}. */
    public static final Metric FID = new FidMetric();
    /** The kernel distance of features: {@link org.saddlepoint.metrics.KernelInceptionDistance}. */
    public static final Metric KID = new KidMetric();
    /** {@link org.saddlepoint.metrics.InceptionScore}. */
    public static final Metric IS = new IsMetric();
    /** {@link org.saddlepoint.metrics.PrecisionRecall} and {@link org.saddlepoint.metrics.DensityCoverage}. */
    public static final Metric PRDC = new PrdcMetric();
    /** {@link org.saddlepoint.metrics.ModeCoverage}. */
    public static final Metric MODES = new ModesMetric();
    /** {@link org.saddlepoint.metrics.WassersteinDistance#exact}. */
    public static final Metric W1 = DistanceMetric.exactWasserstein();
    /** {@link org.saddlepoint.metrics.WassersteinDistance#sliced}, of order 2. */
    public static final Metric SWD = DistanceMetric.slicedWasserstein();
    /** {@link org.saddlepoint.metrics.MaximumMeanDiscrepancy}. */
    public static final Metric MMD = DistanceMetric.meanDiscrepancy();
    /** The sliced Wasserstein distance of patches (Karras et al. 2018), which needs no extractor. */
    public static final Metric PATCH_SWD = new PatchMetric();
    /** The mean of the Fréchet distances of each class. */
    public static final Metric INTRA_FID = new IntraFidMetric();
    /** {@link org.saddlepoint.metrics.ConditionalAccuracy}. */
    public static final Metric ACCURACY = new AccuracyMetric();
    /** {@link org.saddlepoint.metrics.PerceptualPathLength}. */
    public static final Metric PPL = new PplMetric();
    /** The distance of translations from their targets. */
    public static final Metric L1 = new L1Metric();
    /** The distance of pictures from themselves, translated there and back. */
    public static final Metric CYCLE_L1 = new CycleL1Metric();

    /** Those that come with Saddlepoint, in the order in which they are measured and shown. */
    public static final List<Metric> ALL =
            List.of(FID, KID, IS, PRDC, MODES, W1, SWD, MMD, PATCH_SWD, INTRA_FID, ACCURACY, PPL, L1, CYCLE_L1);

    private static final OwnMetrics OWN = new OwnMetrics();

    private Metrics() {}

    /**
     * Lets a metric be asked for by its {@linkplain Metric#word word}, for this process: so a run that measures it can be
     * resumed. Registering an equal one again, such as a record with the same settings, changes nothing.
     *
     * @throws EvaluationException if the word is none or taken, or another metric gives a number of the same name
     */
    public static void register(Metric metric) {
        OWN.add(metric);
    }

    /** {@link #ALL}, and behind them those that were registered, in that order. */
    public static List<Metric> all() {
        return OWN.behind(ALL);
    }

    /** The metric of this word, if there is one. */
    public static Optional<Metric> find(String word) {
        return all().stream().filter(metric -> metric.word().equals(word)).findFirst();
    }

    /** The names of all numbers that these metrics give, in their order. */
    public static List<String> names(Collection<Metric> metrics) {
        return quantities(metrics).map(Quantity::name).toList();
    }

    /** Whether of two estimates of this name, which one of these metrics gives, the larger is the better one. */
    public static boolean largerIsBetter(Collection<Metric> metrics, String name) {
        return quantities(metrics).anyMatch(each -> each.name().equals(name) && each.largerIsBetter());
    }

    private static Stream<Quantity> quantities(Collection<Metric> metrics) {
        return metrics.stream().flatMap(metric -> metric.quantities().stream());
    }

    /** These metrics in the order of {@link #all}, and behind them those that are not listed. */
    static Set<Metric> ordered(Collection<Metric> metrics) {
        List<Metric> all = all();
        List<Metric> sorted = metrics.stream()
                .sorted(Comparator.comparingInt(metric -> all.contains(metric) ? all.indexOf(metric) : all.size()))
                .toList();
        return Collections.unmodifiableSet(new LinkedHashSet<>(sorted));
    }
}
