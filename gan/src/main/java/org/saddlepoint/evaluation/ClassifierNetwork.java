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
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * A small classifier: five 3×3 convolutions, three of stride 2, each with batch normalization and ReLU; then 64 features, and a
 * class each.
 *
 * <p>The features of colour images are the 64 and the mean over all places of each channel after the first two convolutions,
 * which tells edges, textures and colours that the deeper features overlook (as style is told by Gatys et al. 2016, section 2.2, whose
 * Gram matrices have these means as their simplest case). Each is brought to mean 0 and variance 1 on whole training images, so
 * that a distance weighs them alike.
 */
final class ClassifierNetwork extends NeuralModule {
    /** Width of the layer before the classes. */
    static final int FEATURES = 64;

    /** The weight whose second axis tells the channels of the images, and so the plan. */
    static final String FIRST_WEIGHT = "features.0.weight";

    /**
     * For which images a classifier is.
     *
     * @param channels of the images
     * @param side of the images in pixels
     * @param widths channels out of each convolution, of strides 1, 2, 1, 2, 2
     * @param textures after how many of the convolutions the channels' means are features
     * @param rectified whether a ReLU follows the 64 features; where they are learnt by contrast, it would leave half of them 0
     *     for all images
     */
    record Plan(int channels, int side, List<Integer> widths, int textures, boolean rectified) {
        /** Grey images of 28×28. */
        static final Plan GREY = new Plan(1, 28, List.of(16, 32, 32, 64, 64), 0, true);

        /** Colour images of 32×32. */
        static final Plan COLOUR = new Plan(3, 32, List.of(24, 48, 48, 96, 96), 2, false);

        Plan {
            widths = List.copyOf(widths);
        }

        /** How many features an image has. */
        int dimension() {
            return FEATURES
                    + widths.stream()
                            .limit(textures)
                            .mapToInt(Integer::intValue)
                            .sum();
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

    /** A feature that is the same for all images must not divide by 0. */
    private static final double LEAST_DEVIATION = 1e-3;

    private static final int[] STRIDES = {1, 2, 1, 2, 2};

    private static final String MEAN = "standard.mean";
    private static final String DEVIATION = "standard.deviation";

    /** Layers of one convolution: itself, batch normalization, ReLU. */
    private static final int LAYERS = 3;

    private final List<Layer> layers;
    private final Linear classes;
    private final Plan plan;
    private final int classCount;

    ClassifierNetwork(Plan plan, int classCount, RandomGenerator random) {
        Initialization initialization = Initialization.PYTORCH_DEFAULT;
        List<Layer> all = new ArrayList<>();
        int in = plan.channels();
        for (int i = 0; i < STRIDES.length; i++) {
            int out = plan.widths().get(i);
            all.add(new Conv2d(new ConvConfig(in, out, 3, STRIDES[i], 1, true).withoutBias(), initialization, random));
            all.add(new BatchNorm(out, initialization, random));
            all.add(Activation.relu());
            in = out;
        }
        all.add(Activation.flatten());
        all.add(new Linear(in * plan.lastSide() * plan.lastSide(), FEATURES, initialization, random));
        if (plan.rectified()) {
            all.add(Activation.relu());
        }
        layers = List.copyOf(all);
        child("features", new Sequential(layers));
        this.plan = plan;
        this.classCount = classCount;
        if (plan.textures() > 0) {
            try (TensorScope scope = TensorScope.open()) {
                buffer(MEAN, Tensors.zeros(plan.dimension()));
                buffer(DEVIATION, Tensors.ones(plan.dimension()));
            }
        }
        classes = child("classes", new Linear(FEATURES, classCount, initialization, random));
    }

    Plan plan() {
        return plan;
    }

    int classCount() {
        return classCount;
    }

    /**
     * What heads are trained on.
     *
     * @param images [N, channels, side, side] in [−1, 1]
     * @return the features as they are, [N, {@value #FEATURES}], and the logits
     */
    FeatureExtractor.Output trained(Tensor images) {
        Tensor vectors = images;
        for (Layer layer : layers) {
            vectors = layer.forward(vectors);
        }
        return new FeatureExtractor.Output(vectors, classes.forward(vectors));
    }

    /**
     * What metrics see.
     *
     * @param images [N, channels, side, side] in [−1, 1]
     * @return [N, {@link Plan#dimension()}] and the logits
     */
    FeatureExtractor.Output forward(Tensor images) {
        if (plan.textures() == 0) {
            return trained(images);
        }
        FeatureExtractor.Output output = withTextures(images);
        return new FeatureExtractor.Output(output.features().sub(buffer(MEAN)).div(buffer(DEVIATION)), output.logits());
    }

    private FeatureExtractor.Output withTextures(Tensor images) {
        List<Tensor> parts = new ArrayList<>();
        Tensor vectors = images;
        for (int i = 0; i < layers.size(); i++) {
            vectors = layers.get(i).forward(vectors);
            if (i % LAYERS == LAYERS - 1 && i / LAYERS < plan.textures()) {
                parts.add(vectors.mean(false, 2, 3));
            }
        }
        parts.add(vectors);
        return new FeatureExtractor.Output(Tensors.cat(parts, 1), classes.forward(vectors));
    }

    /** Takes mean and deviation of each feature from these images: [N, channels, side, side], several times. */
    void standardize(Iterable<Tensor> images) {
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            List<Tensor> features = new ArrayList<>();
            for (Tensor part : images) {
                try (TensorScope scratch = TensorScope.open()) {
                    features.add(scratch.promote(withTextures(part).features()));
                }
            }
            Tensor all = Tensors.cat(features, 0);
            buffer(MEAN).assign(all.mean(false, 0));
            buffer(DEVIATION).assign(all.var(true, false, 0).sqrt().add(LEAST_DEVIATION));
        }
    }
}
