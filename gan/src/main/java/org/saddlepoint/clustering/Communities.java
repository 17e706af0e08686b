package org.saddlepoint.clustering;

import java.util.Arrays;
import java.util.Random;
import nl.cwts.networkanalysis.Clustering;
import nl.cwts.networkanalysis.LeidenAlgorithm;
import nl.cwts.networkanalysis.Network;
import nl.cwts.util.LargeDoubleArray;
import nl.cwts.util.LargeIntArray;

/**
 * Communities in a graph, by the Leiden algorithm (Traag, Waltman and van Eck 2019) in its authors' implementation. They make
 * the modularity (Newman and Girvan 2004) large:
 *
 * <pre>Q = 1 / 2m Σ_ij (A_ij − γ k_i k_j / 2m) δ(c_i, c_j)</pre>
 */
final class Communities {
    private static final int ITERATIONS = 10;

    private Communities() {}

    /**
     * The community of each node, numbered from 0.
     *
     * @param resolution γ: communities become smaller with larger values
     * @param seed of the order in which nodes are looked at
     */
    static int[] of(NeighbourGraph graph, double resolution, long seed) {
        int count = graph.count();
        LargeIntArray neighbours = new LargeIntArray(graph.ends());
        LargeDoubleArray weights = new LargeDoubleArray(graph.ends());
        long[] first = new long[count + 1];
        double total = 0;
        long end = 0;
        for (int i = 0; i < count; i++) {
            first[i] = end;
            for (int e = 0; e < graph.neighbours()[i].length; e++) {
                neighbours.set(end, graph.neighbours()[i][e]);
                weights.set(end, graph.weights()[i][e]);
                total += graph.weights()[i][e];
                end++;
            }
        }
        first[count] = end;
        if (end == 0) {
            return new int[count];
        }
        Network network = new Network(count, true, first, neighbours, weights, false);
        // The library maximizes Σ (A_ij − γ' k_i k_j): the modularity for γ' = γ / 2m.
        LeidenAlgorithm leiden = new LeidenAlgorithm(
                resolution / total, ITERATIONS, LeidenAlgorithm.DEFAULT_RANDOMNESS, new Random(seed));
        Clustering found = leiden.findClustering(network);
        return Arrays.copyOf(found.getClusters(), count);
    }
}
