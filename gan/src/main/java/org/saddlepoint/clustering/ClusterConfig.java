package org.saddlepoint.clustering;

import org.saddlepoint.input.Require;

/**
 * How clusters are found.
 *
 * @param neighbours nearest neighbours of each picture in the graph, k
 * @param graphSize pictures in the graph; others are assigned by their nearest neighbours among these
 * @param axes numbers that are left of each descriptor
 * @param resolution γ of the modularity
 * @param smallestShare share of all pictures that a cluster has at least
 * @param most clusters
 */
public record ClusterConfig(
        int neighbours, int graphSize, int axes, double resolution, double smallestShare, int most) {
    /** Members of a cluster at least, however few pictures there are. */
    public static final int SMALLEST = 20;

    /** Of fewer pictures no clusters are made. */
    public static final int FEWEST_PICTURES = 200;

    /** Clusters that a {@link Clusters} can have. */
    public static final int MOST = 64;

    /** Chosen on the embedded digits: see {@code docs/conditional.md}. */
    public static final ClusterConfig STANDARD = new ClusterConfig(10, 20_000, 48, 1, 0.003, MOST);

    /** @throws IllegalArgumentException if a setting is out of its bounds */
    public ClusterConfig {
        Require.atLeast(1, "neighbours", neighbours);
        Require.atLeast(neighbours + 1L, "graphSize", graphSize);
        Require.atLeast(1, "axes", axes);
        Require.positive("resolution", resolution);
        Require.within(0, 1, "smallestShare", smallestShare);
        Require.within(1, MOST, "most", most);
    }

    /** Members of a cluster at least, of so many pictures. */
    int smallest(int pictures) {
        return Math.max(SMALLEST, (int) Math.ceil(smallestShare * pictures));
    }
}
