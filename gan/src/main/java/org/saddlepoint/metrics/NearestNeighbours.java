package org.saddlepoint.metrics;

import java.util.Arrays;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The k points of a large set that are nearest to each of a few queries, by Euclidean distance. The set comes in parts, so
 * that only the queries need to fit into memory. Of points at equal distances those that came first count as nearer.
 */
public final class NearestNeighbours {
    private static final String METRIC = "nearest neighbours";
    private static final int NONE = -1;

    private final int k;
    private final double[][] squares;
    private final long[][] found;
    private long seen;

    /**
     * No points yet.
     *
     * @param queries how many points are looked for neighbours of
     * @param k neighbours of each, at least 1
     * @throws IllegalArgumentException if k &lt; 1 or there are no queries
     */
    public NearestNeighbours(int queries, int k) {
        Samples.requireCount(METRIC, "queries", queries, 1);
        Samples.requireNeighbour(METRIC, k);
        this.k = k;
        this.squares = new double[queries][k];
        this.found = new long[queries][k];
        for (int query = 0; query < queries; query++) {
            Arrays.fill(squares[query], Double.POSITIVE_INFINITY);
            Arrays.fill(found[query], NONE);
        }
    }

    /**
     * Looks at more points of the set.
     *
     * @param queries [n, d], the same in each call, of a floating-point type
     * @param points [m, d], numbered on from those before
     * @throws IllegalArgumentException if the dimensions differ, or a number is NaN or infinite
     */
    public void add(Tensor queries, Tensor points) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor asked = Samples.require(METRIC, "queries", queries, 1);
            Tensor given = Samples.require(METRIC, "points", points, 1);
            Samples.requireSameDimension(METRIC, asked.size(1), given.size(1));
            Samples.requireCount(METRIC, "queries", asked.size(0), squares.length);
            new PairwiseDistances(given, asked).forEachRow((row, distances) -> {
                for (int query = 0; query < squares.length; query++) {
                    if (distances[query] < squares[query][k - 1]) {
                        insert(query, distances[query], seen + row);
                    }
                }
            });
            seen += given.size(0);
        }
    }

    private void insert(int query, double square, long number) {
        int at = k - 1;
        while (at > 0 && squares[query][at - 1] > square) {
            squares[query][at] = squares[query][at - 1];
            found[query][at] = found[query][at - 1];
            at--;
        }
        squares[query][at] = square;
        found[query][at] = number;
    }

    /** How many neighbours of a query there are: k, or as many as there are points. */
    public int count(int query) {
        int count = 0;
        while (count < k && found[query][count] != NONE) {
            count++;
        }
        return count;
    }

    /** The number of a query's neighbour, from 0, which is the nearest. */
    public long number(int query, int rank) {
        return found[query][rank];
    }

    /** The distance of a query to a neighbour; infinite where there are not so many. */
    public double distance(int query, int rank) {
        return Math.sqrt(squares[query][rank]);
    }
}
