package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be measured: which numbers it gives, what it needs, and how they are computed.
 *
 * <ul>
 *   <li>It has no state: an evaluation may be repeated, and gives the same numbers.
 *   <li>It never passes over the samples itself. What it {@linkplain #ofImages needs} is gathered in one pass for all metrics.
 *   <li>Randomness comes from {@link Observations#random} or from the seed of the configuration.
 *   <li>Every number comes with its standard error; how that is found is part of the protocol.
 * </ul>
 *
 * A metric is one class and one line: in {@link Metrics} where it comes with Saddlepoint, and the laws that all of them fulfil
 * are tests of that list; {@link Metrics#register} where it is yours.
 */
public interface Metric {
    /** Its word on the command line, such as {@code fid}. */
    String word();

    /** The numbers it gives, in their order; some may be left out where they are not known. */
    List<Quantity> quantities();

    /** How many samples it needs at least, on either side. */
    int minimum();

    /** How the standard errors are found, in a few words. */
    String error();

    /** Settings of its own that two numbers must share to be compared, in a few words; empty where there are none. */
    default String settings() {
        return "";
    }

    /** What it needs of images; nothing where it cannot be measured on them. */
    Set<Need> ofImages();

    /** What it needs of points; nothing where it cannot be measured on them. */
    default Set<Need> ofPoints() {
        return Set.of();
    }

    /** Whether it needs samples whose classes are known. */
    default boolean needsClasses() {
        return ofImages().stream().anyMatch(Need::isOfClasses);
    }

    /**
     * Refuses, before a sample is drawn, what cannot be measured.
     *
     * @throws EvaluationException if the samples or the real data lack what is needed; says what to do
     */
    default void requireMeasurable(Sides sides) {
        sides.needs(this).forEach(need -> need.require(this, sides));
    }

    /** The estimates by the names of its {@link #quantities}. */
    Map<String, Estimate> measure(Observations seen);
}
