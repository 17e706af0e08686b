package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * The fully connected generator of Goodfellow et al. (2014): ReLU layers; images leave through a sigmoid, stretched from
 * [0, 1] to [−1, 1], points as they are.
 */
public final class MlpGenerator extends LatentGenerator {
    private final Shape sample;
    private final Sequential layers;

    /** A generator of samples of this shape. */
    public MlpGenerator(MlpGeneratorConfig config, Latent latent, Shape sample, RandomGenerator random) {
        super(latent, ConditionShape.none());
        this.sample = sample;
        Initialization initialization = config.weights().initialization();
        List<Layer> stack = new ArrayList<>();
        int units = latent.size();
        for (int hidden : config.hidden()) {
            stack.add(new Linear(units, hidden, initialization, random));
            stack.add(Activation.relu());
            units = hidden;
        }
        stack.add(new Linear(units, Math.toIntExact(sample.elements()), initialization, random));
        if (sample.rank() == 3) {
            stack.add(Activation.of(
                    "sigmoid", false, logits -> logits.sigmoid().mul(2).sub(1)));
        }
        layers = child("layers", new Sequential(stack));
    }

    @Override
    protected Tensor generate(Tensor z, @Nullable Tensor classes) {
        Tensor flat = layers.forward(z);
        return sample.rank() == 3 ? flat.reshape(-1, sample.size(0), sample.size(1), sample.size(2)) : flat;
    }
}
