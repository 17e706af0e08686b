package org.saddlepoint.training;

import java.util.List;
import java.util.Map;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.OptimizerKernels;
import org.saddlepoint.tensor.Tensor;

/**
 * Follows a network's weights with an average of its own, which usually generates better than the last weights (Yazıcı
 * et al. 2019).
 *
 * <pre>θ̄ ← β θ̄ + (1 − β) θ,  with β = min(decay, (1 + t) / (10 + t)) after t updates</pre>
 *
 * <p>The smaller β at the start, as in TensorFlow's average, lets go of the initial weights. Buffers, such as the
 * statistics of batch normalization, are copied.
 */
public final class ExponentialMovingAverage {
    private final Network source;
    private final Network average;
    private final double decay;

    /**
     * @param source what is followed
     * @param average a network of the same structure, whose weights become the average
     * @param decay share of the average that is kept an update, in [0, 1)
     */
    public ExponentialMovingAverage(Network source, Network average, double decay) {
        requireDecay(decay);
        this.source = source;
        this.average = average;
        this.decay = decay;
        average.loadStateDict(source.stateDict());
        average.train(false);
    }

    /** Refuses a decay outside [0, 1). */
    public static void requireDecay(double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("the decay of the average must be in [0, 1) but was " + decay);
        }
    }

    /**
     * Takes the source's weights in.
     *
     * @param updates how many updates came before, t
     */
    public void update(long updates) {
        double beta = Math.min(decay, (1.0 + updates) / (10.0 + updates));
        List<Tensor> weights = source.weights();
        OptimizerKernels.lerp(average.weights(), weights, 1 - beta);
        Map<String, Tensor> target = average.stateDict();
        Map<String, ?> trained = source.parameters();
        source.stateDict().forEach((name, value) -> {
            Tensor buffer = target.get(name);
            if (buffer != null && !trained.containsKey(name)) {
                buffer.assign(value);
            }
        });
    }
}
