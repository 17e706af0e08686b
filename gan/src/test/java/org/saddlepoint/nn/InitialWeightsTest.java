package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.nn.InitialWeights.KaimingNormal;
import org.saddlepoint.nn.InitialWeights.KaimingUniform;
import org.saddlepoint.nn.InitialWeights.Normal;
import org.saddlepoint.nn.InitialWeights.Orthogonal;
import org.saddlepoint.nn.InitialWeights.PytorchDefault;
import org.saddlepoint.nn.InitialWeights.Uniform;
import org.saddlepoint.nn.InitialWeights.XavierNormal;
import org.saddlepoint.nn.InitialWeights.XavierUniform;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.MainClasses;

/** Each scheme draws exactly what its initializers draw; {@link InitializerTest} says what those are. */
@ExtendWith(LeakCheck.class)
class InitialWeightsTest {
    private static final Initializer ZERO = Initializer.constant(0);
    private static final Initializer ONE = Initializer.constant(1);

    private static final Map<InitialWeights, Initialization> SCHEMES = Map.of(
            new Uniform(0.05), Initialization.uniform(0.05),
            new Normal(0.02), Initialization.DCGAN,
            new KaimingNormal(), new Initialization(Initializer.kaimingNormal(), ZERO, ONE),
            new KaimingUniform(), new Initialization(Initializer.kaimingUniform(), ZERO, ONE),
            new XavierNormal(2), new Initialization(Initializer.xavierNormal(2), ZERO, ONE),
            new XavierUniform(3), new Initialization(Initializer.xavierUniform(3), ZERO, ONE),
            new Orthogonal(0.5), new Initialization(Initializer.orthogonal(0.5), ZERO, ONE),
            new PytorchDefault(), Initialization.PYTORCH_DEFAULT);

    @Test
    void everySchemeIsListed() {
        assertThat(SCHEMES.keySet().stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(MainClasses.implementationsOf(InitialWeights.class));
    }

    @Test
    void everySchemeDrawsAsItsInitialization() {
        SCHEMES.forEach((scheme, expected) -> requireSame(scheme.toString(), scheme.initialization(), expected));
    }

    @Test
    void aGainMultipliesWeightsOnly() {
        requireSame(
                "gain",
                new XavierUniform(1.5).initialization().withGain(2),
                new Initialization(Initializer.xavierUniform(3), ZERO, ONE));
        requireSame(
                "gain",
                Initialization.DCGAN.withGain(2),
                new Initialization(Initializer.normal(0, 0.04), ZERO, Initializer.normal(1, 0.02)));
    }

    private static void requireSame(String what, Initialization actual, Initialization expected) {
        assertThat(values(actual.weight())).as(what + " weight").isEqualTo(values(expected.weight()));
        assertThat(values(actual.bias())).as(what + " bias").isEqualTo(values(expected.bias()));
        assertThat(values(actual.normScale())).as(what + " normScale").isEqualTo(values(expected.normScale()));
    }

    private static float[] values(Initializer initializer) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            long[] shape = {4, 3, 2, 2};
            return initializer.create(random, Initializer.Fan.of(shape), shape).toFloatArray();
        }
    }

    @Test
    void numbersThatAreNotPositiveAreRefusedByName() {
        Map<String, List<DoubleFunction<InitialWeights>>> numbers = Map.of(
                "range", List.of(Uniform::new),
                "deviation", List.of(Normal::new),
                "gain", List.of(XavierNormal::new, XavierUniform::new, Orthogonal::new));
        numbers.forEach((name, makers) -> {
            for (DoubleFunction<InitialWeights> maker : makers) {
                for (double wrong : new double[] {0, -0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
                    assertThatThrownBy(() -> maker.apply(wrong))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(name + " must be > 0 and finite but was " + wrong);
                }
            }
        });
    }
}
