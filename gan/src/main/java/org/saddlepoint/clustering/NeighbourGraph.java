package org.saddlepoint.clustering;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A graph of vectors, joined where one is among the nearest of the other. An edge weighs as much as the two have neighbours in
 * common (Jarvis and Patrick 1973), and one more where each is a neighbour of the other; edges of weight 0 are left out.
 */
@SuppressWarnings("ArrayRecordComponent") // large, and shared within this package
record NeighbourGraph(int[][] neighbours, int[][] weights) {
    /**
     * The graph of nearest neighbours.
     *
     * @param nearest [N][k], as {@link NearestNeighbours} gives them
     */
    static NeighbourGraph of(int[][] nearest) {
        int count = nearest.length;
        int[][] sorted = new int[count][];
        int[] degrees = new int[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = nearest[i].clone();
            Arrays.sort(sorted[i]);
            degrees[i] += sorted[i].length;
            for (int other : sorted[i]) {
                degrees[other]++;
            }
        }
        int[][] joined = new int[count][];
        Arrays.setAll(joined, i -> new int[degrees[i]]);
        int[] filled = new int[count];
        for (int i = 0; i < count; i++) {
            for (int other : sorted[i]) {
                joined[i][filled[i]++] = other;
                joined[other][filled[other]++] = i;
            }
        }
        int[][] neighbours = new int[count][];
        int[][] weights = new int[count][];
        IntStream.range(0, count).parallel().forEach(i -> {
            int[] all = IntStream.of(joined[i])
                    .sorted()
                    .distinct()
                    .filter(other -> weight(sorted, i, other) > 0)
                    .toArray();
            neighbours[i] = all;
            weights[i] =
                    IntStream.of(all).map(other -> weight(sorted, i, other)).toArray();
        });
        return new NeighbourGraph(neighbours, weights);
    }

    private static int weight(int[][] sorted, int a, int b) {
        boolean mutual = Arrays.binarySearch(sorted[a], b) >= 0 && Arrays.binarySearch(sorted[b], a) >= 0;
        int common = mutual ? 1 : 0;
        int j = 0;
        for (int neighbour : sorted[a]) {
            while (j < sorted[b].length && sorted[b][j] < neighbour) {
                j++;
            }
            if (j < sorted[b].length && sorted[b][j] == neighbour) {
                common++;
            }
        }
        return common;
    }

    int count() {
        return neighbours.length;
    }

    /** Edges, counted from both ends. */
    int ends() {
        return Arrays.stream(neighbours).mapToInt(each -> each.length).sum();
    }
}
