package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.saddlepoint.theory.LipschitzEstimate.Search;

/** Bounds from below and above, on functions whose constant is known. */
class LipschitzEstimateTest {
    private record Pair(ToDoubleFunction<double[]> of, Function<double[], double[]> slope)
            implements DifferentiableFunction {
        @Override
        public double value(double[] x) {
            return of.applyAsDouble(x);
        }

        @Override
        public double[] gradient(double[] x) {
            return slope.apply(x);
        }
    }

    @Test
    void ofALinearFunctionItIsTheNorm() {
        LipschitzEstimate found = search(new Pair(x -> 3 * x[0] - 4 * x[1] + 7, x -> new double[] {3, -4}), -1, 2);
        assertThat(found.gradientNorm()).isEqualTo(5);
        assertThat(found.pairSlope()).isBetween(4.9, 5 + 1e-9);
        assertThat(found.lowerBound()).isCloseTo(5, within(1e-9));
    }

    @Test
    void climbingFindsTheSteepestPlace() {
        // A bump whose steepest places are on a circle of radius 0.1 around (0.3, −0.2): e^{−½}/0.1 there.
        double width = 0.1;
        Pair bump = new Pair(x -> Math.exp(-squared(x) / (2 * width * width)), x -> {
            double scale = -Math.exp(-squared(x) / (2 * width * width)) / (width * width);
            return new double[] {scale * (x[0] - 0.3), scale * (x[1] + 0.2)};
        });
        LipschitzEstimate found = search(bump, -1, 1);
        double exact = Math.exp(-0.5) / width;
        assertThat(found.gradientNorm()).isCloseTo(exact, within(1e-6));
        assertThat(found.pairSlope()).isBetween(0.5 * exact, exact + 1e-9);
        assertThat(Math.sqrt(squared(found.at()))).isCloseTo(width, within(1e-3));
        // At the box's side, where the slope is the largest that the box has:
        assertThat(search(new Pair(x -> x[0] * x[0], x -> new double[] {2 * x[0], 0}), 0, 3)
                        .gradientNorm())
                .isEqualTo(6);
    }

    private static double squared(double[] x) {
        return Math.pow(x[0] - 0.3, 2) + Math.pow(x[1] + 0.2, 2);
    }

    private static LipschitzEstimate search(DifferentiableFunction f, double low, double high) {
        double[] lower = {low, low};
        double[] upper = {high, high};
        return LipschitzEstimate.search(f, lower, upper, Search.DEFAULT, new Random(1));
    }

    @Test
    void theOptimalCriticHasConstant1() {
        Random random = new Random(2);
        double[][] x = {{0, 0}, {1, 0.5}, {0.2, 1}};
        double[][] y = {{2, 2}, {-1, 1}, {0.5, -1}};
        LipschitzEstimate found = LipschitzEstimate.search(
                KantorovichPotential.between(x, y), new double[] {-2, -2}, new double[] {2, 2}, Search.DEFAULT, random);
        assertThat(found.gradientNorm()).isCloseTo(1, within(1e-14));
        assertThat(found.pairSlope()).isBetween(0.99, 1 + 1e-10);
    }

    @Test
    void spectralNormsAreTheLargestSingularValues() {
        assertThat(LipschitzBound.ofLayer(new double[][] {{3, 0}, {0, 1}})).isCloseTo(3, within(1e-14));
        assertThat(LipschitzBound.ofLayer(new double[][] {{3, 4}})).isCloseTo(5, within(1e-14));
        assertThat(LipschitzBound.ofLayer(new double[][] {{0, 1}, {0, 0}, {0, 0}}))
                .isCloseTo(1, within(1e-14));
        assertThat(LipschitzBound.ofLayer(new double[2][3])).isZero();
        Random random = new Random(3);
        for (int draw = 0; draw < 30; draw++) {
            double[][] weight = random(random, 1 + random.nextInt(20), 1 + random.nextInt(20));
            double exact = Arrays.stream(Matrices.singularValues(weight)).max().orElseThrow();
            assertThat(LipschitzBound.ofLayer(weight)).isCloseTo(exact, within(1e-10 * exact));
        }
    }

    @Test
    void betweenLiesTheConstantOfANetwork() {
        Random random = new Random(4);
        double[][] first = random(random, 12, 2);
        double[][] second = random(random, 1, 12);
        // Without activation it is one linear map, which both bounds must enclose.
        double[][] both = Matrices.times(second, first);
        double upper = LipschitzBound.ofNetwork(List.of(first, second));
        Pair tanh = new Pair(x -> Points.dot(second[0], tanh(Matrices.times(first, x))), x -> {
            double[] hidden = tanh(Matrices.times(first, x));
            double[] back = new double[hidden.length];
            Arrays.setAll(back, k -> second[0][k] * (1 - hidden[k] * hidden[k]));
            return Matrices.times(Matrices.transpose(first), back);
        });
        assertThat(LipschitzBound.ofLayer(both)).isLessThanOrEqualTo(upper);
        assertThat(search(tanh, -3, 3).lowerBound())
                .isBetween(LipschitzBound.ofLayer(both) - 1e-2, upper); // near 0, tanh is the identity
    }

    private static double[] tanh(double[] x) {
        return Arrays.stream(x).map(Math::tanh).toArray();
    }

    private static double[][] random(Random random, int rows, int columns) {
        double[][] weight = new double[rows][columns];
        for (double[] row : weight) {
            Arrays.setAll(row, k -> random.nextGaussian());
        }
        return weight;
    }

    @Test
    void whatCannotBeSearchedIsRefused() {
        Pair constant = new Pair(x -> 0, x -> new double[1]);
        double[] zero = {0};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LipschitzEstimate.search(constant, zero, zero, Search.DEFAULT, new Random(1)))
                .withMessageContaining("high[0] - low[0] must be > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Search(10, 11, 5))
                .withMessage("climbs must be in [0, starts] but was 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LipschitzBound.ofNetwork(List.of(new double[2][3], new double[1][3])))
                .withMessage("weights[1] must have 2 inputs, the outputs before it, but has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LipschitzBound.ofLayer(new double[][] {{1, 2}, {1}}))
                .withMessageContaining("weight[1] must have 2 coordinates but has 1");
    }
}
