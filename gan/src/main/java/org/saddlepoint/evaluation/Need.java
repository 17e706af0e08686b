package org.saddlepoint.evaluation;

import java.util.function.Function;
import java.util.function.Predicate;

/** What a {@link Metric} is computed from. What several metrics need is gathered once. */
public enum Need {
    /** Means and covariances of features: of all real examples, and of groups of generated samples. */
    STATISTICS(true),
    /** The features themselves, or the points, of at most as many examples of either side as samples are asked for. */
    VECTORS(true),
    /** Patches of the images themselves, of at most as many examples of either side as samples are asked for. */
    PATCHES(false),
    /** What the extractor takes generated samples for. */
    SCORES(true),
    /** Means and covariances of features, class by class, of both sides. */
    CLASS_STATISTICS(true, Need::hasClasses, Need::classesLack),
    /** For each class that was asked for, what the extractor takes its samples for. */
    CLASS_SCORES(true, Need::hasClasses, Need::classesLack),
    /** Real data whose modes are known. */
    MIXTURE(
            false,
            sides -> sides.mixture().isPresent(),
            sides -> "data whose modes are known, such as ring8 or grid25, but "
                    + sides.real().name() + " has none; leave it out of --metrics"),
    /** A generator that can be asked for chosen latents, and features to tell how far its images are apart. */
    LATENT_WALK(
            true,
            sides -> sides.generated().walk().isPresent(),
            sides -> "a generator whose latents can be chosen, but "
                    + sides.generated().name()
                    + " is none; evaluate a run that generates from latents, or leave it out of --metrics"),
    /** Translations whose targets are known. */
    TARGETS(
            false,
            sides -> sides.generated()
                    .translations()
                    .filter(Translations::paired)
                    .isPresent(),
            sides -> "translations with targets, but " + sides.generated().name()
                    + " has none; evaluate a run that translates against pairs, or leave it out of --metrics"),
    /** Translations, and a translator back. */
    WAY_BACK(
            false,
            sides -> sides.generated()
                    .translations()
                    .filter(each -> each.back().isPresent())
                    .isPresent(),
            sides -> "translations both ways, but " + sides.generated().name()
                    + " has none; evaluate a run of a cycle, or leave it out of --metrics");

    private final boolean features;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Predicate<Sides> met;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Sides, String> lacking;

    Need(boolean features) {
        this(features, sides -> true, sides -> "");
    }

    /** @param lacking what is needed, what there is and what to do */
    Need(boolean features, Predicate<Sides> met, Function<Sides, String> lacking) {
        this.features = features;
        this.met = met;
        this.lacking = lacking;
    }

    private static boolean hasClasses(Sides sides) {
        return !sides.generated().classNames().isEmpty();
    }

    private static String classesLack(Sides sides) {
        return "generated samples of known classes, but " + sides.generated().name() + " has none; evaluate a"
                + " conditional run, or pictures in one folder a class, or leave it out of --metrics";
    }

    /** Whether images need an extractor for it. */
    public boolean ofFeatures() {
        return features;
    }

    /** Whether it is of samples whose classes are known. */
    boolean isOfClasses() {
        return this == CLASS_STATISTICS || this == CLASS_SCORES;
    }

    /** Whether the extractor must classify. */
    boolean isOfScores() {
        return this == SCORES || this == CLASS_SCORES;
    }

    /** Whether the samples of the source are drawn for it. */
    boolean isGathered() {
        return this == STATISTICS || this == VECTORS || this == PATCHES || isOfScores() || isOfClasses();
    }

    void require(Metric metric, Sides sides) {
        if (!met.test(sides)) {
            throw new EvaluationException(metric.word() + " needs " + lacking.apply(sides));
        }
    }
}
