package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.FunctionLayer;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** Layers of one's own as generator and discriminator, and what constraints say of them. */
@ExtendWith({LeakCheck.class, OneThread.class})
class OwnNetworksTest {
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final Shape POINT = Shape.of(2);

    /** A discriminator with a weight beside its layer. */
    private static final class Scaled extends NeuralModule implements Discriminator {
        private final Linear layer;

        Scaled(RandomGenerator random) {
            layer = child("layer", linear(2, 1, random));
            try (TensorScope scope = TensorScope.open()) {
                parameter("scale", random.normal(1));
            }
        }

        @Override
        public Tensor forward(Tensor samples, Conditioning conditioning) {
            return layer.forward(samples)
                    .squeeze(1)
                    .mul(parameters().values().iterator().next().tensor());
        }
    }

    private static Linear linear(int in, int out, RandomGenerator random) {
        return new Linear(in, out, Initialization.PYTORCH_DEFAULT, random);
    }

    private static FunctionLayer quadratic(RandomGenerator random) {
        return FunctionLayer.with(random)
                .weight("a", Initializer.normal(0, 1), 2)
                .computing((w, x) -> x.square().mul(w.get("a")).sum(false, 1));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void layersAreAGenerator() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Generator generator = Generator.of(LATENT, ConditionShape.none(), POINT, linear(3, 2, random));
                Generator wide = Generator.of(LATENT, ConditionShape.none(), POINT, linear(3, 4, random))) {
            Tensor z = LATENT.sample(5, random);
            assertThat(generator.forward(z, Conditioning.none()).shape()).isEqualTo(Shape.of(5, 2));
            assertThat(generator.stateDict().keySet()).containsExactly("layers.weight", "layers.bias");
            refused(
                    () -> wide.forward(z, Conditioning.none()),
                    "the generator's layers: expected samples of shape [5, 2] but they gave [5, 4]");
            refused(() -> generator.forward(random.normal(5, 2), Conditioning.none()), "latent");
            refused(
                    () -> Generator.of(LATENT, new ConditionShape.Classes(4, false), POINT, linear(3, 2, random)),
                    "choose conditioning.generator.way: concatenation, embedding or multiplication");
        }
    }

    @Test
    void layersAreADiscriminator() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator function = Discriminator.of(quadratic(random));
                Discriminator column = Discriminator.of(linear(2, 1, random));
                Discriminator wide = Discriminator.of(linear(2, 3, random))) {
            Tensor x = random.normal(5, 2);
            assertThat(function.forward(x, Conditioning.none()).shape()).isEqualTo(Shape.of(5));
            assertThat(column.forward(x, Conditioning.none()).shape()).isEqualTo(Shape.of(5));
            refused(
                    () -> wide.forward(x, Conditioning.none()),
                    "expected one logit a sample, of shape [5] or [5, 1], but they gave [5, 3]");
        }
    }

    @Test
    void constraintsRefuseWhatTheyCannotSeeInto() {
        try (RandomGenerator random = new RandomGenerator(1);
                Discriminator function = Discriminator.of(new Sequential(linear(2, 2, random), quadratic(random)));
                Discriminator scaled = new Scaled(random)) {
            Constraint spectral = new SpectralNormalization(1, 0);
            refused(
                    () -> spectral.apply(function, POINT, random),
                    "spectral normalization cannot work with the layer layers.1 (FunctionLayer)");
            refused(
                    () -> GradientNormalization.PAPER.apply(function, POINT, random),
                    "cannot work with the layer layers.1 (FunctionLayer)");
            refused(
                    () -> spectral.apply(scaled, POINT, random),
                    "spectral normalization cannot work with Scaled: its own weights scale are those of no layer");
        }
    }

    @Test
    void gradientNormalizationTakesAFunctionThatSaysItIsPiecewiseLinear() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Layer leaky = FunctionLayer.with(random)
                    .weight("w", Initializer.normal(0, 1), 4, 2)
                    .piecewiseLinear()
                    .computing((w, x) -> x.matmul(w.get("w").transpose(0, 1)).leakyRelu(0.2));
            Discriminator plain = Discriminator.of(new Sequential(leaky, linear(4, 1, random), Activation.flatten()));
            try (Discriminator bounded = GradientNormalization.PAPER.apply(plain, POINT, random)) {
                Tensor logits = bounded.forward(random.normal(6, 2).withGrad(true), Conditioning.none());
                assertThat(logits.abs().max().item()).isBetween(1e-3, 1.0);
            }
        }
    }
}
