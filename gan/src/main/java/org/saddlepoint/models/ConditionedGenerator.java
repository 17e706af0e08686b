package org.saddlepoint.models;

import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A generator that takes its condition with its latent; see {@link GeneratorConditioning}.
 *
 * <p>State: {@code condition.embedding} if there is one, and {@code network} the generator inside.
 */
final class ConditionedGenerator extends NeuralModule implements Generator {
    private final ConditionShape condition;
    private final Latent latent;
    private final ConditionedLatent code;
    private final Generator network;

    ConditionedGenerator(ConditionShape condition, Latent latent, ConditionedLatent code, Generator network) {
        this.condition = condition;
        this.latent = latent;
        this.code = child("condition", code);
        this.network = child("network", network);
    }

    @Override
    public Tensor forward(Tensor z, Conditioning conditioning) {
        Shapes.require(z, "latent", Shapes.ANY, latent.size());
        condition.require(conditioning, z.size(0));
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(network.forward(code.code(z, conditioning), Conditioning.none()));
        }
    }
}
