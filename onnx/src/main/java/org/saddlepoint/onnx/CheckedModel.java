package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model that was compared with the computation that it was made of.
 *
 * @param bytes of the file
 * @param difference over all examples
 */
record CheckedModel(byte[] bytes, Difference difference) {
    /** Largest difference in float32; pictures have values in [−1, 1]. */
    static final double LARGEST = 1e-4;

    /** Largest mean difference in half precision: two and a half grey levels of 255. */
    static final double LARGEST_MEAN_OF_HALF = 0.02;

    private static final long MANY = 64;
    private static final List<Long> COUNTS = List.of(MANY, 1L, 7L);

    /**
     * Writes and compares.
     *
     * @throws ExportException if it cannot be written, or ONNX Runtime computes something else
     */
    static CheckedModel of(Computation computation, Precision precision, Map<String, String> metadata) {
        byte[] bytes = OnnxModel.of(computation, precision, metadata);
        try (RuntimeCheck check = RuntimeCheck.of(computation, bytes)) {
            Difference all = null;
            long seed = 1;
            for (Map<String, Long> sizes : sizes(computation)) {
                Difference one = check.compare(sizes, seed++);
                all = all == null ? one : all.and(one);
            }
            if (all == null) {
                throw new IllegalStateException("nothing was compared");
            }
            require(all, precision);
            return new CheckedModel(bytes, all);
        }
    }

    private static void require(Difference difference, Precision precision) {
        boolean close = precision == Precision.FLOAT32
                ? difference.largest() <= LARGEST
                : difference.mean() <= LARGEST_MEAN_OF_HALF;
        if (!close) {
            throw new ExportException(String.format(
                    Locale.ROOT,
                    "ONNX Runtime computes something else: the largest difference is %.1e and the mean %.1e of values in [-1, 1],"
                            + " but %s; nothing was written%s",
                    difference.largest(),
                    difference.mean(),
                    precision == Precision.FLOAT32
                            ? String.format(Locale.ROOT, "the largest may be %.0e", LARGEST)
                            : "the mean may be " + LARGEST_MEAN_OF_HALF + " in half precision",
                    precision == Precision.FLOAT32 ? "" : "; export with --precision float32"));
        }
    }

    /** 64 samples, one and seven; of pictures that may have any size, few of several. */
    private static List<Map<String, Long>> sizes(Computation computation) {
        List<Free> free = computation.free();
        if (free.equals(List.of(Free.BATCH))) {
            return COUNTS.stream()
                    .map(count -> Map.of(Free.BATCH.name(), count))
                    .toList();
        }
        List<Map<String, Long>> sizes = new ArrayList<>();
        for (int larger = 0; larger < 2; larger++) {
            Map<String, Long> one = new LinkedHashMap<>();
            int steps = 0;
            for (Free each : free) {
                one.put(each.name(), each.start() + steps * each.step());
                steps += larger;
            }
            if (larger == 0) {
                one.replace(Free.BATCH.name(), 1L);
            }
            sizes.add(one);
        }
        return sizes;
    }
}
