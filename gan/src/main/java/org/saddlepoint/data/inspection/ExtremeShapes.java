package org.saddlepoint.data.inspection;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pictures that are so long that the central square shows less than half of them. */
final class ExtremeShapes implements Check {
    private static final double LONGEST = 2;
    private static final double HARM = 1;

    @Override
    public Optional<Finding> of(Survey survey) {
        List<Survey.Sight> all = survey.sights();
        if (survey.ofPairs() || all.isEmpty()) {
            return Optional.empty();
        }
        List<Finding.Affected> extreme = all.stream()
                .filter(sight -> ratio(sight) > LONGEST)
                .sorted(Comparator.comparingDouble(sight -> -ratio(sight)))
                .map(sight -> survey.affected(sight, sight.traits().file().toString()))
                .toList();
        return Optional.of(new Finding(
                "extreme-shapes",
                "more than twice as long as wide",
                all.size(),
                extreme,
                Map.of(),
                extreme.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Advice.byHand(
                                HARM * extreme.size() / all.size(),
                                "crop " + Survey.counted(extreme.size(), "long picture", "long pictures")
                                        + " to the subject, or leave out what has none"))));
    }

    private static double ratio(Survey.Sight sight) {
        Traits.File file = sight.traits().file();
        return (double) file.longSide() / file.shortSide();
    }
}
