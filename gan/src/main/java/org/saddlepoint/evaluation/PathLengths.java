package org.saddlepoint.evaluation;

import java.util.Map;
import org.saddlepoint.metrics.PathLengthConfig;
import org.saddlepoint.metrics.PerceptualPathLength;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** The pass over pairs of latents that {@link PplMetric} is computed from. */
final class PathLengths implements Shares.Work {
    /** How lengths are measured, but for the batches. */
    static final PathLengthConfig CONFIG = PathLengthConfig.TORCH_FIDELITY;

    private static final String LENGTHS = "lengths";

    private final Sides sides;
    private final LatentWalk walk;
    private final PathLengthConfig config;
    private final Tensor from;
    private final Tensor to;
    private final double[] lengths;

    private PathLengths(Sides sides, EvaluationConfig asked) {
        this.sides = sides;
        this.walk = sides.generated().walk().orElseThrow();
        this.config = CONFIG.withBatchSize(asked.batchSize());
        this.from = walk.latents(asked.samples());
        this.to = walk.latents(asked.samples());
        this.lengths = new double[asked.samples()];
    }

    /** The length of each pair; of processes that share the work, on rank 0. */
    static double[] of(Sides sides, EvaluationConfig asked, Shares shares) {
        try (TensorScope scope = TensorScope.open()) {
            PathLengths pass = new PathLengths(sides, asked);
            shares.forEach("path lengths", Batches.count(asked.samples(), asked.batchSize()), pass);
            return pass.lengths;
        }
    }

    private int start(int batch) {
        return batch * config.batchSize();
    }

    private int count(int batch) {
        return Math.min(config.batchSize(), lengths.length - start(batch));
    }

    @Override
    public Map<String, Tensor> look(int batch) {
        double[] found = PerceptualPathLength.lengths(
                from.narrow(0, start(batch), count(batch)),
                to.narrow(0, start(batch), count(batch)),
                walk::samples,
                (first, second) -> squaredDistances(sides.features(first), sides.features(second)),
                config);
        return Map.of(LENGTHS, Tensors.of(found, found.length));
    }

    @Override
    public void skip(int batch) {
        walk.skip(count(batch));
    }

    @Override
    public void take(int batch, Map<String, Tensor> found) {
        found.forEach((name, part) -> System.arraycopy(part.toDoubleArray(), 0, lengths, start(batch), count(batch)));
    }

    private static Tensor squaredDistances(Tensor first, Tensor second) {
        Tensor difference = first.to(DType.FLOAT64).sub(second.to(DType.FLOAT64));
        return difference.mul(difference).sum(false, 1).to(Device.CPU);
    }
}
