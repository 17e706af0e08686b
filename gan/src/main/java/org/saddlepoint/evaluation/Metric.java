package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be measured, and how the standard error of each is found. */
public enum Metric {
    /**
     * {@link org.saddlepoint.metrics.FrechetDistance}, against the statistics of all real images. Error: the jackknife
     * over {@value Evaluator#GROUPS} groups of generated images, each left out once (Efron 1982); of the real ones none.
     */
    FID(2 * Evaluator.GROUPS, true, "jackknife over groups", "fid"),
    /**
     * {@link org.saddlepoint.metrics.KernelInceptionDistance} over random subsets. Error: their deviation by the root of
     * how many of them fit in the samples side by side, since more overlap.
     */
    KID(4, true, "deviation over subsets", "kid"),
    /** {@link org.saddlepoint.metrics.InceptionScore} over parts of the samples. Error: over the parts. */
    IS(10, true, "deviation over parts", "is"),
    /**
     * {@link org.saddlepoint.metrics.PrecisionRecall} and {@link org.saddlepoint.metrics.DensityCoverage}. Error: of
     * shares, binomial; of density, the deviation over groups of generated images.
     */
    PRDC(
            4 * Evaluator.GROUPS,
            true,
            "binomial; of density, deviation over groups",
            "precision",
            "recall",
            "density",
            "coverage"),
    /**
     * {@link org.saddlepoint.metrics.ModeCoverage}: of mixtures by distance, of images by the extractor's classes. Error:
     * bootstrap of the samples.
     */
    MODES(1, false, "bootstrap", "modes", "high-quality", "reverse-kl"),
    /**
     * {@link org.saddlepoint.metrics.WassersteinDistance#exact}, of at most {@value Evaluator#EXACT_LIMIT} samples. Error
     * of the three distances: the deviation over groups, which are smaller, so it is an estimate from above.
     */
    W1(2 * Evaluator.GROUPS, false, "deviation over groups", "w1"),
    /** {@link org.saddlepoint.metrics.WassersteinDistance#sliced}, of order 2. */
    SWD(2 * Evaluator.GROUPS, false, "deviation over groups", "swd"),
    /** {@link org.saddlepoint.metrics.MaximumMeanDiscrepancy#unbiased}, with the median bandwidth. */
    MMD(2 * Evaluator.GROUPS, false, "deviation over groups", "mmd"),
    /**
     * The mean over all classes of the Fréchet distance between generated and real images of the class, those real ones
     * all (Miyato and Koyama 2018). Error: of each class as {@link #FID}, the classes being independent.
     */
    INTRA_FID(2 * Evaluator.GROUPS, true, "jackknife over groups of each class", "intra-fid"),
    /** {@link org.saddlepoint.metrics.ConditionalAccuracy}, by the extractor's classes. Error: binomial; bootstrap. */
    ACCURACY(1, true, "binomial; of classes covered, bootstrap", "accuracy", "classes-covered");

    private static final Set<String> LARGER_IS_BETTER = Set.of(
            "is", "precision", "recall", "density", "coverage", "modes", "high-quality", "accuracy", "classes-covered");

    private final int minimum;
    private final boolean needsImages;
    private final String error;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> names;

    Metric(int minimum, boolean needsImages, String error, String... names) {
        this.minimum = minimum;
        this.needsImages = needsImages;
        this.error = error;
        this.names = List.of(names);
    }

    /** Under which names its estimates come. */
    public List<String> names() {
        return names;
    }

    /** Whether of two estimates of this name the larger is the better one. */
    public static boolean largerIsBetter(String name) {
        return LARGER_IS_BETTER.contains(name);
    }

    /** How many samples it needs at least, on either side. */
    public int minimum() {
        return minimum;
    }

    /** Whether it is measured on an extractor's features alone; the others also on points. */
    public boolean needsImages() {
        return needsImages;
    }

    /** Whether it is measured class by class, on samples whose classes are known. */
    public boolean needsClasses() {
        return this == INTRA_FID || this == ACCURACY;
    }

    /** How the standard error is found. */
    public String error() {
        return error;
    }

    /** Its word, such as {@code fid}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
