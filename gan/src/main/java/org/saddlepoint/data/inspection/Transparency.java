package org.saddlepoint.data.inspection;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pictures with transparent pixels, which are put on white. */
final class Transparency implements Check {
    private static final double HARM = 0.001;

    @Override
    public Optional<Finding> of(Survey survey) {
        List<Survey.Sight> all = survey.sights();
        if (survey.ofPairs() || all.isEmpty()) {
            return Optional.empty(); // their files are not asked for it
        }
        List<Finding.Affected> transparent = all.stream()
                .filter(sight -> sight.traits().file().transparent())
                .map(sight -> survey.affected(sight, ""))
                .toList();
        return Optional.of(new Finding(
                "transparent",
                "with transparency, put on white",
                all.size(),
                transparent,
                Map.of(),
                transparent.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Advice.byHand(
                                HARM * transparent.size() / all.size(),
                                "put transparent pictures on another ground yourself if white does not suit them"))));
    }
}
