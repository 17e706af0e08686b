package org.saddlepoint.data.inspection;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures that are much less sharp than the rest, by {@link Sharpness} at the size that is trained at.
 *
 * <p>Less sharp is at most {@value #SHARE} of the median, and so far below it that the median absolute deviation of the
 * logarithms does not explain it. Blur of 1 to 1.5 pixels is found; in emoji of three houses, MNIST, Fashion-MNIST and
 * photographs of food no picture is called blurred.
 */
final class BlurredPictures implements Check {
    private static final double SHARE = 0.4;

    /** So many deviations, estimated as 1.4826 times the median absolute one, as of a normal distribution. */
    private static final double DEVIATIONS = 3.5 * 1.4826;

    /** Fewer pictures are nothing to compare with. */
    private static final int FEWEST = 20;

    private static final double HARM = 1.5;

    @Override
    public Optional<Finding> of(Survey survey) {
        // small ones are blurred by enlarging, and a finding of their own
        List<Survey.Sight> withEdges = survey.sights().stream()
                .filter(sight -> !Float.isNaN(sight.traits().sharpness())
                        && sight.traits().file().shortSide() >= survey.size())
                .toList();
        if (withEdges.size() < FEWEST) {
            return Optional.empty();
        }
        double median = Survey.median(withEdges, BlurredPictures::logarithm);
        double spread = Survey.median(withEdges, sight -> Math.abs(logarithm(sight) - median));
        double limit = Math.exp(median - Math.max(-Math.log(SHARE), DEVIATIONS * spread));
        List<Finding.Affected> blurred = withEdges.stream()
                .filter(sight -> sight.traits().sharpness() < limit)
                .sorted(Comparator.comparingDouble(sight -> sight.traits().sharpness()))
                .map(sight -> survey.affected(sight, ""))
                .toList();
        return Optional.of(new Finding(
                "blurred",
                "much less sharp than the rest",
                withEdges.size(),
                blurred,
                Map.of("medianSharpness", Math.exp(median), "limit", limit),
                blurred.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Advice.byHand(
                                HARM * blurred.size() / withEdges.size(),
                                "look at " + Survey.counted(blurred.size(), "blurred picture", "blurred pictures")
                                        + " and remove what is no good"))));
    }

    private static double logarithm(Survey.Sight sight) {
        return Math.log(Math.max(1e-6, sight.traits().sharpness()));
    }
}
