package org.saddlepoint.models;

import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A discriminator that is a classifier as well (AC-GAN; Odena et al. 2017). Its logits do not depend on the class that was
 * asked for; the losses of its class logits do.
 *
 * <p>State: {@code network} the discriminator, {@code classifier} a linear layer on its features.
 */
final class ClassifyingDiscriminator extends NeuralModule implements Discriminator {
    private final ConditionShape.Classes condition;
    private final Features network;
    private final Linear classifier;

    ClassifyingDiscriminator(
            ConditionShape.Classes condition, Discriminator network, Features features, Linear classifier) {
        this.condition = condition;
        this.network = features;
        child("network", network);
        this.classifier = child("classifier", classifier);
    }

    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        condition.require(conditioning, samples.size(0));
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(network.logits(network.features(samples)));
        }
    }

    @Override
    public DiscriminatorOutput discriminate(Tensor samples, Conditioning conditioning) {
        condition.require(conditioning, samples.size(0));
        try (TensorScope scratch = TensorScope.open()) {
            Tensor features = network.features(samples);
            Tensor logits = scratch.promote(network.logits(features));
            return new DiscriminatorOutput(logits, scratch.promote(classifier.forward(features.flatten(1))));
        }
    }

    @Override
    public DiscriminatorOutput discriminateForGenerator(Tensor samples, Conditioning conditioning) {
        return discriminate(samples, conditioning);
    }

    @Override
    public boolean classifies() {
        return true;
    }
}
