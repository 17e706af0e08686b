package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.InputGradient;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** What penalties differentiate, of every family of discriminators, is what libtorch's own gradients give. */
@ExtendWith(LeakCheck.class)
class DiscriminatorGradientTest {
    /** What is left to libtorch: normalizations, statistics of batches, curved activations, maxout. */
    private static final Pattern LEFT =
            Pattern.compile("normalization=(BATCH|INSTANCE)|activation=ELU|maxoutPieces=2|StyleGan2");

    static List<DiscriminatorConfig> families() {
        List<DiscriminatorConfig> all = new ArrayList<>(FamilyLawsTest.discriminators());
        all.add(new MlpDiscriminatorConfig(List.of(6, 4), new InitialWeights.Uniform(0.3), 1, 0.2, 0, 0));
        return all;
    }

    @ParameterizedTest
    @MethodSource("families")
    void penaltiesOfItMoveTheSameWeights(DiscriminatorConfig family) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                Discriminator discriminator = family.create(Shape.of(3, 32, 32), random)) {
            discriminator.module().to(DType.FLOAT64);
            Tensor samples = random.normal(DType.FLOAT64, 3, 3, 32, 32).withGrad(true);
            InputGradient pass = InputGradient.of(samples);
            Tensor logits;
            try (pass) {
                logits = discriminator.forward(samples, Conditioning.none());
            }
            assertThat(pass.knowsTheWayTo(logits))
                    .isEqualTo(!LEFT.matcher(family.toString()).find());
            Tensor found = pass.gradient(logits);
            Tensor plain = discriminator.forward(samples, Conditioning.none());
            Tensor expected =
                    Autograd.grad(List.of(plain), List.of(samples), true).get(0);
            requireClose("gradient", found, expected);
            List<Tensor> weights = discriminator.module().weights();
            List<String> names = List.copyOf(discriminator.module().parameters().keySet());
            // A last bias moves no gradient; logits themselves bring all weights in.
            List<Tensor> ofFound =
                    Autograd.grad(found.square().sum().add(logits.square().sum()), weights);
            List<Tensor> ofExpected =
                    Autograd.grad(expected.square().sum().add(plain.square().sum()), weights);
            for (int i = 0; i < weights.size(); i++) {
                requireClose(names.get(i), ofFound.get(i), ofExpected.get(i));
            }
        }
    }

    private static void requireClose(String name, Tensor found, Tensor expected) {
        assertThat(found.sub(expected).abs().max().item())
                .as(name)
                .isLessThan(1e-10 * (1e-6 + expected.abs().max().item()));
    }
}
