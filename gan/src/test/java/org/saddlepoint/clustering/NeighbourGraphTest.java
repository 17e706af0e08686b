package org.saddlepoint.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Axes, neighbours, graph, communities and merging, each against what can be computed by hand. */
class NeighbourGraphTest {
    private static Rows random(int count, int columns, long seed) {
        Rows rows = Rows.zeros(count, columns);
        Random random = new Random(seed);
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextGaussian();
        }
        return rows;
    }

    private static int[] bruteForce(Rows queries, int query, Rows base, int count, int without) {
        return IntStream.range(0, base.count())
                .filter(i -> i != without)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> queries.squaredDistance(query, base, i)))
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"600, 19, 10", "256, 4, 255", "3, 1, 2", "257, 64, 1"})
    void neighboursAreThoseOfBruteForce(int count, int columns, int neighbours) {
        Rows base = random(count, columns, 1);
        Rows others = random(70, columns, 2);
        NearestNeighbours search = new NearestNeighbours(base);
        int[][] own = search.ofThemselves(neighbours, Ticks.NONE);
        int[][] foreign = search.of(others, neighbours, Ticks.NONE);
        for (int i = 0; i < count; i++) {
            assertThat(own[i]).containsExactly(bruteForce(base, i, base, neighbours, i));
        }
        for (int i = 0; i < others.count(); i++) {
            assertThat(foreign[i]).containsExactly(bruteForce(others, i, base, neighbours, -1));
        }
    }

    @Test
    void ofEquallyNearOnesTheFirstCount() {
        NearestNeighbours search = new NearestNeighbours(Rows.zeros(600, 5));
        int[][] nearest = search.ofThemselves(3, Ticks.NONE);
        assertThat(nearest[0]).containsExactly(1, 2, 3);
        assertThat(nearest[1]).containsExactly(0, 2, 3);
        assertThat(nearest[599]).containsExactly(0, 1, 2);
    }

    @Test
    void moreNeighboursThanThereAreIsRefused() {
        NearestNeighbours search = new NearestNeighbours(Rows.zeros(4, 5));
        assertThatThrownBy(() -> search.ofThemselves(4, Ticks.NONE))
                .hasMessageContaining("count must be in [1, 3]")
                .hasMessageContaining("but was 4");
        assertThatThrownBy(() -> new Rows(new float[7], 2)).hasMessageContaining("7 numbers do not divide");
    }

    @Test
    void axesKeepTheDistancesOfVectorsThatLieInFewDirections() {
        Rows plane = random(300, 3, 4);
        Rows directions = random(3, 40, 5);
        Rows vectors = Rows.zeros(300, 40);
        for (int i = 0; i < 300; i++) {
            for (int d = 0; d < 40; d++) {
                float value = 7;
                for (int k = 0; k < 3; k++) {
                    value += plane.values()[3 * i + k] * directions.values()[40 * k + d];
                }
                vectors.values()[40 * i + d] = value;
            }
        }
        for (int kept : new int[] {3, 8}) {
            PrincipalAxes axes = PrincipalAxes.of(vectors, kept, 6);
            assertThat(axes.size()).isEqualTo(kept);
            Rows left = Rows.zeros(300, kept);
            for (int i = 0; i < 300; i++) {
                left.set(i, axes.of(Arrays.copyOfRange(vectors.values(), 40 * i, 40 * i + 40)));
            }
            for (int i = 1; i < 300; i++) {
                double before = vectors.squaredDistance(0, vectors, i);
                assertThat(left.squaredDistance(0, left, i)).isCloseTo(before, within(1e-3 * before));
            }
        }
        assertThat(PrincipalAxes.of(random(5, 40, 1), 64, 1).size())
                .as("no more than vectors")
                .isEqualTo(5);
    }

    @Test
    void theFirstAxisIsWhereVectorsVaryMost() {
        Rows vectors = random(500, 6, 7);
        for (int i = 0; i < 500; i++) {
            vectors.values()[6 * i + 2] *= 20;
        }
        PrincipalAxes axis = PrincipalAxes.of(vectors, 1, 8);
        float[] there = axis.of(new float[] {0, 0, 100, 0, 0, 0});
        float[] here = axis.of(new float[6]);
        assertThat(Math.abs(there[0] - here[0])).isCloseTo(100f, within(0.5f));
    }

    @Test
    void edgesWeighWhatTheirEndsHaveInCommon() {
        // 0, 1 and 2 know each other; 3 knows 0 and 1, whom they do not know.
        NeighbourGraph graph = NeighbourGraph.of(new int[][] {{1, 2}, {2, 0}, {0, 1}, {0, 1}});
        assertThat(graph.neighbours()[0]).containsExactly(1, 2, 3);
        assertThat(graph.weights()[0])
                .as("one common, and mutual; with 3, one common")
                .containsExactly(2, 2, 1);
        assertThat(graph.neighbours()[3]).containsExactly(0, 1);
        assertThat(graph.ends()).isEqualTo(10);
        NeighbourGraph strangers = NeighbourGraph.of(new int[][] {{1}, {2}, {0}});
        assertThat(strangers.ends()).as("nothing in common").isZero();
        assertThat(Communities.of(strangers, 1, 0)).hasSize(3);
    }

    /** Cliques of these sizes, joined by one edge from each to the next. */
    private static NeighbourGraph cliques(int bridge, int... sizes) {
        int[] cliqueOf = IntStream.range(0, sizes.length)
                .flatMap(c -> IntStream.generate(() -> c).limit(sizes[c]))
                .toArray();
        int count = cliqueOf.length;
        int[][] neighbours = new int[count][];
        int[][] weights = new int[count][];
        for (int i = 0; i < count; i++) {
            int a = i;
            neighbours[i] = IntStream.range(0, count)
                    .filter(b -> a != b && (cliqueOf[a] == cliqueOf[b] || isBridge(cliqueOf, a, b)))
                    .toArray();
            weights[i] = IntStream.of(neighbours[i])
                    .map(b -> cliqueOf[a] == cliqueOf[b] ? 3 : bridge)
                    .toArray();
        }
        return new NeighbourGraph(neighbours, weights);
    }

    private static boolean isBridge(int[] cliqueOf, int a, int b) {
        int low = Math.min(a, b);
        return Math.abs(a - b) == 1 && cliqueOf[low] != cliqueOf[low + 1];
    }

    private static double modularity(NeighbourGraph graph, int[] labels) {
        double total = 0;
        double inside = 0;
        double[] degrees = new double[graph.count()];
        for (int i = 0; i < graph.count(); i++) {
            for (int e = 0; e < graph.neighbours()[i].length; e++) {
                int weight = graph.weights()[i][e];
                total += weight;
                degrees[labels[i]] += weight;
                inside += labels[i] == labels[graph.neighbours()[i][e]] ? weight : 0;
            }
        }
        double expected = 0;
        for (double degree : degrees) {
            expected += degree * degree / (total * total);
        }
        return inside / total - expected;
    }

    @Test
    void communitiesAreTheCliquesAndNoSplitIsMoreModular() {
        NeighbourGraph graph = cliques(1, 12, 9, 7, 5);
        int[] found = Communities.of(graph, 1, 3);
        int[] planted = IntStream.range(0, 33)
                .map(i -> i < 12 ? 0 : i < 21 ? 1 : i < 28 ? 2 : 3)
                .toArray();
        for (int i = 0; i < 33; i++) {
            for (int j = 0; j < 33; j++) {
                assertThat(found[i] == found[j]).isEqualTo(planted[i] == planted[j]);
            }
        }
        int[] all = new int[33];
        assertThat(modularity(graph, found)).isGreaterThan(modularity(graph, all));
        for (int i = 0; i < 33; i++) {
            for (int to = 0; to < 4; to++) {
                int[] moved = found.clone();
                moved[i] = to;
                assertThat(modularity(graph, moved)).isLessThanOrEqualTo(modularity(graph, found) + 1e-12);
            }
        }
    }

    @Test
    void smallCommunitiesJoinTheirStrongestNeighbour() {
        NeighbourGraph graph = cliques(1, 6, 2, 5);
        graph.weights()[7][
                IntStream.range(0, 9)
                        .filter(e -> graph.neighbours()[7][e] == 8)
                        .findFirst()
                        .getAsInt()] = 4;
        int[] labels = {0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2};
        Rows vectors = random(13, 2, 1);
        assertThat(Merging.of(graph, vectors, labels, 3, 64)).containsExactly(0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2);
        assertThat(Merging.of(graph, vectors, labels, 2, 64)).containsExactly(labels);
        assertThat(Merging.of(graph, vectors, labels, 2, 2)).containsExactly(0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2);
        assertThat(Merging.of(graph, vectors, labels, 100, 64))
                .as("one is left at last")
                .containsOnly(2);
    }

    @Test
    void oneWithoutEdgesJoinsTheNearestMean() {
        NeighbourGraph apart = new NeighbourGraph(new int[5][0], new int[5][0]);
        Rows line = new Rows(new float[] {0, 10, 11, 1, 12}, 1);
        int[] merged = Merging.of(apart, line, new int[] {0, 1, 1, 2, 1}, 2, 64);
        assertThat(merged[0]).isEqualTo(merged[3]).isNotEqualTo(merged[1]);
    }
}
