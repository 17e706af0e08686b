package org.saddlepoint.metrics;

import org.saddlepoint.input.Require;

/**
 * How a {@link PerceptualPathLength} is measured.
 *
 * @param path between the latents
 * @param epsilon ε, the length of a step as a share of the path
 * @param lowerPercentile distances below it are dropped, in [0, 100)
 * @param upperPercentile distances above it are dropped, in (lowerPercentile, 100]
 * @param batchSize pairs of images at a time
 */
public record PathLengthConfig(
        LatentPath path, double epsilon, double lowerPercentile, double upperPercentile, int batchSize) {
    /** The defaults of torch-fidelity; ε and percentiles are those of Karras et al. (2019) and their code. */
    public static final PathLengthConfig TORCH_FIDELITY = new PathLengthConfig(LatentPath.LINEAR, 1e-4, 1, 99, 64);

    /**
     * @throws IllegalArgumentException if a value is outside of its range
     */
    public PathLengthConfig {
        Require.that(epsilon > 0 && epsilon <= 1, "epsilon", "in (0, 1]", epsilon);
        if (!(lowerPercentile >= 0 && lowerPercentile < upperPercentile && upperPercentile <= 100)) {
            throw new IllegalArgumentException(
                    "percentiles must ascend within [0, 100] but were " + lowerPercentile + " and " + upperPercentile);
        }
        Require.atLeast(1, "batchSize", batchSize);
    }

    /** The same along another path. */
    public PathLengthConfig with(LatentPath other) {
        return new PathLengthConfig(other, epsilon, lowerPercentile, upperPercentile, batchSize);
    }

    /** The same with as many pairs of images at a time. */
    public PathLengthConfig withBatchSize(int pairs) {
        return new PathLengthConfig(path, epsilon, lowerPercentile, upperPercentile, pairs);
    }
}
