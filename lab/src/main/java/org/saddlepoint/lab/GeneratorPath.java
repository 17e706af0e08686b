package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * A generator of curves in the plane whose weights lie on a straight line: θ(t) = θ₀ + t (θ₁ − θ₀) between two random
 * initializations, in float64.
 */
final class GeneratorPath implements AutoCloseable {
    private final Generator generator;
    private final List<double[]> start = new ArrayList<>();
    private final List<double[]> direction = new ArrayList<>();

    /** A random network with {@code depth} hidden layers of {@code width} units. */
    GeneratorPath(int depth, int width, long seed) {
        MlpGeneratorConfig config =
                new MlpGeneratorConfig(Collections.nCopies(depth, width), new InitialWeights.PytorchDefault());
        Latent latent = new Latent(1, Latent.Distribution.UNIFORM);
        try (RandomGenerator random = new RandomGenerator(seed);
                TensorScope scope = TensorScope.open();
                Generator end = config.create(latent, Shape.of(2), random)) {
            generator = config.create(latent, Shape.of(2), random);
            generator.to(DType.FLOAT64);
            for (int k = 0; k < end.weights().size(); k++) {
                double[] from = generator.weights().get(k).toDoubleArray();
                double[] to = end.weights().get(k).to(DType.FLOAT64).toDoubleArray();
                start.add(from);
                Arrays.setAll(to, i -> to[i] - from[i]);
                direction.add(to);
            }
        }
    }

    /** ‖θ₁ − θ₀‖, how far θ goes as t grows by 1. */
    double speed() {
        return Math.sqrt(direction.stream()
                .flatMapToDouble(Arrays::stream)
                .map(v -> v * v)
                .sum());
    }

    /** Sets the weights to θ(t). */
    void go(double t) {
        try (TensorScope scope = TensorScope.open()) {
            for (int k = 0; k < start.size(); k++) {
                double[] from = start.get(k);
                double[] along = direction.get(k);
                double[] weights = new double[from.length];
                Arrays.setAll(weights, i -> from[i] + t * along[i]);
                Tensor weight = generator.weights().get(k);
                weight.assign(Tensors.of(weights, weight.shape().toArray()));
            }
        }
    }

    /** g_θ at so many latents, evenly over (−1, 1), with the graph to θ, [N, 2]. */
    Tensor points(int count) {
        double[] z = new double[count];
        Arrays.setAll(z, i -> (2 * i + 1.0) / count - 1);
        return generator.forward(Tensors.of(z, count, 1), Conditioning.none());
    }

    /** The gradient of a scalar in θ, all weights flattened. */
    double[] gradient(Tensor scalar) {
        return flat(Autograd.grad(scalar, generator.weights()));
    }

    /** ∂g_θ(z)/∂θ for each of so many latents, [N][2][weights]. */
    double[][][] jacobians(int count) {
        double[][][] all = new double[count][2][];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < 2; k++) {
                try (TensorScope scope = TensorScope.open()) {
                    double z = (2 * i + 1.0) / count - 1;
                    Tensor point = generator.forward(Tensors.of(new double[] {z}, 1, 1), Conditioning.none());
                    all[i][k] = gradient(point.select(1, k).sum());
                }
            }
        }
        return all;
    }

    /** ⟨a, θ₁ − θ₀⟩ of a gradient. */
    double along(double[] gradient) {
        double sum = 0;
        int at = 0;
        for (double[] part : direction) {
            for (double v : part) {
                sum += gradient[at++] * v;
            }
        }
        return sum;
    }

    /**
     * What corollary 1 bounds E‖∂g/∂θ‖ with, from norms of weights alone: with h₀ = |z| and h_k = ‖W_k‖h_{k−1} + ‖b_k‖,
     *
     * <pre>‖∂g/∂θ‖² ≤ Σ_k (h_{k−1}² + 1) ∏_{i &gt; k} ‖W_i‖²</pre>
     *
     * <p>since ReLU has slope at most 1.
     */
    double boundByWeights(int count) {
        List<Tensor> weights = generator.weights(); // weight and bias, layer by layer
        int layers = weights.size() / 2;
        double[] norm = new double[2 * layers];
        try (TensorScope scope = TensorScope.open()) {
            Arrays.setAll(norm, k -> Math.sqrt(weights.get(k).square().sum().item()));
        }
        double mean = 0;
        for (int i = 0; i < count; i++) {
            double[] h = new double[layers];
            h[0] = Math.abs((2 * i + 1.0) / count - 1);
            for (int k = 1; k < layers; k++) {
                h[k] = norm[2 * k - 2] * h[k - 1] + norm[2 * k - 1];
            }
            double sum = 0;
            double behind = 1;
            for (int k = layers - 1; k >= 0; k--) {
                sum += (h[k] * h[k] + 1) * behind;
                behind *= norm[2 * k] * norm[2 * k];
            }
            mean += Math.sqrt(sum) / count;
        }
        return mean;
    }

    private static double[] flat(List<Tensor> gradients) {
        return gradients.stream()
                .flatMapToDouble(gradient -> Arrays.stream(gradient.toDoubleArray()))
                .toArray();
    }

    @Override
    public void close() {
        generator.close();
    }
}
