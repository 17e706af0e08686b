package org.saddlepoint.optim;

import java.util.List;
import java.util.Map;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.OptimizerKernels;
import org.saddlepoint.tensor.Tensor;

/**
 * Adam (Kingma and Ba 2015, Algorithm 1).
 *
 * <pre>m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  θ ← θ − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)</pre>
 */
public final class Adam extends Optimizer {
    private final AdamConfig config;
    private final List<Tensor> firstMoments;
    private final List<Tensor> secondMoments;
    private final List<Tensor> steps;

    /** An optimizer of these parameters. */
    public Adam(Map<String, Parameter> parameters, AdamConfig config) {
        super(parameters, config.learningRate());
        this.config = config;
        this.firstMoments = zeros("exp_avg", false);
        this.secondMoments = zeros("exp_avg_sq", false);
        this.steps = zeros("step", true);
    }

    @Override
    protected void update(List<Tensor> weights, List<Tensor> gradients) {
        OptimizerKernels.adam(
                weights,
                gradients,
                firstMoments,
                secondMoments,
                steps,
                learningRate(),
                config.beta1(),
                config.beta2(),
                config.epsilon(),
                0);
    }
}
