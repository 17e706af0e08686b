package org.saddlepoint.data.inspection;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Coloured pictures in a data set that training takes for grey, since it looks at a sample only. */
final class ColourInGrey implements Check {
    /** All colour is lost. */
    private static final double HARM = 5;

    @Override
    public Optional<Finding> of(Survey survey) {
        List<Survey.Sight> all = survey.sights().stream()
                .filter(sight -> survey.shape(sight.side()).channels() == 1)
                .toList();
        if (survey.ofPairs() || all.isEmpty()) {
            return Optional.empty(); // of pairs a grey side may be what was asked for
        }
        List<Finding.Affected> coloured = all.stream()
                .filter(sight -> !sight.traits().grey())
                .map(sight -> survey.affected(sight, ""))
                .toList();
        return Optional.of(new Finding(
                "colour-in-grey",
                "coloured among grey ones, all of which train takes for grey from a sample",
                all.size(),
                coloured,
                Map.of("coloured", coloured.size(), "grey", all.size() - coloured.size()),
                coloured.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Advice(
                                HARM * coloured.size() / all.size(),
                                "train in colour for the sake of "
                                        + Survey.counted(coloured.size(), "coloured picture", "coloured pictures"),
                                survey.train("images.channels=3")))));
    }
}
