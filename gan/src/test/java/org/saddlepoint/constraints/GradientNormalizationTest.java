package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.constraints.GradientNormalization.GeneratorPath;
import org.saddlepoint.constraints.GradientNormalization.Zeta;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** Gradient normalization against its closed forms (Wu et al. 2021). */
@ExtendWith({LeakCheck.class, OneThread.class})
class GradientNormalizationTest {
    private static final Shape POINT = Shape.of(2);

    private static Discriminator normalized(Discriminator plain, Zeta zeta, GeneratorPath path) {
        try (RandomGenerator unused = new RandomGenerator(0)) {
            return new GradientNormalization(zeta, path).apply(plain, POINT, unused);
        }
    }

    private static Tensor point(double... x) {
        return Tensors.of(x, 1, x.length).withGrad(true);
    }

    @ParameterizedTest
    @EnumSource(GeneratorPath.class)
    void ofALinearDiscriminatorItIsAsComputedByHand(GeneratorPath path) {
        // w = (3, 4), b = ½, x = (1, −½): f = 3/2, ‖∇f‖ = 5.
        requireLinear(Zeta.ABSOLUTE, path, 3 / 13.0, 15 / 42.25, 20 / 42.25);
        requireLinear(Zeta.ZERO, path, 0.3, 0.6, 0.8);
        requireLinear(Zeta.ONE, path, 0.25, 0.5, 4 / 6.0);
    }

    private static void requireLinear(Zeta zeta, GeneratorPath path, double value, double first, double second) {
        for (double scale : zeta == Zeta.ONE ? new double[] {1} : new double[] {1, 7, 1e-3}) {
            try (TensorScope scope = TensorScope.open();
                    Discriminator d =
                            normalized(Critics.linear(new double[] {3 * scale, 4 * scale}, 0.5 * scale), zeta, path)) {
                for (boolean forGenerator : new boolean[] {false, true}) {
                    Tensor x = point(1, -0.5);
                    Tensor logit = forGenerator
                            ? d.forwardForGenerator(x, Conditioning.none())
                            : d.forward(x, Conditioning.none());
                    assertThat(logit.item()).isCloseTo(value, within(1e-14));
                    assertThat(Autograd.grad(logit, List.of(x)).get(0).toDoubleArray())
                            .containsExactly(new double[] {first, second}, within(1e-14));
                }
            }
        }
    }

    @Test
    void theNumbersOfTheReferenceAreThese() {
        assertThat(3 / 13.0).isCloseTo(0.2307692308, within(5e-11));
        assertThat(15 / 42.25).isCloseTo(0.35502959, within(5e-9));
        assertThat(20 / 42.25).isCloseTo(0.47337278, within(5e-9));
        assertThat(Math.hypot(15 / 42.25, 20 / 42.25)).isCloseTo(0.5917159763, within(5e-11));
    }

    private interface Net {
        Discriminator build(int in, RandomGenerator random);
    }

    /** Seeds of nets with LeakyReLU, ReLU and maxout units. */
    private static List<Net> piecewiseLinearNets() {
        List<Net> nets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            nets.add((in, random) -> Critics.hidden(in, 1, Activation.leakyRelu(0.2), random));
            nets.add((in, random) -> Critics.hidden(in, 1, Activation.relu(), random));
            nets.add((in, random) -> Critics.hidden(in, 3, Activation.maxout(3), random));
        }
        return nets;
    }

    @Test
    void anyPiecewiseLinearNetBecomesBoundedAnd1Lipschitz() {
        try (RandomGenerator random = new RandomGenerator(3)) {
            double steepest = 0;
            double largest = 0;
            for (Net net : piecewiseLinearNets()) {
                try (TensorScope scope = TensorScope.open();
                        Discriminator plain = net.build(3, random)) {
                    plain.to(DType.FLOAT64);
                    Tensor x = random.normal(DType.FLOAT64, 16, 3).mul(2).withGrad(true);
                    Tensor f = plain.forward(x, Conditioning.none());
                    double[] values = f.toDoubleArray();
                    double[] norms = norms(Autograd.grad(f, List.of(x)).get(0));
                    Discriminator d = normalized(plain, Zeta.ABSOLUTE, GeneratorPath.DIFFERENTIATED);
                    Tensor normalized = d.forward(x, Conditioning.none());
                    double[] slopes =
                            norms(Autograd.grad(normalized, List.of(x)).get(0));
                    double[] hats = normalized.toDoubleArray();
                    for (int i = 0; i < 16; i++) {
                        double sum = norms[i] + Math.abs(values[i]);
                        if (norms[i] == 0) {
                            assertThat(Math.abs(hats[i])).isEqualTo(1); // all ReLU units are dead here
                            continue;
                        }
                        assertThat(hats[i]).isCloseTo(values[i] / sum, within(1e-14));
                        assertThat(slopes[i]).isCloseTo(Math.pow(norms[i] / sum, 2), within(1e-13));
                        steepest = Math.max(steepest, slopes[i]);
                        largest = Math.max(largest, Math.abs(hats[i]));
                    }
                }
            }
            assertThat(steepest).isBetween(0.95, 1.0); // near the bound: it is tight
            assertThat(largest).isBetween(0.9, Math.nextDown(1.0));
        }
    }

    private static double[] norms(Tensor gradients) {
        return gradients.norm(1).toDoubleArray();
    }

    @Test
    void multiplyingTheDiscriminatorChangesNothing() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                Discriminator plain = Critics.hidden(3, 1, Activation.leakyRelu(0.2), random)) {
            plain.to(DType.FLOAT64);
            Tensor x = random.normal(DType.FLOAT64, 16, 3);
            Discriminator absolute = normalized(plain, Zeta.ABSOLUTE, GeneratorPath.CLOSED_FORM);
            Discriminator one = normalized(plain, Zeta.ONE, GeneratorPath.CLOSED_FORM);
            double[] before = absolute.forward(x, Conditioning.none()).toDoubleArray();
            double[] oneBefore = one.forward(x, Conditioning.none()).toDoubleArray();
            for (String last : List.of("layers.4.weight", "layers.4.bias")) {
                Tensor weight = plain.stateDict().get(last);
                weight.assign(weight.mul(37));
            }
            assertThat(absolute.forward(x, Conditioning.none()).toDoubleArray()).containsExactly(before, within(1e-13));
            assertThat(one.forward(x, Conditioning.none()).toDoubleArray()[0]).isNotCloseTo(oneBefore[0], within(1e-3));
        }
    }

    @ParameterizedTest
    @EnumSource(GeneratorPath.class)
    void hingeAndWassersteinHaveTheSameGradients(GeneratorPath path) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                Discriminator d =
                        normalized(Critics.hidden(2, 1, Activation.leakyRelu(0.2), random), Zeta.ABSOLUTE, path)) {
            Tensor real = random.normal(8, 2);
            Tensor fake = random.normal(8, 2).add(1);
            List<List<Tensor>> gradients = new ArrayList<>();
            List<Double> losses = new ArrayList<>();
            for (boolean hinge : new boolean[] {true, false}) {
                Tensor ofReal = d.forward(real, Conditioning.none());
                Tensor ofFake = d.forward(fake, Conditioning.none());
                Tensor loss = hinge
                        ? new HingeObjective().discriminatorLoss(ofReal, ofFake)
                        : new WassersteinObjective().discriminatorLoss(ofReal, ofFake);
                losses.add(loss.item());
                gradients.add(Autograd.grad(loss, d.weights()));
            }
            assertThat(losses.get(0)).isCloseTo(2 + losses.get(1), within(1e-6));
            double largest = 0;
            for (int i = 0; i < gradients.get(0).size(); i++) {
                Tensor difference = gradients.get(0).get(i).sub(gradients.get(1).get(i));
                assertThat(difference.abs().max().item()).isLessThan(1e-6);
                largest = Math.max(largest, gradients.get(0).get(i).abs().max().item());
            }
            assertThat(largest).isGreaterThan(0.01);
        }
    }

    @ParameterizedTest
    @EnumSource(Zeta.class)
    void whereValueAndGradientVanishItIs0AndAllGradientsAreFinite(Zeta zeta) {
        for (GeneratorPath path : GeneratorPath.values()) {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(3);
                    Discriminator plain = Critics.hidden(2, 1, Activation.relu(), random)) {
                plain.stateDict().get("layers.2.bias").assign(Tensors.full(-1e3, DType.FLOAT32, 6)); // dead units
                plain.stateDict().get("layers.4.bias").assign(Tensors.zeros(1));
                Discriminator d = normalized(plain, zeta, path);
                Tensor x = random.normal(4, 2).withGrad(true);
                Tensor logits = d.forward(x, Conditioning.none());
                assertThat(logits.toFloatArray()).containsOnly(0);
                for (Tensor gradient : Autograd.grad(logits.sub(1).square().sum(), d.weights())) {
                    assertThat(gradient.isFinite().all().item()).isEqualTo(1);
                }
                Tensor fast = d.forwardForGenerator(x, Conditioning.none());
                assertThat(fast.toFloatArray()).containsOnly(0);
                assertThat(Autograd.grad(fast, List.of(x)).get(0).toFloatArray())
                        .containsOnly(0);
            }
        }
    }

    private record Family(GeneratorConfig generators, DiscriminatorConfig discriminators, Shape sample) {}

    static List<Family> families() {
        InitialWeights wide = new InitialWeights.Uniform(0.5);
        InitialWeights narrow = new InitialWeights.Uniform(0.2);
        return List.of(
                new Family(
                        new MlpGeneratorConfig(List.of(16), wide),
                        MlpDiscriminatorConfig.of(List.of(16, 16), wide),
                        Shape.of(2)),
                new Family(
                        new MlpGeneratorConfig(List.of(16), narrow),
                        new MlpDiscriminatorConfig(List.of(16), narrow, 4, 0.2, 0, 0),
                        Shape.of(1, 8, 8)),
                new Family(
                        new DcganGeneratorConfig(4),
                        new DcganDiscriminatorConfig(4, Normalization.NONE),
                        Shape.of(3, 16, 16)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void theFastPathIsTheSlowPath(Family family) {
        Latent latent = new Latent(6, Latent.Distribution.NORMAL);
        for (Zeta zeta : Zeta.values()) {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(3);
                    Generator generator = family.generators().create(latent, family.sample(), random);
                    Discriminator plain = family.discriminators().create(family.sample(), random)) {
                Discriminator fast = normalized(plain, zeta, GeneratorPath.CLOSED_FORM);
                Discriminator slow = normalized(plain, zeta, GeneratorPath.DIFFERENTIATED);
                Tensor z = latent.sample(16, random);
                List<List<Tensor>> gradients = new ArrayList<>();
                List<float[]> values = new ArrayList<>();
                for (Discriminator d : List.of(fast, slow)) {
                    Tensor logits =
                            d.forwardForGenerator(generator.forward(z, Conditioning.none()), Conditioning.none());
                    values.add(logits.toFloatArray());
                    gradients.add(Autograd.grad(logits.neg().softplus().mean(), generator.weights()));
                }
                assertThat(values.get(0)).containsExactly(values.get(1), within(1e-5f));
                double largest = 0;
                for (Tensor gradient : gradients.get(1)) {
                    largest = Math.max(largest, gradient.abs().max().item());
                }
                assertThat(largest).isGreaterThan(1e-4);
                for (int i = 0; i < gradients.get(0).size(); i++) {
                    Tensor difference =
                            gradients.get(0).get(i).sub(gradients.get(1).get(i));
                    assertThat(difference.abs().max().item()).isLessThan(1e-5 * largest);
                }
            }
        }
    }

    @Test
    void theClosedFormIsRefusedWhereTheDiscriminatorBends() {
        for (Activation activation : List.of(Activation.tanh(), Activation.silu(), Activation.sigmoid())) {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(3);
                    Discriminator plain = Critics.hidden(2, 1, activation, random)) {
                assertThatThrownBy(() -> normalized(plain, Zeta.ABSOLUTE, GeneratorPath.CLOSED_FORM))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("the layer layers.1 (" + activation + ")")
                        .hasMessageContaining("piecewise linear")
                        .hasMessageContaining("generatorPath: differentiated");
                Discriminator d = normalized(plain, Zeta.ABSOLUTE, GeneratorPath.DIFFERENTIATED);
                assertThat(d.forward(Tensors.ones(3, 2), Conditioning.none()).shape())
                        .isEqualTo(Shape.of(3));
            }
        }
    }

    /** A layer that bends by itself, around one that does not. */
    private static final class Squashed extends Layer {
        private final Linear inner;

        Squashed(RandomGenerator random) {
            inner = child("inner", new Linear(2, 1, Critics.NORMAL, random));
        }

        @Override
        public Tensor forward(Tensor input) {
            return inner.forward(input).tanh();
        }

        @Override
        public boolean isPiecewiseLinear() {
            return false;
        }
    }

    @Test
    void theClosedFormIsRefusedWhereALayerBendsWhatLiesInIt() {
        try (RandomGenerator random = new RandomGenerator(3);
                Discriminator plain = new Critics.Stack(List.of(new Squashed(random)))) {
            assertThatThrownBy(() -> normalized(plain, Zeta.ABSOLUTE, GeneratorPath.CLOSED_FORM))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the layer layers.0 (Squashed)");
        }
    }

    @Test
    void twiceIsRefused() {
        try (Discriminator d =
                normalized(Critics.linear(new double[] {1, 1}, 0), Zeta.ABSOLUTE, GeneratorPath.CLOSED_FORM)) {
            assertThatThrownBy(() -> normalized(d, Zeta.ABSOLUTE, GeneratorPath.CLOSED_FORM))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("once");
        }
    }
}
