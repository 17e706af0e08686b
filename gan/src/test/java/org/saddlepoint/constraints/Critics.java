package org.saddlepoint.constraints;

import java.util.List;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Discriminators to constrain, and what their updates show to penalties. */
final class Critics {
    static final Initialization NORMAL =
            new Initialization(Initializer.normal(0, 0.7), Initializer.normal(0, 0.7), Initializer.normal(1, 0.2));

    private Critics() {}

    /** Layers from [N, D] to [N, 1]. */
    static final class Stack extends NeuralModule implements Discriminator {
        private final Sequential layers;

        Stack(List<? extends Layer> stack) {
            layers = child("layers", new Sequential(stack));
        }

        @Override
        public Tensor forward(Tensor samples, Conditioning conditioning) {
            return layers.forward(samples).squeeze(1);
        }
    }

    /** D(x) = w·x + b, float64. */
    static Discriminator linear(double[] w, double b) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator unused = new RandomGenerator(0)) {
            Discriminator linear = new Stack(List.of(new Linear(w.length, 1, NORMAL, unused)));
            linear.to(DType.FLOAT64);
            linear.weights().get(0).assign(Tensors.of(w, 1, w.length));
            linear.weights().get(1).assign(Tensors.of(new double[] {b}, 1));
            return linear;
        }
    }

    /** Two hidden layers of six units with this activation, after a Linear of 6 · pieces. */
    static Discriminator hidden(int in, int pieces, Activation activation, RandomGenerator random) {
        return new Stack(List.of(
                new Linear(in, 6 * pieces, NORMAL, random),
                activation,
                new Linear(6, 6 * pieces, NORMAL, random),
                activation,
                new Linear(6, 1, NORMAL, random)));
    }

    /** Overwrites all weights with draws from N(0, deviation²) of their type. */
    static void randomize(Network network, double deviation, RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            network.weights()
                    .forEach(weight -> weight.assign(
                            random.normal(weight.dtype(), weight.shape().toArray())
                                    .mul(deviation)));
        }
    }

    /** An update of this discriminator, the first or a later one. */
    static DiscriminatorUpdate update(
            Discriminator discriminator, Tensor real, Tensor fake, RandomGenerator random, long index) {
        return update(discriminator, real, fake, random, Progress.START, index);
    }

    /** An update of this discriminator at some moment of a training. */
    static DiscriminatorUpdate update(
            Discriminator discriminator,
            Tensor real,
            Tensor fake,
            RandomGenerator random,
            Progress progress,
            long index) {
        return new DiscriminatorUpdate(
                discriminator,
                real,
                fake,
                discriminator.forward(real, Conditioning.none()),
                Conditioning.none(),
                random,
                progress,
                index);
    }
}
