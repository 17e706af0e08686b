package org.saddlepoint.diagnostics;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Labelled real examples, by whose looks one sees whether samples are of the class that was asked for. */
final class LabelBank implements AutoCloseable {
    private static final int EXAMPLES = 512;
    private static final long MOST_ELEMENTS = 1L << 22;

    /** With fewer examples a class, the nearest one of the class is too far away to tell. */
    private static final int LEAST_OF_CLASS = 8;

    private final ReferenceSet set;
    private final Retained rows;
    private final double match;
    private final double chance;

    private LabelBank(ReferenceSet set, Retained rows) {
        this.set = set;
        this.rows = rows;
        Map<Integer, Integer> counts = new HashMap<>();
        for (int label : set.labels()) {
            counts.merge(label, 1, Integer::sum);
        }
        chance = counts.values().stream()
                .mapToDouble(count -> Math.pow(count / (double) set.size(), 2))
                .sum();
        match = match(rows.tensor(), set.labels(), true);
    }

    /** Reads examples; empty where classes are too many, or the examples too large to be looked through. */
    static Optional<LabelBank> of(Dataset data, Device device, long seed) {
        int elements = data.shape().elements();
        int count = (int) Math.min(Math.min(EXAMPLES, data.size()), MOST_ELEMENTS / elements);
        if (count < LEAST_OF_CLASS * data.classNames().size()) {
            return Optional.empty();
        }
        ReferenceSet set = ReferenceSet.of(data, count, seed ^ 0x1abe1);
        try (TensorScope scope = TensorScope.open()) {
            Retained rows = Retained.copyOf(set.samples(data.shape()).flatten(1).to(device));
            return Optional.of(new LabelBank(set, rows));
        }
    }

    /** What can be said of the data itself. */
    void describe(Map<Signal, Double> values) {
        values.put(Signal.DATA_LABEL_MATCH, match);
        values.put(Signal.LABEL_CHANCE, chance);
    }

    /** Measures samples, [n, d], that were asked for with these labels. */
    void measure(Map<Signal, Double> values, Tensor samples, int[] labels) {
        values.put(Signal.LABEL_MATCH, match(samples, labels, false));
    }

    private double match(Tensor samples, int[] labels, boolean others) {
        double[][] distances = Cloud.distances(samples, rows.tensor());
        int matches = 0;
        for (int i = 0; i < distances.length; i++) {
            int nearest = -1;
            for (int j = 0; j < distances[i].length; j++) {
                boolean counts = !(others && i == j);
                if (counts && (nearest < 0 || distances[i][j] < distances[i][nearest])) {
                    nearest = j;
                }
            }
            matches += nearest >= 0 && set.labels()[nearest] == labels[i] ? 1 : 0;
        }
        return matches / (double) distances.length;
    }

    @Override
    public void close() {
        rows.close();
    }
}
