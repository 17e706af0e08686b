package org.saddlepoint.data.inspection;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many pixels lie outside of the central square, which alone is trained on. */
final class Cropping implements Check {
    private static final double HARM = 0.02;

    /** If less is lost on average, there is nothing to do. */
    private static final double TOLERABLE = 0.3;

    @Override
    public Optional<Finding> of(Survey survey) {
        List<Survey.Sight> all = survey.sights();
        if (survey.ofPairs() || all.isEmpty()) {
            return Optional.empty();
        }
        List<Survey.Sight> cropped = all.stream()
                .filter(sight -> lost(sight) > 0)
                .sorted(Comparator.comparingDouble(sight -> -lost(sight)))
                .toList();
        double mean = all.stream().mapToDouble(Cropping::lost).average().orElse(0);
        double worst = cropped.isEmpty() ? 0 : lost(cropped.get(0));
        return Optional.of(new Finding(
                "cropped",
                "cropped to the central square, which discards " + Finding.percent(mean) + " of all pixels a picture",
                all.size(),
                cropped.stream()
                        .map(sight -> survey.affected(sight, Finding.percent(lost(sight))))
                        .toList(),
                Map.of("meanDiscarded", mean, "worstDiscarded", worst),
                mean < TOLERABLE
                        ? Optional.empty()
                        : Optional.of(Advice.byHand(
                                HARM * mean, "crop pictures to their subject where it is not in the middle"))));
    }

    private static double lost(Survey.Sight sight) {
        Traits.File file = sight.traits().file();
        return 1 - (double) file.shortSide() / file.longSide();
    }
}
