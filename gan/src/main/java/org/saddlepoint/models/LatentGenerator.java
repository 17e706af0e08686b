package org.saddlepoint.models;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.ConditionalBatchNorm;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;

/**
 * A generator of a family: from latents alone or, where its normalizations are conditional, from latents and classes. Other
 * ways to take a condition change its latent, from outside; see {@link GeneratorConditioning}.
 */
public abstract class LatentGenerator extends NeuralModule implements Generator {
    private final Latent latent;
    private final ConditionShape condition;

    /**
     * @param latent what it is made from
     * @param condition the classes of its normalizations, or {@link ConditionShape#none}
     */
    protected LatentGenerator(Latent latent, ConditionShape condition) {
        this.latent = latent;
        this.condition = condition;
    }

    /**
     * Samples.
     *
     * @param z [N, latent size]
     * @param classes int64 [N], or the weights of mixtures [N, classes], where normalizations are conditional, else null
     */
    protected abstract Tensor generate(Tensor z, @Nullable Tensor classes);

    @Override
    public final Tensor forward(Tensor z, Conditioning conditioning) {
        Shapes.require(z, "latent", Shapes.ANY, latent.size());
        condition.require(conditioning, z.size(0));
        return generate(z, condition.isNone() ? null : conditioning.input());
    }

    /** Batch normalization of this condition: one gain and bias, or one for each class. */
    static Layer normalization(
            ConditionShape condition, int channels, Initialization initialization, RandomGenerator random) {
        return condition
                .classes()
                .<Layer>map(classes -> new ConditionalBatchNorm(classes.count(), channels, initialization, random))
                .orElseGet(() -> new BatchNorm(channels, initialization, random));
    }
}
