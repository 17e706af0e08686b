package org.saddlepoint.data.inspection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pictures that are smaller than the size that is trained at. */
final class SmallPictures implements Check {
    /** Training refuses them, so that it does not start at all. */
    private static final double HARM = 10;

    @Override
    public Optional<Finding> of(Survey survey) {
        List<Survey.Sight> all = survey.sights();
        if (survey.ofPairs() || all.isEmpty()) {
            return Optional.empty();
        }
        int size = survey.size();
        List<Finding.Affected> small = all.stream()
                .filter(sight -> sight.traits().file().shortSide() < size)
                .sorted(Comparator.comparingInt(sight -> sight.traits().file().shortSide()))
                .map(sight -> survey.affected(sight, sight.traits().file().toString()))
                .toList();
        return Optional.of(new Finding(
                "small", "smaller than " + size + "x" + size, all.size(), small, Map.of("size", size), advice(survey)));
    }

    private static Optional<Advice> advice(Survey survey) {
        int size = survey.size();
        int[] sides = survey.sights().stream()
                .mapToInt(sight -> sight.traits().file().shortSide())
                .filter(side -> side < size)
                .toArray();
        if (sides.length == 0) {
            return Optional.empty();
        }
        String which = Survey.counted(sides.length, "picture", "pictures") + " too small for " + size + "x" + size
                + ", which train refuses";
        int smallest = Arrays.stream(sides).min().getAsInt();
        return Optional.of(
                2 * sides.length > survey.sights().size()
                        ? new Advice(
                                HARM, "train smaller for the sake of " + which, survey.train("images.size=" + smallest))
                        : new Advice(
                                HARM, "leave out " + which + " (--upscale enlarges them instead)", survey.prepare()));
    }
}
