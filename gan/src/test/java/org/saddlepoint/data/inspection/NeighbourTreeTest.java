package org.saddlepoint.data.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.SplitMix;

class NeighbourTreeTest {
    private static final int LENGTH = 8;

    private static float[][] points(int count, long seed) {
        SplitMix random = new SplitMix(seed);
        float[][] points = new float[count][LENGTH];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < LENGTH; k++) {
                points[i][k] = k % 3 == 0 ? random.nextInt(3) : (float) random.nextGaussian(); // many equal
            }
        }
        return points;
    }

    private static double squared(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < LENGTH; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 33, 1000})
    void findsExactlyThePointsThatAreNear(int count) {
        float[][] points = points(count, count);
        NeighbourTree tree = new NeighbourTree(points);
        float[][] queries = points(50, 7);
        int found = 0;
        for (float radius : new float[] {0.5f, 1.5f, 3}) {
            for (int q = 0; q < 60; q++) {
                float[] query = q < 50 ? queries[q] : points[q % count];
                List<Integer> near = new ArrayList<>();
                tree.within(query, radius, (index, distance) -> {
                    near.add(index);
                    assertThat((double) distance).isCloseTo(squared(query, points[index]), within());
                });
                List<Integer> expected = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    if (squared(query, points[i]) <= radius * radius) {
                        expected.add(i);
                    }
                }
                assertThat(near).containsExactlyInAnyOrderElementsOf(expected);
                found += expected.size();
            }
        }
        assertThat(found).isPositive();
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-4);
    }

    @Test
    void equalPointsAreAllFoundAndNoneIsFoundAmongNone() {
        List<Integer> found = new ArrayList<>();
        new NeighbourTree(new float[100][LENGTH]).within(new float[LENGTH], 0, (index, distance) -> found.add(index));
        assertThat(found).hasSize(100).doesNotHaveDuplicates();
        new NeighbourTree(new float[0][]).within(new float[LENGTH], 9, (index, distance) -> found.clear());
        assertThat(found).hasSize(100);
    }
}
