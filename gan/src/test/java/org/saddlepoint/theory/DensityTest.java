package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of densities: mass 1, cumulative functions that are integrals, noise that is a convolution. */
class DensityTest {
    static List<Density> densities() {
        Density normal = new Normal(-1, 0.5);
        Density uniform = new Uniform(0, 2);
        Density laplace = new Laplace(0.3, 0.7);
        Density mixture = new Mixture(new double[] {0.2, 0.3, 0.5}, List.of(normal, uniform, laplace));
        return List.of(
                normal,
                uniform,
                laplace,
                mixture,
                new Normal(1e3, 1e-3),
                Mixture.of(new Uniform(-2, -1), new Uniform(1, 2)),
                normal.plusNormalNoise(2),
                uniform.plusNormalNoise(0.1),
                uniform.plusNormalNoise(3).plusNormalNoise(4),
                laplace.plusNormalNoise(0.2),
                laplace.plusNormalNoise(5),
                mixture.plusNormalNoise(0.4));
    }

    @ParameterizedTest
    @MethodSource("densities")
    void itsMassIs1AndItsCumulativeTheIntegral(Density density) {
        double[] breaks = density.breaks();
        assertThat(breaks).isSorted();
        assertThat(Quadrature.integrate(density::at, breaks)).isCloseTo(1, within(1e-11));
        assertThat(density.cumulative(breaks[0])).isCloseTo(0, within(1e-15));
        assertThat(density.cumulative(breaks[breaks.length - 1])).isCloseTo(1, within(1e-14));
        for (int k = 0; k + 1 < breaks.length; k++) {
            double[] part = {breaks[k], breaks[k + 1]};
            assertThat(density.cumulative(part[1]) - density.cumulative(part[0]))
                    .isCloseTo(Quadrature.integrate(density::at, part), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("densities")
    void noiseIsAConvolution(Density density) {
        double sigma = 0.3;
        Density noisy = density.plusNormalNoise(sigma);
        double middle = density.breaks()[density.breaks().length / 2];
        for (double x : new double[] {middle - 0.9, middle, middle + 0.2, middle + 1.7}) {
            Normal noise = new Normal(x, sigma);
            DoubleUnaryOperator product = y -> density.at(y) * noise.at(y);
            double expected = Quadrature.integrate(product, Breaks.union(density.breaks(), noise.breaks()));
            assertThat(noisy.at(x)).isCloseTo(expected, within(1e-11));
            assertThat(Math.exp(noisy.logAt(x))).isEqualTo(noisy.at(x));
        }
    }

    @ParameterizedTest
    @MethodSource("densities")
    void tailsDoNotUnderflowAsLogarithms(Density density) {
        Density noisy = density.plusNormalNoise(0.01);
        double[] breaks = noisy.breaks();
        double width = breaks[breaks.length - 1] - breaks[0];
        double near = noisy.logAt(breaks[breaks.length - 1] + width);
        double far = noisy.logAt(breaks[breaks.length - 1] + 2 * width);
        assertThat(near).isFinite().isLessThan(-700);
        assertThat(far).isFinite().isLessThan(near);
    }

    @Test
    void supportsEndExactly() {
        Density uniform = new Uniform(0, 2);
        assertThat(uniform.logAt(2)).isCloseTo(-Math.log(2), within(1e-15));
        assertThat(uniform.logAt(Math.nextUp(2.0))).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Mixture.of(uniform, new Uniform(3, 4)).logAt(2.5)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(new Mixture(new double[] {1, 0}, List.of(uniform, new Uniform(3, 4))).logAt(3.5))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void theErrorFunctionHasItsTabulatedValues() {
        assertThat(ErrorFunction.erf(0.5)).isCloseTo(0.5204998778130465, within(1e-15));
        assertThat(ErrorFunction.erf(1)).isCloseTo(0.8427007929497149, within(1e-15));
        assertThat(ErrorFunction.erf(-2)).isCloseTo(-0.9953222650189527, within(1e-15));
        assertThat(ErrorFunction.erfc(3) / 2.209049699858544e-5).isCloseTo(1, within(1e-13));
        assertThat(ErrorFunction.erfc(10) / 2.088487583762545e-45).isCloseTo(1, within(1e-13));
        assertThat(ErrorFunction.erfc(-1)).isCloseTo(1.842700792949715, within(1e-15));
        double below = Math.nextDown(2.0);
        assertThat(ErrorFunction.erfc(below) / ErrorFunction.erfc(2)).isCloseTo(1, within(1e-13));
        assertThat(ErrorFunction.logErfc(100)).isCloseTo(-10_005.177585122665, within(1e-8));
    }

    @Test
    void theRuleIsExactForPolynomials() {
        for (int power = 0; power <= 22; power++) {
            int exponent = power;
            double[] wide = {-0.3, 1.1};
            double exact = (Math.pow(1.1, power + 1) - Math.pow(-0.3, power + 1)) / (power + 1);
            assertThat(Quadrature.integrate(x -> Math.pow(x, exponent), wide)).isCloseTo(exact, within(1e-14));
        }
        double[] unit = {0, 1};
        assertThat(Quadrature.integrate(x -> x < 1 / Math.PI ? 1 : 0, unit)).isCloseTo(1 / Math.PI, within(1e-12));
        assertThat(Quadrature.integrate(Math::sqrt, unit)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(Quadrature.integrate(x -> -Math.log(x), unit)).isCloseTo(1, within(1e-11));
    }

    @Test
    void kinksOfAbsoluteValuesAreFoundWhereverTheyLie() {
        double[] unit = {0, 1};
        for (double root : new double[] {1e-7, 0.0021, 1 / Math.PI, 0.5, 0.9999}) {
            assertThat(Quadrature.integrateAbsolute(x -> x - root, unit))
                    .isCloseTo((root * root + (1 - root) * (1 - root)) / 2, within(1e-14));
        }
        // Two roots between neighbours of any grid: ∫ |(x − ½)² − ε²| = 1/12 − ε² + 8ε³/3
        double epsilon = 1e-3;
        assertThat(Quadrature.integrateAbsolute(x -> (x - 0.501) * (x - 0.501) - epsilon * epsilon, unit))
                .isCloseTo(
                        (Math.pow(0.501, 3) + Math.pow(0.499, 3)) / 3
                                - epsilon * epsilon
                                + 8 * Math.pow(epsilon, 3) / 3,
                        within(1e-14));
    }

    @Test
    void parametersAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Normal(0, 0))
                .withMessage("standardDeviation must be > 0 and finite but was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Normal(Double.NaN, 1))
                .withMessageContaining("mean");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Uniform(1, 1))
                .withMessageContaining("high - low must be > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Laplace(0, -1))
                .withMessageContaining("scale");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mixture(new double[] {1}, List.of()))
                .withMessageContaining("0 components but has 1");
        for (Density density : densities()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> density.plusNormalNoise(0))
                    .withMessageContaining("standardDeviation");
        }
    }
}
