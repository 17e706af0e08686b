package org.saddlepoint.optim;

import java.util.List;
import java.util.Map;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.OptimizerKernels;
import org.saddlepoint.tensor.Tensor;

/**
 * Gradient descent with momentum (Polyak 1964), as PyTorch has it.
 *
 * <pre>v ← μ v + g,  θ ← θ − η v,  v = 0 at first</pre>
 */
public final class Sgd extends Optimizer {
    private final SgdConfig config;
    private double momentum;
    private final List<Tensor> momenta;

    /** An optimizer of these parameters. */
    public Sgd(Map<String, Parameter> parameters, SgdConfig config) {
        super(parameters, config);
        this.config = config;
        this.momentum = config.momentum().at(Progress.START);
        this.momenta = config.momentum().most() > 0 ? zeros("momentum_buffer", false) : List.of();
    }

    @Override
    protected void schedule(Progress progress) {
        momentum = config.momentum().at(progress);
    }

    @Override
    protected void update(List<Tensor> weights, List<Tensor> gradients) {
        // v = 0 at first makes the first step the same as the others: v ← μ 0 + g.
        OptimizerKernels.sgd(
                weights, gradients, momenta, new OptimizerKernels.SgdSettings(learningRate(), momentum, 0), false);
    }
}
