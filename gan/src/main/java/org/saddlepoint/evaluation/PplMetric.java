package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.saddlepoint.metrics.PathLengthConfig;
import org.saddlepoint.metrics.PerceptualPathLength;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * {@link PerceptualPathLength} with squared distances of the extractor's features, where the paper has those of VGG-16; so
 * values compare only where the extractor is the same. Images are not rounded to 8 bits: steps are far smaller than a level.
 * Error: bootstrap of the pairs of latents.
 */
final class PplMetric implements Metric {
    private static final PathLengthConfig DEFAULT = PathLengthConfig.TORCH_FIDELITY;

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
        return "squared distances of features, path " + DEFAULT.path().name().toLowerCase(java.util.Locale.ROOT)
                + ", step " + DEFAULT.epsilon() + ", percentiles " + DEFAULT.lowerPercentile() + " to "
                + DEFAULT.upperPercentile();
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.LATENT_WALK);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        LatentWalk walk = seen.sides().generated().walk().orElseThrow();
        int pairs = seen.config().samples();
        PathLengthConfig config = DEFAULT.withBatchSize(seen.config().batchSize());
        try (TensorScope scope = TensorScope.open()) {
            double[] lengths = PerceptualPathLength.lengths(
                    walk.latents(pairs),
                    walk.latents(pairs),
                    walk::samples,
                    (first, second) -> squaredDistances(seen.features(first), seen.features(second)),
                    config);
            double value = PerceptualPathLength.of(lengths, config).mean();
            double error = bootstrap(lengths, config, seen.config().seed());
            Protocol protocol = seen.protocol(this, Protocol.Counts.of(pairs, 0), Protocol.Labels.NONE)
                    .notQuantised();
            return Map.of(word(), new Estimate(value, error, pairs, protocol));
        }
    }

    private static Tensor squaredDistances(Tensor first, Tensor second) {
        Tensor difference = first.to(DType.FLOAT64).sub(second.to(DType.FLOAT64));
        return difference.mul(difference).sum(false, 1).to(Device.CPU);
    }

    private static double bootstrap(double[] lengths, PathLengthConfig config, long seed) {
        SplittableRandom draws = new SplittableRandom(seed);
        return StandardErrors.deviation(IntStream.range(0, StandardErrors.BOOTSTRAPS)
                .mapToDouble(b -> PerceptualPathLength.of(
                                draws.ints(lengths.length, 0, lengths.length)
                                        .mapToDouble(i -> lengths[i])
                                        .toArray(),
                                config)
                        .mean())
                .toArray());
    }
}
