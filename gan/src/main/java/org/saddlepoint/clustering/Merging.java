package org.saddlepoint.clustering;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * Joins communities until none is too small and there are not too many: always the smallest with the one that it has the
 * heaviest edges to, in sum. One without edges to others joins the one whose mean is nearest.
 */
final class Merging {
    private final NeighbourGraph graph;
    private final Rows vectors;
    private final int[] labels;

    private Merging(NeighbourGraph graph, Rows vectors, int[] labels) {
        this.graph = graph;
        this.vectors = vectors;
        this.labels = labels;
    }

    /**
     * The labels after merging, some numbers of which may be missing.
     *
     * @param vectors of the nodes, for means
     * @param smallest members of a community
     * @param most communities
     */
    static int[] of(NeighbourGraph graph, Rows vectors, int[] communities, int smallest, int most) {
        Merging merging = new Merging(graph, vectors, communities.clone());
        merging.run(smallest, most);
        return merging.labels;
    }

    private void run(int smallest, int most) {
        TreeMap<Integer, Integer> sizes = new TreeMap<>();
        for (int label : labels) {
            sizes.merge(label, 1, Integer::sum);
        }
        while (sizes.size() > 1) {
            int least = -1;
            int size = Integer.MAX_VALUE;
            for (var each : sizes.entrySet()) {
                if (each.getValue() < size) {
                    least = each.getKey();
                    size = each.getValue();
                }
            }
            if (size >= smallest && sizes.size() <= most) {
                return;
            }
            int into = strongest(least);
            if (into < 0) {
                into = nearest(least);
            }
            for (int i = 0; i < labels.length; i++) {
                labels[i] = labels[i] == least ? into : labels[i];
            }
            sizes.remove(least);
            sizes.merge(into, size, Integer::sum);
        }
    }

    /** The community with the heaviest edges to this one; −1 if none has any. */
    private int strongest(int community) {
        TreeMap<Integer, Long> links = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == community) {
                for (int e = 0; e < graph.neighbours()[i].length; e++) {
                    int other = labels[graph.neighbours()[i][e]];
                    if (other != community) {
                        links.merge(other, (long) graph.weights()[i][e], Long::sum);
                    }
                }
            }
        }
        int strongest = -1;
        long weight = 0;
        for (var link : links.entrySet()) {
            if (link.getValue() > weight) {
                strongest = link.getKey();
                weight = link.getValue();
            }
        }
        return strongest;
    }

    private int nearest(int community) {
        int highest = Arrays.stream(labels).max().orElseThrow();
        Rows means = Rows.zeros(highest + 1, vectors.columns());
        int[] counts = new int[highest + 1];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]]++;
        }
        for (int i = 0; i < labels.length; i++) {
            int at = means.at(labels[i]);
            for (int k = 0; k < vectors.columns(); k++) {
                means.values()[at + k] += vectors.values()[vectors.at(i) + k] / counts[labels[i]];
            }
        }
        int nearest = -1;
        double distance = Double.POSITIVE_INFINITY;
        for (int other = 0; other <= highest; other++) {
            if (other != community && counts[other] > 0) {
                double to = means.squaredDistance(community, means, other);
                if (nearest < 0 || to < distance) {
                    nearest = other;
                    distance = to;
                }
            }
        }
        return nearest;
    }
}
