package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Dropout;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;

/** The fully connected discriminator of Goodfellow et al. (2014): maxout layers (Goodfellow et al. 2013) with dropout. */
public final class MlpDiscriminator extends FeatureDiscriminator {
    private final MlpDiscriminatorConfig config;
    private final Shape sample;
    private final Sequential layers;
    private final Linear last;

    /** A discriminator of samples of this shape. */
    public MlpDiscriminator(MlpDiscriminatorConfig config, Shape sample, RandomGenerator random) {
        this.config = config;
        this.sample = sample;
        Initialization initialization = config.weights().initialization();
        List<Layer> stack = new ArrayList<>();
        int units = Math.toIntExact(sample.elements());
        double dropout = config.inputDropout();
        for (int hidden : config.hidden()) {
            addDropout(stack, dropout, random);
            stack.add(new Linear(units, hidden * config.maxoutPieces(), initialization, random));
            stack.add(
                    config.maxoutPieces() == 1
                            ? Activation.leakyRelu(config.slope())
                            : Activation.maxout(config.maxoutPieces()));
            units = hidden;
            dropout = config.hiddenDropout();
        }
        addDropout(stack, dropout, random);
        layers = child("layers", new Sequential(stack));
        last = child("layers." + stack.size(), new Linear(units, 1, initialization, random));
    }

    private static void addDropout(List<Layer> stack, double probability, RandomGenerator random) {
        if (probability > 0) {
            stack.add(new Dropout(probability, random));
        }
    }

    @Override
    public Tensor features(Tensor samples) {
        if (sample.rank() == 3) {
            Shapes.require(samples, "images", Shapes.ANY, sample.size(0), sample.size(1), sample.size(2));
            // The paper's pixels lie in [0, 1].
            return layers.forward(samples.flatten(1).add(1).mul(0.5));
        }
        return layers.forward(Shapes.require(samples, "samples", Shapes.ANY, sample.size(0)));
    }

    @Override
    public Tensor logits(Tensor features) {
        return last.forward(features).squeeze(1);
    }

    @Override
    public int featureCount() {
        return config.hidden().get(config.hidden().size() - 1);
    }

    @Override
    public Initialization headInitialization() {
        return config.weights().initialization();
    }
}
