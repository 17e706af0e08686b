package org.saddlepoint.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which cluster each of some pictures is in. Clusters are numbered from 0, the largest first. */
public final class Clusters {
    private final byte[] labels;
    private final List<Integer> sizes;

    /**
     * Clusters as they are numbered.
     *
     * @param labels of the pictures, each below 64
     * @throws IllegalArgumentException if there is no picture, a label is out of bounds, or a number below the highest is not
     *     used
     */
    public Clusters(byte[] labels) {
        this.labels = labels.clone();
        int[] counts = new int[ClusterConfig.MOST];
        int highest = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= counts.length) {
                throw new IllegalArgumentException(
                        "label " + i + " must be in [0, " + (counts.length - 1) + "] but was " + labels[i]);
            }
            counts[labels[i]]++;
            highest = Math.max(highest, labels[i]);
        }
        this.sizes = Arrays.stream(counts, 0, highest + 1).boxed().toList();
        if (sizes.contains(0)) {
            throw new IllegalArgumentException("cluster " + sizes.indexOf(0) + " has no picture");
        }
    }

    /** Numbers clusters by size; of equal ones, the one with the first picture comes first. */
    static Clusters numbered(int[] labels) {
        List<Integer> order = new ArrayList<>(
                IntStream.of(labels).distinct().boxed().toList()); // by first picture, and sorting is stable
        int[] counts = new int[Arrays.stream(labels).max().orElse(0) + 1];
        for (int label : labels) {
            counts[label]++;
        }
        order.sort(Comparator.comparingInt((Integer label) -> counts[label]).reversed());
        byte[] numberOf = new byte[counts.length];
        for (int i = 0; i < order.size(); i++) {
            numberOf[order.get(i)] = (byte) i;
        }
        byte[] numbered = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            numbered[i] = numberOf[labels[i]];
        }
        return new Clusters(numbered);
    }

    /** How many pictures there are. */
    public int pictures() {
        return labels.length;
    }

    /** The cluster of a picture. */
    public int label(int picture) {
        return labels[picture];
    }

    /** The clusters of all pictures; a copy. */
    public byte[] labels() {
        return labels.clone();
    }

    /** Pictures of each cluster, the largest first. */
    public List<Integer> sizes() {
        return sizes;
    }

    /** {@code cluster 1}, {@code cluster 2} and so on. */
    public List<String> names() {
        return names(sizes.size());
    }

    /** The names of so many clusters. */
    public static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "cluster " + i).toList();
    }
}
