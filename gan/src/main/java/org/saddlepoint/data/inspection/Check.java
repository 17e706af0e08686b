package org.saddlepoint.data.inspection;

import java.util.Optional;

/** Looks for one fault in pictures that were all looked at. A new check is one class, and one line in {@link Checks}. */
@FunctionalInterface
interface Check {
    /** What was found, if anything; empty if the check makes no sense for this data. */
    Optional<Finding> of(Survey survey);
}
