package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A model that was compared with the computation that it was made of.
 *
 * @param bytes of the file
 * @param difference over all examples
 */
record CheckedModel(byte[] bytes, Difference difference) {
    private static final long MANY = 64;
    private static final List<Long> COUNTS = List.of(MANY, 1L, 7L);

    /**
     * Writes and compares.
     *
     * @throws ExportException if it cannot be written, or ONNX Runtime computes something else
     */
    static CheckedModel of(Computation computation, OnnxOptions options, Map<String, String> metadata) {
        byte[] bytes = OnnxModel.of(computation, options.precision(), metadata);
        try (RuntimeModel model = RuntimeModel.of(bytes)) {
            Difference all = null;
            long seed = 1;
            for (Map<String, Long> sizes : sizes(computation)) {
                Difference one = compare(model, computation, sizes, seed++);
                all = all == null ? one : all.and(one);
            }
            if (all == null) {
                throw new IllegalStateException("nothing was compared");
            }
            require(all, options);
            return new CheckedModel(bytes, all);
        }
    }

    private static Difference compare(RuntimeModel model, Computation computation, Map<String, Long> sizes, long seed) {
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad();
                RandomGenerator random = new RandomGenerator(seed)) {
            Example example = Example.of(computation, sizes, random);
            Tensor expected = example.output();
            Tensor found = Objects.requireNonNull(model.run(example.inputs()).get(computation.output()));
            if (!expected.shape().equals(found.shape())) {
                throw new ExportException(
                        "ONNX Runtime makes " + found.shape() + " where " + expected.shape() + " was expected");
            }
            return Difference.between(expected.toFloatArray(), found.toFloatArray(), expected.size(0));
        }
    }

    private static void require(Difference difference, OnnxOptions options) {
        Precision precision = options.precision();
        if (!(precision.of(difference) <= options.tolerance())) {
            throw new ExportException(String.format(
                    Locale.ROOT,
                    "ONNX Runtime computes something else: the largest difference is %.1e and the mean %.1e of values in [-1, 1],"
                            + " but the %s may be %.0e in %s; nothing was written%s",
                    difference.largest(),
                    difference.mean(),
                    precision.measured(),
                    options.tolerance(),
                    precision.name().toLowerCase(Locale.ROOT),
                    precision == Precision.FLOAT32
                            ? ""
                            : "; export with --precision float32, or accept more with --tolerance"));
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
