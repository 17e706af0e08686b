package org.saddlepoint.optim;

import java.util.List;
import java.util.Map;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.OptimizerKernels;
import org.saddlepoint.tensor.Tensor;

/**
 * Adam (Kingma and Ba 2015, Algorithm 1).
 *
 * <pre>m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  θ ← θ − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)</pre>
 */
public final class Adam extends Optimizer {
    private final AdamConfig config;
    private final OptimizerKernels.AdamState state;
    private double beta1;
    private double beta2;

    /** An optimizer of these parameters. */
    public Adam(Map<String, Parameter> parameters, AdamConfig config) {
        super(parameters, config);
        this.beta1 = config.beta1().at(Progress.START);
        this.beta2 = config.beta2().at(Progress.START);
        this.config = config;
        this.state = new OptimizerKernels.AdamState(
                zeros("exp_avg", false), zeros("exp_avg_sq", false), zeros("step", true));
    }

    @Override
    protected void schedule(Progress progress) {
        beta1 = config.beta1().at(progress);
        beta2 = config.beta2().at(progress);
    }

    @Override
    protected void update(List<Tensor> weights, List<Tensor> gradients) {
        OptimizerKernels.adam(
                weights,
                gradients,
                state,
                new OptimizerKernels.AdamSettings(learningRate(), beta1, beta2, config.epsilon(), 0));
    }
}
