package org.saddlepoint.models;

import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A discriminator that takes its condition with its sample; see {@link DiscriminatorConditioning}.
 *
 * <p>State: {@code condition.embedding} if there is one, and {@code network} the discriminator inside.
 */
final class ConditionedDiscriminator extends NeuralModule implements Discriminator {
    private final ConditionShape condition;
    private final ConditionedSample code;
    private final Discriminator network;

    ConditionedDiscriminator(ConditionShape condition, ConditionedSample code, Discriminator network) {
        this.condition = condition;
        this.code = child("condition", code);
        this.network = child("network", network);
    }

    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        condition.require(conditioning, samples.size(0));
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(network.forward(code.code(samples, conditioning), Conditioning.none()));
        }
    }

    @Override
    public boolean hasPatchLogits() {
        return network.hasPatchLogits();
    }
}
