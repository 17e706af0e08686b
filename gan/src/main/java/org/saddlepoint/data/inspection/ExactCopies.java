package org.saddlepoint.data.inspection;

import java.util.Optional;

/** Examples whose samples equal those of another. */
final class ExactCopies implements Check {
    @Override
    public Optional<Finding> of(Survey survey) {
        return CopiesFound.of(survey, true, "exact-copies", "exact copies of another", "exact copy", "exact copies");
    }
}
