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
 * A small classifier: five 3×3 convolutions, three of stride 2, each with batch normalization and ReLU; then 64 features, and a
 * class each.
 */
final class ClassifierNetwork extends NeuralModule {
    static final int FEATURES = 64;

    /** The weight whose second axis tells the channels of the images, and so the plan. */
    static final String FIRST_WEIGHT = "features.0.weight";

    /**
     * For which images a classifier is.
     *
     * @param channels of the images
     * @param side of the images in pixels
     * @param widths channels out of each convolution, of strides 1, 2, 1, 2, 2
     */
    record Plan(int channels, int side, List<Integer> widths) {
        /** Grey images of 28×28. */
        static final Plan GREY = new Plan(1, 28, List.of(16, 32, 32, 64, 64));

        /** Colour images of 32×32. */
        static final Plan COLOUR = new Plan(3, 32, List.of(24, 48, 48, 96, 96));

        Plan {
            widths = List.copyOf(widths);
        }

        /** Side of the last convolution's output: 28, 14, 7, 4 or 32, 16, 8, 4. */
        int lastSide() {
            int last = side;
            for (int stride : STRIDES) {
                last = (last + stride - 1) / stride;
            }
            return last;
        }
    }

    private static final int[] STRIDES = {1, 2, 1, 2, 2};

    private final Sequential features;
    private final Linear classes;
    private final Plan plan;
    private final int classCount;

    ClassifierNetwork(Plan plan, int classCount, RandomGenerator random) {
        Initialization initialization = Initialization.PYTORCH_DEFAULT;
        List<Layer> layers = new ArrayList<>();
        int in = plan.channels();
        for (int i = 0; i < STRIDES.length; i++) {
            int out = plan.widths().get(i);
            layers.add(
                    new Conv2d(new ConvConfig(in, out, 3, STRIDES[i], 1, true).withoutBias(), initialization, random));
            layers.add(new BatchNorm(out, initialization, random));
            layers.add(Activation.relu());
            in = out;
        }
        layers.add(Activation.flatten());
        layers.add(new Linear(in * plan.lastSide() * plan.lastSide(), FEATURES, initialization, random));
        layers.add(Activation.relu());
        features = child("features", new Sequential(layers));
        this.plan = plan;
        this.classCount = classCount;
        classes = child("classes", new Linear(FEATURES, classCount, initialization, random));
    }

    Plan plan() {
        return plan;
    }

    int classCount() {
        return classCount;
    }

    /** @param images [N, channels, side, side] in [−1, 1] */
    FeatureExtractor.Output forward(Tensor images) {
        Tensor vectors = features.forward(images);
        return new FeatureExtractor.Output(vectors, classes.forward(vectors));
    }
}
