package org.saddlepoint.training;

import java.util.List;
import java.util.Map;
import org.saddlepoint.nn.Network;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.OptimizerKernels;
import org.saddlepoint.tensor.Tensor;

/**
 * Follows a network's weights with an average of its own, which usually generates better than the last weights (Yazıcı
 * et al. 2019).
 *
 * <pre>θ̄ ← β θ̄ + (1 − β) θ,  with warm-up β = min(decay, (1 + t) / (10 + t)) after t updates</pre>
 *
 * <p>The smaller β at the start, as in TensorFlow's average, lets go of the initial weights. So does a ramp-up, which bounds
 * the half-life by a share of the n real examples seen before this step of b (code of Karras et al. 2020):
 *
 * <pre>β = min(decay, ½^(b / (rampUp n))),   0 where n = 0</pre>
 */
public final class ExponentialMovingAverage {
    private final Network source;
    private final Network average;
    private final AverageConfig config;

    /**
     * @param source what is followed
     * @param average a network of the same structure, whose weights become the average
     */
    public ExponentialMovingAverage(Network source, Network average, AverageConfig config) {
        this.source = source;
        this.average = average;
        this.config = config;
        average.loadStateDict(source.stateDict());
        average.train(false);
    }

    /**
     * Takes the source's weights in.
     *
     * @param progress how far training is; its step is how many updates came before, t
     */
    public void update(Progress progress) {
        double beta = config.decayAt(progress);
        OptimizerKernels.lerp(average.weights(), source.weights(), 1 - beta);
        Map<String, Tensor> target = average.stateDict();
        Map<String, ?> trained = source.parameters();
        source.stateDict().forEach((name, value) -> {
            Tensor buffer = target.get(name);
            if (buffer == null || trained.containsKey(name)) {
                return;
            }
            boolean averaged = config.buffers() == AverageConfig.Buffers.AVERAGED;
            if (averaged && buffer.dtype().isFloatingPoint()) {
                OptimizerKernels.lerp(List.of(buffer), List.of(value), 1 - beta);
            } else {
                buffer.assign(value);
            }
        });
    }
}
