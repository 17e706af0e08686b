package org.saddlepoint.data.inspection;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Grey pictures in a data set that training takes for coloured. */
final class GreyInColour implements Check {
    private static final double HARM = 0.3;

    @Override
    public Optional<Finding> of(Survey survey) {
        List<Survey.Sight> all = survey.sights().stream()
                .filter(sight -> survey.shape(sight.side()).channels() == 3)
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Finding.Affected> grey = all.stream()
                .filter(sight -> sight.traits().grey())
                .map(sight -> survey.affected(sight, ""))
                .toList();
        boolean mostlyGrey = 2 * grey.size() > all.size();
        return Optional.of(new Finding(
                "grey-in-colour",
                "grey among coloured ones, given three equal channels",
                all.size(),
                grey,
                Map.of("coloured", all.size() - grey.size(), "grey", grey.size()),
                mostlyGrey && !survey.ofPairs()
                        ? Optional.of(new Advice(
                                HARM * grey.size() / all.size(),
                                "train in grey if the colour of "
                                        + Survey.counted(all.size() - grey.size(), "picture", "pictures")
                                        + " does not matter",
                                survey.train("images.channels=1")))
                        : Optional.empty()));
    }
}
