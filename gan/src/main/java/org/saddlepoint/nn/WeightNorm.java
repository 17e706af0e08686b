package org.saddlepoint.nn;

import org.saddlepoint.tensor.Autocast;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Weight normalization (Salimans and Kingma 2016, equation 2): length and direction of each output's weights apart.
 *
 * <pre>w = g v / ‖v‖, one g an output</pre>
 *
 * <p>Begins at the weight itself, g = ‖v‖. Parameters {@code original0} (g) and {@code original1} (v).
 */
public final class WeightNorm extends Parametrization {
    private final Parameter length;
    private final Parameter direction;
    private final int outputAxis;

    /** Begins at this weight. */
    public WeightNorm(Tensor weight, int outputAxis) {
        this.outputAxis = outputAxis;
        try (TensorScope scope = TensorScope.open()) {
            length = parameter("original0", norms(weight));
            direction = parameter("original1", weight);
        }
    }

    @Override
    public Tensor weight() {
        Tensor v = direction.tensor();
        try (TensorScope scratch = TensorScope.open();
                Autocast full = Autocast.off(v.device())) {
            return scratch.promote(v.mul(length.tensor().div(norms(v))));
        }
    }

    /** ‖v‖ of each output, with all other axes of size 1. */
    private Tensor norms(Tensor weight) {
        long[] others = new long[weight.shape().rank() - 1];
        for (int axis = 0, i = 0; axis < weight.shape().rank(); axis++) {
            if (axis != outputAxis) {
                others[i++] = axis;
            }
        }
        return weight.square().sum(true, others).sqrt();
    }
}
