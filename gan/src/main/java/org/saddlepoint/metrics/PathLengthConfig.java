package org.saddlepoint.metrics;

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
        if (!(epsilon > 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("epsilon must be in (0, 1] but was " + epsilon);
        }
        if (!(lowerPercentile >= 0 && lowerPercentile < upperPercentile && upperPercentile <= 100)) {
            throw new IllegalArgumentException(
                    "percentiles must ascend within [0, 100] but were " + lowerPercentile + " and " + upperPercentile);
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize must be >= 1 but was " + batchSize);
        }
    }

    /** The same along another path. */
    public PathLengthConfig with(LatentPath other) {
        return new PathLengthConfig(other, epsilon, lowerPercentile, upperPercentile, batchSize);
    }
}
