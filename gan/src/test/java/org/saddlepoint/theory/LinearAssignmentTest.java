package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assignment solver against JGraphT's Kuhn-Munkres, which is right but slow, and against all permutations. */
class LinearAssignmentTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 40, 90})
    void costsAreThoseOfJGraphT(int n) {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            double[] continuous = random.doubles((long) n * n, -1, 3).toArray();
            assertThat(cost(continuous, n)).isCloseTo(kuhnMunkres(continuous, n), within(1e-10));
            double[] tied = random.ints((long) n * n, 0, 4).asDoubleStream().toArray();
            assertThat(cost(tied, n)).isEqualTo(kuhnMunkres(tied, n));
        }
    }

    @Test
    void noPermutationIsCheaper() {
        for (int seed = 0; seed < 200; seed++) {
            double[] costs = new Random(seed).doubles(36).toArray();
            assertThat(cost(costs, 6)).isCloseTo(cheapest(costs, 6, 0, 0), within(1e-14));
        }
    }

    @Test
    void equalCostsAreAssignedAtAnyRate() {
        double[] ones = new double[400];
        Arrays.fill(ones, 1);
        assertThat(cost(ones, 20)).isEqualTo(20);
    }

    @Test
    void whatIsNoMatrixOfCostsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearAssignment.solve(new double[3], 2))
                .withMessage("cost must have 2 x 2 = 4 entries but has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearAssignment.solve(new double[] {0, 1, Double.NaN, 1}, 2))
                .withMessageContaining("cost[1, 0] must be finite but was NaN");
    }

    private static double cost(double[] costs, int n) {
        LinearAssignment solved = LinearAssignment.solve(costs, n);
        int[] columns = solved.columns();
        assertThat(columns).containsExactlyInAnyOrder(IntStream.range(0, n).toArray());
        requireProof(solved, costs, n);
        assertThat(solved.cost())
                .isEqualTo(IntStream.range(0, n)
                        .mapToDouble(i -> costs[i * n + columns[i]])
                        .reduce(0, Double::sum));
        return solved.cost();
    }

    /** The prices undercut every cost, and none that is paid. */
    private static void requireProof(LinearAssignment solved, double[] costs, int n) {
        double[] u = solved.rowPrices();
        double[] v = solved.columnPrices();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(u[i] + v[j]).isLessThanOrEqualTo(costs[i * n + j] + 1e-12);
            }
        }
        assertThat(Arrays.stream(u).sum() + Arrays.stream(v).sum()).isCloseTo(solved.cost(), within(1e-11));
    }

    private static double cheapest(double[] costs, int n, int row, int taken) {
        double least = row == n ? 0 : Double.POSITIVE_INFINITY;
        for (int j = 0; row < n && j < n; j++) {
            if ((taken >> j & 1) == 0) {
                least = Math.min(least, costs[row * n + j] + cheapest(costs, n, row + 1, taken | 1 << j));
            }
        }
        return least;
    }

    private static double kuhnMunkres(double[] costs, int n) {
        SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        Set<Integer> rows = new LinkedHashSet<>();
        Set<Integer> columns = new LinkedHashSet<>();
        for (int i = 0; i < n; i++) {
            graph.addVertex(i);
            graph.addVertex(n + i);
            rows.add(i);
            columns.add(n + i);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                graph.setEdgeWeight(graph.addEdge(i, n + j), costs[i * n + j]);
            }
        }
        return new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, rows, columns)
                .getMatching()
                .getWeight();
    }
}
