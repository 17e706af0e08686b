package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * A small classifier of 28×28 grey images: five 3×3 convolutions, three of stride 2, each with batch normalization and
 * ReLU; then 64 features, and a class each.
 */
final class ClassifierNetwork extends NeuralModule {
    static final int SIDE = 28;
    static final int FEATURES = 64;

    /** Channels out and stride of each convolution. */
    private static final int[][] CONVOLUTIONS = {{16, 1}, {32, 2}, {32, 1}, {64, 2}, {64, 2}};

    /** Side of the last convolution's output: 28, 14, 7, 4. */
    private static final int LAST_SIDE = 4;

    private final Sequential features;
    private final Linear classes;
    private final int classCount;

    ClassifierNetwork(int classCount, RandomGenerator random) {
        Initialization initialization = Initialization.PYTORCH_DEFAULT;
        List<Layer> layers = new ArrayList<>();
        int in = 1;
        for (int[] convolution : CONVOLUTIONS) {
            int out = convolution[0];
            layers.add(new Conv2d(
                    new ConvConfig(in, out, 3, convolution[1], 1, true).withoutBias(), initialization, random));
            layers.add(new BatchNorm(out, initialization, random));
            layers.add(Activation.relu());
            in = out;
        }
        layers.add(Activation.flatten());
        layers.add(new Linear(in * LAST_SIDE * LAST_SIDE, FEATURES, initialization, random));
        layers.add(Activation.relu());
        features = child("features", new Sequential(layers));
        this.classCount = classCount;
        classes = child("classes", new Linear(FEATURES, classCount, initialization, random));
    }

    int classCount() {
        return classCount;
    }

    /** @param images [N, 1, 28, 28] in [−1, 1] */
    FeatureExtractor.Output forward(Tensor images) {
        Tensor vectors = features.forward(images);
        return new FeatureExtractor.Output(vectors, classes.forward(vectors));
    }
}
