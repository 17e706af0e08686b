package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** Self-attention as SAGAN's code runs it; finite differences of its own gradients are among the laws of networks. */
@ExtendWith({LeakCheck.class, OneThread.class})
class SelfAttentionTest {
    private static final Initialization NORMAL =
            new Initialization(Initializer.normal(0, 0.5), Initializer.constant(0), Initializer.constant(1));

    private static SelfAttention attention(int channels, double gamma, RandomGenerator random) {
        SelfAttention attention = new SelfAttention(channels, NORMAL, random);
        attention.to(DType.FLOAT64);
        try (TensorScope scope = TensorScope.open()) {
            attention.stateDict().get("gamma").assign(Tensors.full(gamma, DType.FLOAT64));
        }
        return attention;
    }

    @Test
    void whatAPixelTakesSumsToOne() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                SelfAttention attention = attention(16, 1, random)) {
            Tensor weights = attention.weights(random.normal(DType.FLOAT64, 3, 16, 6, 4));
            assertThat(weights.shape()).isEqualTo(Shape.of(3, 24, 6));
            assertThat(weights.sum(false, 2).sub(1).abs().max().item()).isLessThan(1e-12);
            assertThat(weights.min().item()).isPositive();
        }
    }

    @Test
    void itStartsAsTheIdentity() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                SelfAttention attention = new SelfAttention(8, NORMAL, random)) {
            Tensor images = random.normal(2, 8, 4, 4);
            assertThat(attention.forward(images).toFloatArray()).isEqualTo(images.toFloatArray());
            assertThat(attention.stateDict().get("gamma").shape()).isEqualTo(Shape.of());
        }
    }

    /** Of one pixel's formula, by hand. */
    @Test
    void aPixelTakesFromTheLargestOfEachFourPixels() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                SelfAttention attention = attention(8, 0.7, random)) {
            Tensor images = random.normal(DType.FLOAT64, 1, 8, 4, 4);
            Map<String, Tensor> state = attention.stateDict();
            double[] x = images.toDoubleArray();
            double[][] query = project(state.get("theta.weight"), x, 16);
            double[][] key = pooled(project(state.get("phi.weight"), x, 16));
            double[][] value = pooled(project(state.get("g.weight"), x, 16));
            double[] out = state.get("o.weight").toDoubleArray();
            double[] actual = attention.forward(images).toDoubleArray();
            for (int pixel = 0; pixel < 16; pixel++) {
                double[] weight = new double[4];
                double total = 0;
                for (int j = 0; j < 4; j++) {
                    weight[j] = Math.exp(query[0][pixel] * key[0][j]);
                    total += weight[j];
                }
                for (int c = 0; c < 8; c++) {
                    double taken = 0;
                    for (int v = 0; v < 4; v++) {
                        for (int j = 0; j < 4; j++) {
                            taken += out[c * 4 + v] * value[v][j] * weight[j] / total;
                        }
                    }
                    assertThat(actual[c * 16 + pixel]).isCloseTo(x[c * 16 + pixel] + 0.7 * taken, within(1e-12));
                }
            }
        }
    }

    private static double[][] project(Tensor weight, double[] x, int pixels) {
        double[] w = weight.toDoubleArray();
        int in = x.length / pixels;
        double[][] out = new double[w.length / in][pixels];
        for (int o = 0; o < out.length; o++) {
            for (int i = 0; i < in; i++) {
                for (int p = 0; p < pixels; p++) {
                    out[o][p] += w[o * in + i] * x[i * pixels + p];
                }
            }
        }
        return out;
    }

    /** Of 4×4 pixels. */
    private static double[][] pooled(double[][] maps) {
        double[][] out = new double[maps.length][4];
        for (int c = 0; c < maps.length; c++) {
            for (int j = 0; j < 4; j++) {
                int corner = j / 2 * 8 + j % 2 * 2;
                out[c][j] = Math.max(
                        Math.max(maps[c][corner], maps[c][corner + 1]),
                        Math.max(maps[c][corner + 4], maps[c][corner + 5]));
            }
        }
        return out;
    }

    /** Gradient penalties differentiate through the gradient with respect to the images. */
    @Test
    void itsInputGradientIsItselfDifferentiable() {
        double step = 1e-6;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                SelfAttention attention = attention(8, 0.9, random)) {
            Tensor images = random.normal(DType.FLOAT64, 2, 8, 4, 4).withGrad(true);
            List<Tensor> weights = attention.weights();
            List<Tensor> gradients = Autograd.grad(squaredInputGradient(attention, images), weights);
            for (int i = 0; i < weights.size(); i++) {
                Tensor weight = weights.get(i);
                Tensor start = weight.detach().copy();
                Tensor direction = random.normal(DType.FLOAT64, weight.shape().toArray());
                weight.assign(start.add(direction.mul(step)));
                double above = squaredInputGradient(attention, images).item();
                weight.assign(start.sub(direction.mul(step)));
                double below = squaredInputGradient(attention, images).item();
                weight.assign(start);
                double expected = (above - below) / (2 * step);
                assertThat(Math.abs(expected)).as("weight %d", i).isGreaterThan(1e-6);
                assertThat(gradients.get(i).mul(direction).sum().item())
                        .as("weight %d", i)
                        .isCloseTo(expected, withinPercentage(1e-3));
            }
        }
    }

    /** Σ ‖∂(Σ y³)/∂x‖², differentiable. */
    private static Tensor squaredInputGradient(SelfAttention attention, Tensor images) {
        Tensor sum = attention.forward(images).pow(3).sum();
        return Autograd.grad(List.of(sum), List.of(images), true)
                .get(0)
                .square()
                .sum();
    }

    @Test
    void whatItCannotTakeIsRefused() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                SelfAttention attention = new SelfAttention(8, NORMAL, random)) {
            assertThatThrownBy(() -> new SelfAttention(12, NORMAL, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("self-attention needs a multiple of 8 channels but there are 12; change the width, or"
                            + " put attention at another side");
            assertThatThrownBy(() -> attention.forward(random.normal(1, 8, 5, 4)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("even sides but was given [1, 8, 5, 4]");
        }
    }
}
