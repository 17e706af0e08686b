package org.saddlepoint.diagnostics;

import java.util.Optional;
import java.util.Set;

/**
 * One way in which a training goes wrong.
 *
 * <ul>
 *   <li>It has no state: the same signals give the same answer, live and afterwards.
 *   <li>It says {@link Severity#FAILED} only where two independent signals agree, or numbers are not finite.
 *   <li>Its thresholds do not depend on the scale of losses, logits or data, so that they hold under every objective.
 * </ul>
 */
public interface Symptom {
    /** Its name in files, such as {@code mode-collapse}. */
    String id();

    /** What it is, in a few words. */
    String title();

    /** Signals, thresholds and their sources, in a sentence or two. */
    String rule();

    /**
     * The signals without which it cannot be seen; empty where losses are enough.
     */
    Set<Signal> needs();

    /** Whether it can be seen in a training of this kind at all. */
    default boolean appliesTo(Facts facts) {
        return true;
    }

    /** Whether the losses alone can show it, where signals are missing. */
    default boolean seesLosses() {
        return false;
    }

    /** What it says of a training now, if anything. */
    Optional<Finding> look(Signals signals);
}
