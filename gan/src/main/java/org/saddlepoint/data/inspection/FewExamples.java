package org.saddlepoint.data.inspection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Classes with so few examples that a generator can only repeat them. */
final class FewExamples implements Check {
    private static final int FEWEST = 2;
    private static final double HARM = 0.1;

    @Override
    public Optional<Finding> of(Survey survey) {
        Map<String, Integer> classes = ClassCounts.of(survey);
        if (classes.isEmpty()) {
            return Optional.empty();
        }
        List<Finding.Affected> few = classes.entrySet().stream()
                .filter(each -> each.getValue() < FEWEST)
                .map(each -> new Finding.Affected(
                        each.getKey(), String.valueOf(each.getValue()), OptionalInt.empty(), OptionalInt.empty()))
                .toList();
        return Optional.of(new Finding(
                "few-examples",
                "classes with fewer than " + FEWEST + " examples",
                classes.size(),
                few,
                Map.of(),
                few.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Advice.byHand(
                                HARM * few.size() / classes.size(),
                                "add examples to " + Survey.counted(few.size(), "class", "classes")
                                        + " or remove them, since a generator can only repeat what is there"))));
    }
}
