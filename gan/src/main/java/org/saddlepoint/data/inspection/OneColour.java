package org.saddlepoint.data.inspection;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pictures that are blank, or all of one colour but for a few pixels. */
final class OneColour implements Check {
    private static final float SHARE = 0.99f;
    private static final double HARM = 2;

    @Override
    public Optional<Finding> of(Survey survey) {
        List<Survey.Sight> all = survey.sights();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Finding.Affected> even = all.stream()
                .filter(sight -> sight.traits().evenness() >= SHARE)
                .sorted(Comparator.comparingDouble(sight -> -sight.traits().evenness()))
                .map(sight -> survey.affected(sight, ""))
                .toList();
        return Optional.of(new Finding(
                "one-colour",
                "blank or almost all of one colour",
                all.size(),
                even,
                Map.of(),
                even.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Advice.byHand(
                                HARM * even.size() / all.size(),
                                "look at " + Survey.counted(even.size(), "blank picture", "blank pictures")
                                        + " and remove what is no good"))));
    }
}
