package org.saddlepoint.data.inspection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Files that are damaged or were left out for another reason, which the data set itself tells ({@code Dataset.faults}). */
final class LeftOut implements Check {
    private static final double HARM = 0.5;

    @Override
    public Optional<Finding> of(Survey survey) {
        List<Finding.Affected> files = survey.data().faults().stream()
                .map(file -> new Finding.Affected(file.name(), "", OptionalInt.empty(), OptionalInt.empty()))
                .toList();
        int all = survey.files();
        return Optional.of(new Finding(
                "left-out",
                "files left out, damaged or unsuitable",
                all,
                files,
                Map.of(),
                files.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Advice(
                                HARM * files.size() / all,
                                (survey.intact() == 0 ? "replace " : "leave out ")
                                        + Survey.counted(files.size(), "unusable file", "unusable files"),
                                survey.intact() == 0 ? Optional.empty() : survey.prepare()))));
    }
}
