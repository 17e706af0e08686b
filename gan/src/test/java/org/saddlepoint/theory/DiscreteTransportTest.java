package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jgrapht.alg.flow.mincost.CapacityScalingMinimumCostFlow;
import org.jgrapht.alg.flow.mincost.MinimumCostFlowProblem.MinimumCostFlowProblemImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans and potentials against each other, against JGraphT's minimum-cost flow, and against closed forms. */
class DiscreteTransportTest {
    @Test
    void thePlanAndThePotentialsProveEachOther() {
        RandomDistributions random = new RandomDistributions(41);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            double[] p = random.sparse(random.outcomes());
            double[] q = random.sparse(random.outcomes());
            double[] cost = new double[p.length * q.length];
            // Integers make ties, of which a third of the draws is full.
            boolean tied = draw % 3 == 0;
            Arrays.setAll(cost, k -> tied ? Math.floor(random.uniform(-1, 3)) : random.uniform(-1, 3));
            requireOptimal(DiscreteTransport.solve(p, q, cost), p, q, cost);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 200", "300, 170", "1, 50", "60, 1"})
    void largerProblemsAreAsExact(int n, int m) {
        Random random = new Random(n);
        double[] p = RandomDistributions.normalized(random.doubles(n).toArray());
        double[] q = RandomDistributions.normalized(random.doubles(m).toArray());
        double[] cost = DiscreteTransport.euclideanCost(points(random, n, 3), points(random, m, 3));
        requireOptimal(DiscreteTransport.solve(p, q, cost), p, q, cost);
    }

    private static void requireOptimal(DiscreteTransport solved, double[] p, double[] q, double[] cost) {
        double[] plan = solved.plan();
        double[] u = solved.rowPotentials();
        double[] v = solved.columnPotentials();
        double[] rows = new double[p.length];
        double[] columns = new double[q.length];
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < q.length; j++) {
                int k = i * q.length + j;
                assertThat(plan[k]).isGreaterThanOrEqualTo(0);
                rows[i] += plan[k];
                columns[j] += plan[k];
                assertThat(u[i] + v[j]).isLessThanOrEqualTo(cost[k] + 1e-12);
                if (plan[k] > 0) {
                    assertThat(u[i] + v[j]).isCloseTo(cost[k], within(1e-11));
                }
            }
        }
        assertThat(rows).containsExactly(p, within(1e-12));
        assertThat(columns).containsExactly(q, within(1e-12));
        assertThat(solved.dualValue()).isCloseTo(solved.cost(), within(1e-11));
    }

    @ParameterizedTest
    @CsvSource({"1, 7", "8, 8", "20, 33", "60, 45"})
    void costsAreThoseOfJGraphT(int n, int m) {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            int[] supplies = random.ints(n, 1, 30).toArray();
            int[] demands = random.ints(m, 1, 30).toArray();
            int difference =
                    Arrays.stream(supplies).sum() - Arrays.stream(demands).sum();
            if (difference > 0) {
                demands[0] += difference;
            } else {
                supplies[0] -= difference;
            }
            int total = Arrays.stream(supplies).sum();
            double[] cost = DiscreteTransport.euclideanCost(points(random, n, 2), points(random, m, 2));
            DiscreteTransport solved = DiscreteTransport.solve(shares(supplies), shares(demands), cost);
            assertThat(solved.cost()).isCloseTo(cheapestFlow(cost, supplies, demands) / total, within(1e-11));
        }
    }

    @Test
    void equalWeightsAreAnAssignment() {
        Random random = new Random(5);
        double[] cost = DiscreteTransport.euclideanCost(points(random, 50, 2), points(random, 50, 2));
        double[] uniform = Distributions.uniform(50);
        assertThat(DiscreteTransport.solve(uniform, uniform, cost).cost())
                .isCloseTo(LinearAssignment.solve(cost, 50).cost() / 50, within(1e-13));
    }

    @Test
    void massIsSplitWhereItMustBe() {
        // ¾ at 0 and ¼ at 1 against ½ at 0, ¼ at 1, ¼ at 5: what is over at 0 goes to 5 or takes the place at 1.
        double[] cost = DiscreteTransport.euclideanCost(new double[][] {{0}, {1}}, new double[][] {{0}, {1}, {5}});
        DiscreteTransport solved =
                DiscreteTransport.solve(new double[] {0.75, 0.25}, new double[] {0.5, 0.25, 0.25}, cost);
        assertThat(solved.cost()).isEqualTo(1.25);
        assertThat(solved.plan()[0]).isEqualTo(0.5);
    }

    @Test
    void onTheLineItIsTheAreaBetweenTheCumulatives() {
        RandomDistributions random = new RandomDistributions(42);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] positions = new double[outcomes];
            Arrays.setAll(positions, i -> random.uniform(-5, 5));
            double[] p = random.sparse(outcomes);
            double[] q = random.sparse(outcomes);
            double[][] points =
                    Arrays.stream(positions).mapToObj(x -> new double[] {x}).toArray(double[][]::new);
            double[] cost = DiscreteTransport.euclideanCost(points, points);
            assertThat(LineWasserstein.w1(positions, p, q))
                    .isCloseTo(DiscreteTransport.solve(p, q, cost).cost(), within(1e-13));
        }
        assertThat(LineWasserstein.w1(new double[] {3, -1}, new double[] {1, 0}, new double[] {0, 1}))
                .isEqualTo(4);
    }

    @Test
    void whatIsNoProblemIsRefused() {
        double[] p = {0.5, 0.5};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteTransport.solve(p, new double[] {1}, new double[3]))
                .withMessage("cost must have 2 x 1 = 2 entries but has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteTransport.solve(p, new double[] {1.5}, new double[2]))
                .withMessageContaining("q[0]");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> DiscreteTransport.solve(p, new double[] {1}, new double[] {0, Double.POSITIVE_INFINITY}))
                .withMessageContaining("cost[1, 0] must be finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteTransport.euclideanCost(new double[][] {{1, 2}}, new double[][] {{1}}))
                .withMessageContaining("y[0] must have 2 coordinates but has 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscreteTransport.euclideanCost(new double[0][], new double[][] {{1}}))
                .withMessageContaining("x must hold at least one point");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineWasserstein.w1(new double[] {Double.NaN, 1}, p, p))
                .withMessageContaining("positions must be finite");
    }

    private static double[][] points(Random random, int count, int dimension) {
        return IntStream.range(0, count)
                .mapToObj(i -> random.doubles(dimension).toArray())
                .toArray(double[][]::new);
    }

    private static double[] shares(int[] counts) {
        return RandomDistributions.normalized(
                Arrays.stream(counts).asDoubleStream().toArray());
    }

    private static double cheapestFlow(double[] costs, int[] supplies, int[] demands) {
        int n = supplies.length;
        int m = demands.length;
        SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph =
                new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        for (int vertex = 0; vertex < n + m; vertex++) {
            graph.addVertex(vertex);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                graph.setEdgeWeight(graph.addEdge(i, n + j), costs[i * m + j]);
            }
        }
        MinimumCostFlowProblemImpl<Integer, DefaultWeightedEdge> problem = new MinimumCostFlowProblemImpl<>(
                graph,
                vertex -> vertex < n ? supplies[vertex] : -demands[vertex - n],
                edge -> supplies[graph.getEdgeSource(edge)]);
        return new CapacityScalingMinimumCostFlow<Integer, DefaultWeightedEdge>()
                .getMinimumCostFlow(problem)
                .getCost();
    }
}
