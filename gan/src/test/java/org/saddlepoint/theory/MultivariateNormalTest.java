package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultivariateNormalTest {
    private static double[][] covariance(RandomDistributions random, int d) {
        double[][] a = matrix(random, d, d);
        return Matrices.times(a, Matrices.transpose(a));
    }

    private static double[][] matrix(RandomDistributions random, int rows, int columns) {
        double[][] a = new double[rows][columns];
        for (double[] row : a) {
            Arrays.setAll(row, k -> random.uniform(-1, 1));
        }
        return a;
    }

    @Test
    void inOneDimensionItIsTheNormal() {
        RandomDistributions random = new RandomDistributions(81);
        for (int draw = 0; draw < 100; draw++) {
            Normal p = new Normal(random.uniform(-3, 3), random.uniform(0.1, 3));
            Normal q = new Normal(random.uniform(-3, 3), random.uniform(0.1, 3));
            assertThat(of(p).kl(of(q))).isCloseTo(p.kl(q), within(1e-12 * (1 + p.kl(q))));
            assertThat(of(p).wasserstein2(of(q))).isCloseTo(p.wasserstein2(q), within(1e-7));
        }
    }

    private static MultivariateNormal of(Normal p) {
        return new MultivariateNormal(
                new double[] {p.mean()}, new double[][] {{p.standardDeviation() * p.standardDeviation()}});
    }

    @Test
    void diagonalsAreSumsOverCoordinates() {
        Normal[] p = {new Normal(0, 1), new Normal(1, 2), new Normal(-1, 0.5)};
        Normal[] q = {new Normal(0.5, 2), new Normal(-1, 1), new Normal(0, 3)};
        double kl = 0;
        double squared = 0;
        for (int k = 0; k < 3; k++) {
            kl += p[k].kl(q[k]);
            squared += Math.pow(p[k].wasserstein2(q[k]), 2);
        }
        assertThat(diagonal(p).kl(diagonal(q))).isCloseTo(kl, within(1e-13));
        assertThat(diagonal(p).wasserstein2(diagonal(q))).isCloseTo(Math.sqrt(squared), within(1e-13));
    }

    private static MultivariateNormal diagonal(Normal[] each) {
        double[][] covariance = new double[each.length][each.length];
        for (int k = 0; k < each.length; k++) {
            covariance[k][k] = Math.pow(each[k].standardDeviation(), 2);
        }
        return new MultivariateNormal(
                Arrays.stream(each).mapToDouble(Normal::mean).toArray(), covariance);
    }

    /** In two dimensions tr √(ΣΣ_q) = √(tr ΣΣ_q + 2 √det ΣΣ_q). */
    @Test
    void inTwoDimensionsTheBuresDistanceHasAClosedForm() {
        RandomDistributions random = new RandomDistributions(82);
        for (int draw = 0; draw < 100; draw++) {
            double[][] a = covariance(random, 2);
            double[][] b = covariance(random, 2);
            double[][] product = Matrices.times(a, b);
            double determinant = Math.max(0, product[0][0] * product[1][1] - product[0][1] * product[1][0]);
            double root = Math.sqrt(product[0][0] + product[1][1] + 2 * Math.sqrt(determinant));
            double expected = a[0][0] + a[1][1] + b[0][0] + b[1][1] - 2 * root;
            double[] zero = {0, 0};
            double w = new MultivariateNormal(zero, a).wasserstein2(new MultivariateNormal(zero, b));
            assertThat(w * w).isCloseTo(expected, within(1e-9));
        }
    }

    /** The optimal map between N(0, Σ) and N(0, TΣT) is T itself, if T is symmetric and positive definite. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 12})
    void linearMapsThatAreGradientsAreOptimal(int d) {
        RandomDistributions random = new RandomDistributions(83);
        for (int draw = 0; draw < 20; draw++) {
            double[][] sigma = covariance(random, d);
            double[][] map = covariance(random, d);
            double[][] image = Matrices.times(Matrices.times(map, sigma), map);
            symmetrize(image);
            double expected = 0; // tr (T − 1)Σ(T − 1)
            double[][] minus = Arrays.stream(map).map(double[]::clone).toArray(double[][]::new);
            for (int i = 0; i < d; i++) {
                minus[i][i] -= 1;
            }
            double[][] moved = Matrices.times(Matrices.times(minus, sigma), minus);
            for (int i = 0; i < d; i++) {
                expected += moved[i][i];
            }
            MultivariateNormal p = new MultivariateNormal(new double[d], sigma);
            MultivariateNormal q = new MultivariateNormal(new double[d], image);
            assertThat(Math.pow(p.wasserstein2(q), 2)).isCloseTo(expected, within(1e-9 * (1 + expected)));
            assertThat(q.wasserstein2(p)).isCloseTo(p.wasserstein2(q), within(1e-9 * (1 + expected)));
            assertThat(p.wasserstein2(p)).isCloseTo(0, within(1e-6));
        }
    }

    private static void symmetrize(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = a[j][i];
            }
        }
    }

    /** KL does not change where both are mapped alike. */
    @Test
    void klIsInvariantUnderLinearMaps() {
        RandomDistributions random = new RandomDistributions(84);
        for (int draw = 0; draw < 50; draw++) {
            double[][] map = matrix(random, 3, 3);
            double[][] a = covariance(random, 3);
            double[][] b = covariance(random, 3);
            double[] mean = {random.uniform(-1, 1), 0.3, -0.2};
            double kl = new MultivariateNormal(mean, a).kl(new MultivariateNormal(new double[3], b));
            double mapped = new MultivariateNormal(Matrices.times(map, mean), image(map, a))
                    .kl(new MultivariateNormal(new double[3], image(map, b)));
            assertThat(mapped / kl).isCloseTo(1, within(1e-5)); // some maps are nearly singular
        }
    }

    private static double[][] image(double[][] map, double[][] covariance) {
        double[][] image = Matrices.times(Matrices.times(map, covariance), Matrices.transpose(map));
        symmetrize(image);
        return image;
    }

    @Test
    void singularCovariancesHaveAW2AndNoKl() {
        MultivariateNormal point = new MultivariateNormal(new double[] {3, 4}, new double[2][2]);
        MultivariateNormal line = new MultivariateNormal(new double[] {0, 0}, new double[][] {{4, 0}, {0, 0}});
        assertThat(point.wasserstein2(line)).isCloseTo(Math.sqrt(29), within(1e-14));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> point.kl(line))
                .withMessageContaining("covariance must be positive definite but its pivot 0 is 0.0");
    }

    @Test
    void whatIsNoCovarianceIsRefused() {
        double[] zero = {0, 0};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultivariateNormal(zero, new double[][] {{1, 0.5}, {0, 1}}))
                .withMessageContaining("must be symmetric");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultivariateNormal(zero, new double[][] {{1, 2}, {2, 1}}))
                .withMessageContaining("positive semidefinite but has the eigenvalue -");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultivariateNormal(zero, new double[][] {{0, 1}, {1, 0}}))
                .withMessageContaining("positive semidefinite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultivariateNormal(zero, new double[][] {{1}}))
                .withMessage("covariance must be [2, 2] but was [1, 1]");
    }
}
