package org.saddlepoint.data.inspection;

import java.util.Optional;

/** Examples that show the same as another: compressed again, resized, moved by a pixel, or a little brighter. */
final class NearCopies implements Check {
    @Override
    public Optional<Finding> of(Survey survey) {
        return CopiesFound.of(
                survey, false, "near-copies", "near-duplicates of another", "near-duplicate", "near-duplicates");
    }
}
