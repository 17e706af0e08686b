package org.saddlepoint.data.inspection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Classes with far fewer examples than the largest. */
final class UnequalClasses implements Check {
    private static final int UNEQUAL = 10;
    private static final double HARM = 0.05;

    @Override
    public Optional<Finding> of(Survey survey) {
        Map<String, Integer> classes = ClassCounts.of(survey);
        if (classes.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<String, Integer> largest =
                classes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        List<Finding.Affected> rare = classes.entrySet().stream()
                .filter(each -> each.getValue() > 0 && largest.getValue() >= UNEQUAL * each.getValue())
                .sorted(Map.Entry.comparingByValue())
                .map(each -> new Finding.Affected(
                        each.getKey(), String.valueOf(each.getValue()), OptionalInt.empty(), OptionalInt.empty()))
                .toList();
        return Optional.of(new Finding(
                "unequal-classes",
                "classes with at most a tenth of the examples of the largest, " + largest.getKey() + " ("
                        + largest.getValue() + ")",
                classes.size(),
                rare,
                Map.of("largest", largest.getValue()),
                rare.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Advice(
                                HARM * rare.size() / classes.size(),
                                "draw the classes equally often, in recipes with classes",
                                survey.train("conditioning.balancedBatches=true")))));
    }
}
