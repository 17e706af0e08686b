package org.saddlepoint.models;

import org.saddlepoint.nn.Module;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A discriminator that takes its condition with its sample; see {@link DiscriminatorConditioning}.
 *
 * <p>State: {@code condition.embedding} if there is one, and {@code network} the discriminator inside.
 */
final class ConditionedDiscriminator extends Module implements Discriminator {
    private final ConditionShape condition;
    private final SampleCode code;
    private final FeatureDiscriminator network;

    ConditionedDiscriminator(ConditionShape condition, SampleCode code, FeatureDiscriminator network) {
        this.condition = condition;
        this.code = child("condition", code);
        this.network = child("network", network);
    }

    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        condition.require(conditioning, samples.size(0));
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(network.logits(network.features(code.code(samples, conditioning))));
        }
    }

    @Override
    public boolean dependsOnBatch() {
        return network.dependsOnBatch();
    }
}
