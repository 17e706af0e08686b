package org.saddlepoint.optim;

import java.util.List;
import java.util.Map;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.OptimizerKernels;
import org.saddlepoint.tensor.Tensor;

/**
 * RMSProp (Hinton 2012, lecture 6e), as PyTorch has it.
 *
 * <pre>s ← α s + (1 − α) g²,  θ ← θ − η g / (√s + ε)</pre>
 */
public final class RmsProp extends Optimizer {
    private final RmsPropConfig config;
    private final List<Tensor> squares;

    /** An optimizer of these parameters. */
    public RmsProp(Map<String, Parameter> parameters, RmsPropConfig config) {
        super(parameters, config);
        this.config = config;
        this.squares = zeros("square_avg", false);
    }

    @Override
    protected void update(List<Tensor> weights, List<Tensor> gradients) {
        OptimizerKernels.rmsProp(weights, gradients, squares, learningRate(), config.alpha(), config.epsilon());
    }
}
