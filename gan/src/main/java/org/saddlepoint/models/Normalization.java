package org.saddlepoint.models;

import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.InstanceNorm;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.tensor.RandomGenerator;

/** Which normalization the networks for image translation have behind their convolutions. */
public enum Normalization {
    /** Batch normalization with scale and shift: pix2pix. Convolutions before it have no bias, which it would take away. */
    BATCH,
    /** Instance normalization without scale and shift: CycleGAN. Convolutions before it have a bias, as the authors' have. */
    INSTANCE,
    /** None; convolutions have no bias where one of the others would follow, as the authors' have none. */
    NONE;

    /** Deviation of the scales' start around 1 (Zhu et al. 2017, the authors' code). */
    private static final double SCALE_DEVIATION = 0.02;

    /** A layer for this many channels; one that does nothing for {@link #NONE}, so that the others keep their numbers. */
    Layer layer(int channels, Initialization start, RandomGenerator random) {
        return switch (this) {
            case BATCH -> new BatchNorm(channels, start, random);
            case INSTANCE -> InstanceNorm.withoutWeights();
            case NONE -> Activation.of("identity", true, input -> input);
        };
    }

    /** Whether a convolution before it has a bias. */
    boolean biasBefore() {
        return this == INSTANCE;
    }

    /** How the networks' layers start: with these weights, and scales N(1, 0.02²), unless the weights say their own. */
    static Initialization start(InitialWeights weights) {
        return weights instanceof InitialWeights.Normal
                ? weights.initialization()
                : weights.initialization().withNormScale(Initializer.normal(1, SCALE_DEVIATION));
    }
}
