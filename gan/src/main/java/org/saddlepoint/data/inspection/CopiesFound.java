package org.saddlepoint.data.inspection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.saddlepoint.data.inspection.DuplicateSearch.Copy;

/** Makes findings of copies; of pairs, a copy equals another one on both sides. */
final class CopiesFound {
    /** A generator memorizes what comes often. */
    private static final double HARM = 2;

    private CopiesFound() {}

    static Optional<Finding> of(Survey survey, boolean exact, String kind, String label, String one, String many) {
        if (survey.sights().isEmpty()) {
            return Optional.empty();
        }
        List<Copy> copies =
                survey.copies().stream().filter(copy -> copy.exact() == exact).toList();
        List<Finding.Affected> affected = copies.stream()
                .map(copy -> new Finding.Affected(
                        survey.pictures().name(copy.index()),
                        "of " + survey.pictures().name(copy.of()),
                        OptionalInt.of(copy.index()),
                        OptionalInt.of(copy.of())))
                .toList();
        long elsewhere = survey.data().classNames().isEmpty()
                ? 0
                : copies.stream()
                        .filter(copy -> !survey.data()
                                .label(copy.index())
                                .equals(survey.data().label(copy.of())))
                        .count();
        return Optional.of(new Finding(
                kind,
                elsewhere == 0 ? label : label + ", " + elsewhere + " in another class",
                survey.intact(),
                affected,
                Map.of("inAnotherClass", elsewhere),
                copies.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Advice(
                                HARM * copies.size() / survey.intact(),
                                "remove " + Survey.counted(copies.size(), one, many),
                                survey.prepare()))));
    }
}
