package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The optimal critic of random weighted point sets: what Kantorovich, Rubinstein and Gulrajani et al. say of it. */
class KantorovichPotentialTest {
    private static final int DRAWS = 40;

    private record Problem(double[][] x, double[] p, double[][] y, double[] q, KantorovichPotential critic) {
        static Problem draw(RandomDistributions random, int dimension) {
            double[] p = random.sparse(random.outcomes());
            double[] q = random.sparse(random.outcomes());
            double[][] x = points(random, p.length, dimension, 0);
            double[][] y = points(random, q.length, dimension, 1);
            return new Problem(x, p, y, q, KantorovichPotential.between(x, p, y, q));
        }

        private static double[][] points(RandomDistributions random, int count, int dimension, double shift) {
            double[][] points = new double[count][dimension];
            for (double[] point : points) {
                Arrays.setAll(point, k -> random.uniform(-2, 2) + shift);
            }
            return points;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void itAttainsTheDistanceAndIsOneLipschitz(int dimension) {
        RandomDistributions random = new RandomDistributions(51);
        for (int draw = 0; draw < DRAWS; draw++) {
            Problem problem = Problem.draw(random, dimension);
            KantorovichPotential critic = problem.critic();
            double difference = 0;
            for (int i = 0; i < problem.p().length; i++) {
                difference += problem.p()[i] * critic.value(problem.x()[i]);
            }
            for (int j = 0; j < problem.q().length; j++) {
                difference -= problem.q()[j] * critic.value(problem.y()[j]);
            }
            assertThat(difference).isCloseTo(critic.distance(), within(1e-12));
            double[][] others = Problem.points(random, 40, dimension, 0);
            for (double[] a : others) {
                for (double[] b : others) {
                    assertThat(Math.abs(critic.value(a) - critic.value(b)))
                            .isLessThanOrEqualTo(Points.distance(a, b) + 1e-14);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void itsGradientIsThatOfItsValuesAndHasNorm1(int dimension) {
        RandomDistributions random = new RandomDistributions(52);
        int smooth = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            KantorovichPotential critic = Problem.draw(random, dimension).critic();
            for (double[] x : Problem.points(random, 20, dimension, 0)) {
                double[] gradient = critic.gradient(x);
                assertThat(Points.norm(gradient)).isCloseTo(1, within(1e-14));
                double[] along = Problem.points(random, 1, dimension, 0)[0];
                double h = 1e-6;
                double slope =
                        (critic.value(Points.plus(x, h, along)) - critic.value(Points.plus(x, -h, along))) / (2 * h);
                smooth += Math.abs(slope - Points.dot(gradient, along)) < 1e-5 ? 1 : 0;
            }
        }
        assertThat(smooth).isGreaterThan(DRAWS * 20 * 99 / 100); // kinks are rare
    }

    /** Gulrajani et al. (2017), Proposition 1. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void alongTheRaysOfTransportTheGradientIsTheUnitVectorTowardsTheData(int dimension) {
        RandomDistributions random = new RandomDistributions(53);
        int rays = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Problem problem = Problem.draw(random, dimension);
            double[] plan = problem.critic().transport().plan();
            for (int i = 0; i < problem.p().length; i++) {
                for (int j = 0; j < problem.q().length; j++) {
                    double[] ray = Points.minus(problem.x()[i], problem.y()[j]);
                    if (plan[i * problem.q().length + j] == 0) {
                        continue;
                    }
                    double[] unit = Points.plus(new double[dimension], 1 / Points.norm(ray), ray);
                    for (double t : new double[] {0.1, 0.5, 0.9}) {
                        double[] between = Points.plus(problem.y()[j], t, ray);
                        assertThat(problem.critic().gradient(between)).containsExactly(unit, within(1e-9));
                        assertThat(problem.critic().value(between))
                                .isCloseTo(
                                        problem.critic().value(problem.y()[j]) + t * Points.norm(ray), within(1e-11));
                    }
                    rays++;
                }
            }
        }
        assertThat(rays).isGreaterThan(4 * DRAWS);
    }

    @Test
    void betweenTwoPointsItIsTheDistanceFromTheGeneratedOne() {
        KantorovichPotential critic = KantorovichPotential.between(new double[][] {{3, 4}}, new double[][] {{0, 0}});
        assertThat(critic.distance()).isEqualTo(5);
        assertThat(critic.value(new double[] {3, 4}) - critic.value(new double[] {0, 0}))
                .isEqualTo(5);
        assertThat(critic.gradient(new double[] {1, 0})).containsExactly(1, 0);
        assertThat(critic.gradient(new double[] {0, 0})).containsExactly(0, 0);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        double[][] x = {{0, 0}, {1, 1}};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KantorovichPotential.between(x, new double[] {1}, x, new double[] {0.5, 0.5}))
                .withMessage("p must have one entry for each of the 2 points but has 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KantorovichPotential.between(x, x).value(new double[] {1}))
                .withMessageContaining("x must have 2 coordinates but has 1");
    }
}
