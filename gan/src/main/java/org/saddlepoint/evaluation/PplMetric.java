package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.saddlepoint.metrics.PerceptualPathLength;

/**
 * {@link PerceptualPathLength} with squared distances of the extractor's features, where the paper has those of VGG-16; so
 * values compare only where the extractor is the same. Images are not rounded to 8 bits: steps are far smaller than a level.
 * Error: bootstrap of the pairs of latents.
 */
final class PplMetric implements Metric {
    @Override
    public String word() {
        return "ppl";
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(Quantity.smaller(word()));
    }

    @Override
    public int minimum() {
        return 2 * StandardErrors.GROUPS;
    }

    @Override
    public String error() {
        return "bootstrap";
    }

    @Override
    public String settings() {
        return "squared distances of features, path "
                + PathLengths.CONFIG.path().name().toLowerCase(java.util.Locale.ROOT)
                + ", step " + PathLengths.CONFIG.epsilon() + ", percentiles " + PathLengths.CONFIG.lowerPercentile()
                + " to "
                + PathLengths.CONFIG.upperPercentile();
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.LATENT_WALK);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        double[] lengths = seen.pathLengths();
        double value = PerceptualPathLength.of(lengths, PathLengths.CONFIG).mean();
        double error = bootstrap(lengths, seen.config().seed());
        Protocol protocol = seen.protocol(this, Protocol.Counts.of(lengths.length, 0), Protocol.Labels.NONE)
                .notQuantised();
        return Map.of(word(), new Estimate(value, error, lengths.length, protocol));
    }

    private static double bootstrap(double[] lengths, long seed) {
        SplittableRandom draws = new SplittableRandom(seed);
        return StandardErrors.deviation(IntStream.range(0, StandardErrors.BOOTSTRAPS)
                .mapToDouble(b -> PerceptualPathLength.of(
                                draws.ints(lengths.length, 0, lengths.length)
                                        .mapToDouble(i -> lengths[i])
                                        .toArray(),
                                PathLengths.CONFIG)
                        .mean())
                .toArray());
    }
}
