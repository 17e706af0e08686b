package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class CopyMeasuresTest {
    private static DataCopying.Distances distances(double... ascending) {
        return new DataCopying.Distances(DoubleStream.of(ascending).boxed().toList());
    }

    @Test
    void neighboursComeInOrderWhateverTheParts() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor queries = Tensors.of(new double[] {0, 10}, 2, 1);
            double[] points = {4, -1, 9, 1, 30, 10};
            for (int part : new int[] {1, 2, 6}) {
                NearestNeighbours near = new NearestNeighbours(2, 3);
                for (int start = 0; start < points.length; start += part) {
                    near.add(queries, Tensors.of(Arrays.copyOfRange(points, start, start + part), part, 1));
                }
                assertThat(IntStream.range(0, 3).mapToLong(rank -> near.number(0, rank)))
                        .as("the first of equals is nearer")
                        .containsExactly(1L, 3L, 0L);
                assertThat(IntStream.range(0, 3).mapToLong(rank -> near.number(1, rank)))
                        .containsExactly(5L, 2L, 0L);
                assertThat(near.distance(1, 0)).isZero();
                assertThat(near.distance(1, 2)).isEqualTo(6);
            }
        }
    }

    @Test
    void neighboursOfManyDimensionsAreThoseOfADirectSearch() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor queries = random.normal(5, 40);
            Tensor points = random.normal(60, 40);
            NearestNeighbours near = new NearestNeighbours(5, 4);
            near.add(queries, points.narrow(0, 0, 25));
            near.add(queries, points.narrow(0, 25, 35));
            float[] q = queries.toFloatArray();
            float[] p = points.toFloatArray();
            for (int i = 0; i < 5; i++) {
                int query = i;
                double[] all = IntStream.range(0, 60)
                        .mapToDouble(j -> Math.sqrt(IntStream.range(0, 40)
                                .mapToDouble(d -> Math.pow(q[query * 40 + d] - (double) p[j * 40 + d], 2))
                                .sum()))
                        .toArray();
                double[] sorted = all.clone();
                Arrays.sort(sorted);
                for (int rank = 0; rank < 4; rank++) {
                    assertThat(near.distance(i, rank)).isCloseTo(sorted[rank], within(1e-9));
                    assertThat(all[(int) near.number(i, rank)]).isCloseTo(sorted[rank], within(1e-9));
                }
            }
        }
    }

    @Test
    void fewerPointsThanNeighboursAreCounted() {
        try (TensorScope scope = TensorScope.open()) {
            NearestNeighbours near = new NearestNeighbours(1, 3);
            assertThat(near.count(0)).isZero();
            Tensor query = Tensors.of(new double[] {0}, 1, 1);
            near.add(query, Tensors.of(new double[] {1, 2}, 2, 1));
            assertThat(near.count(0)).isEqualTo(2);
            assertThatThrownBy(() -> near.add(query, Tensors.of(new double[] {1, 2}, 1, 2)))
                    .hasMessageContaining("both sets must have the same dimension but had 1 and 2");
            assertThatThrownBy(() -> near.add(query, Tensors.of(new double[] {Double.NaN}, 1, 1)))
                    .hasMessageContaining("NaN");
            assertThatThrownBy(() -> new NearestNeighbours(1, 0)).hasMessageContaining("neighbour k");
        }
    }

    @Test
    void realismIsRadiusByDistanceOverBallsUpToTheMedian() {
        try (TensorScope scope = TensorScope.open()) {
            // Radii with k = 1: 1, 1, 2, 6; the median is 1, so the balls of the last two do not count.
            Tensor real = Tensors.of(new double[] {0, 1, 3, 9}, 4, 1);
            Tensor generated = Tensors.of(new double[] {0.25, 3, 9, 1, -4}, 5, 1);
            double[] scores = Realism.of(generated, real, 1);
            assertThat(scores)
                    .containsExactly(new double[] {4, 0.5, 0.125, Double.POSITIVE_INFINITY, 0.25}, within(1e-12));
            assertThatThrownBy(() -> Realism.of(generated, real, 4)).hasMessageContaining("at least 5 samples");
            assertThatThrownBy(() -> Realism.of(generated, real, 0)).hasMessageContaining("neighbour k");
        }
    }

    @Test
    void whatIsInsideABallIsPrecise() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2)) {
            Tensor real = random.normal(200, 3);
            Tensor generated = random.normal(100, 3).mul(2);
            double[] scores = Realism.of(generated, real, 3);
            double inside = Arrays.stream(scores).filter(score -> score >= 1).count() / 100.0;
            double precision = PrecisionRecall.of(generated, real, 3).precision();
            assertThat(inside).as("smaller balls hold fewer").isBetween(0.05, precision);
        }
    }

    @Test
    void closerIsTheShareOfPairsWithHalfOfTheTies() {
        List<DataCopying.Distances> generated = List.of(distances(1, 9), distances(2, 9), distances(5, 9));
        List<DataCopying.Distances> real = List.of(distances(2, 9), distances(4, 9));
        // 1 < 2, 1 < 4, 2 = 2, 2 < 4: 3.5 of 6 pairs.
        DataCopying copying = DataCopying.of(generated, real);
        assertThat(copying.closer()).isCloseTo(3.5 / 6, within(1e-12));
        assertThat(copying.z()).isCloseTo((3.5 - 3) / Math.sqrt(6 * 6 / 12.0), within(1e-12));
        DataCopying swapped = DataCopying.of(real, generated);
        assertThat(swapped.closer()).isCloseTo(2.5 / 6, within(1e-12));
        assertThat(swapped.z()).isCloseTo(-copying.z(), within(1e-12));
        assertThat(DataCopying.of(real, real).closer()).isEqualTo(0.5);
    }

    @Test
    void aCopyIsMuchNearerToOneThanToTheOthers() {
        assertThat(distances(1, 1, 1).nearness()).isEqualTo(1);
        assertThat(distances(1, 2, 3).nearness()).isEqualTo(0.5);
        assertThat(distances(0, 2, 3).nearness()).isZero();
        assertThat(distances(0, 0, 0).nearness()).as("all are one picture").isEqualTo(1);
        DataCopying copying = DataCopying.of(
                List.of(distances(0, 2, 3), distances(1, 2, 3), distances(0.9, 2, 3), distances(2, 2, 3)),
                Collections.nCopies(3, distances(0, 1)));
        assertThat(copying.copies()).isEqualTo(0.5);
        assertThat(copying.expected()).isEqualTo(1);
        assertThatThrownBy(() -> distances(1)).hasMessageContaining("at least 2 samples are needed but 1 given");
        assertThatThrownBy(() -> DataCopying.of(List.of(), List.of(distances(1, 2))))
                .hasMessageContaining("generated samples: at least 1");
    }
}
