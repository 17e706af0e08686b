package org.saddlepoint.lab;

import java.util.List;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** A critic of points of the plane in float64, with any activation between its layers; it is not trained. */
final class RandomCritic extends NeuralModule implements Discriminator {
    private final Sequential layers;

    private RandomCritic(List<? extends Layer> stack) {
        layers = child("layers", new Sequential(stack));
        to(DType.FLOAT64);
    }

    /**
     * Two hidden layers of random weights, the mean of whose values on a square around the origin is 0.
     *
     * @param steepness factor of the first layer's weights and biases
     * @param half half the side of the square
     */
    static RandomCritic of(Activation activation, int units, double steepness, double half, RandomGenerator random) {
        Initialization first = normal(steepness);
        Initialization second = normal(1 / Math.sqrt(units));
        RandomCritic critic = new RandomCritic(List.of(
                new Linear(2, units, first, random),
                activation,
                new Linear(units, units, second, random),
                activation,
                new Linear(units, 1, second, random)));
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            Tensor mean = critic.forward(tensor(Plane.grid(half, 33)), Conditioning.none())
                    .mean();
            Tensor bias = critic.weights().get(5);
            bias.assign(bias.sub(mean));
        }
        return critic;
    }

    /** weight · act(x₁) + bias, of one unit. */
    static RandomCritic unit(Activation activation, double weight, double bias) {
        try (RandomGenerator unused = new RandomGenerator(0);
                TensorScope scope = TensorScope.open()) {
            RandomCritic critic = new RandomCritic(
                    List.of(new Linear(2, 1, normal(1), unused), activation, new Linear(1, 1, normal(1), unused)));
            critic.weights().get(0).assign(Tensors.of(new double[] {1, 0}, 1, 2));
            critic.weights().get(1).assign(Tensors.of(new double[] {0}, 1));
            critic.weights().get(2).assign(Tensors.of(new double[] {weight}, 1, 1));
            critic.weights().get(3).assign(Tensors.of(new double[] {bias}, 1));
            return critic;
        }
    }

    /** Multiplies all values by c. */
    void scale(double c) {
        List<Tensor> weights = weights();
        weights.subList(weights.size() - 2, weights.size()).forEach(weight -> weight.scaleInPlace(c));
    }

    /** Points as a float64 tensor, [N, 2]. */
    static Tensor tensor(double[][] points) {
        double[] flat = new double[2 * points.length];
        for (int i = 0; i < points.length; i++) {
            flat[2 * i] = points[i][0];
            flat[2 * i + 1] = points[i][1];
        }
        return Tensors.of(flat, points.length, 2);
    }

    private static Initialization normal(double deviation) {
        return new Initialization(
                Initializer.normal(0, deviation), Initializer.normal(0, deviation), Initializer.constant(1));
    }

    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        return layers.forward(samples).squeeze(1);
    }
}
