package org.saddlepoint.models;

import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The projection discriminator of Miyato and Koyama (2018), equation 3:
 *
 * <pre>D(x, y) = ψ(φ(x)) + ⟨e(y), φ(x)⟩</pre>
 *
 * <p>State: {@code network} the discriminator ψ(φ(x)), {@code embedding.weight} [classes, features].
 */
final class ProjectionDiscriminator extends NeuralModule implements Discriminator {
    private final ConditionShape condition;
    private final Features network;
    private final WeightLayer embedding;

    ProjectionDiscriminator(ConditionShape condition, Discriminator network, Features features, WeightLayer embedding) {
        this.condition = condition;
        this.network = features;
        child("network", network);
        this.embedding = child("embedding", embedding);
    }

    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        condition.require(conditioning, samples.size(0));
        try (TensorScope scratch = TensorScope.open()) {
            Tensor features = network.features(samples);
            Tensor direction = embedding.forward(conditioning.input());
            Tensor projection = features.flatten(1).mul(direction).sum(false, 1);
            return scratch.promote(network.logits(features).add(projection));
        }
    }
}
