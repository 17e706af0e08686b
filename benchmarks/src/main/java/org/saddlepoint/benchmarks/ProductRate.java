package org.saddlepoint.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.ProductCounter;
import org.saddlepoint.tensor.ProductCounter.Product;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.Precision;

/** The work of a step, and how fast convolutions and products of its shapes are when nothing else is done. */
final class ProductRate {
    /** The shapes with most multiplications reach the best rate; small ones never do. */
    private static final int SHAPES = 8;

    private static final int LEAST_REPEATS = 3;
    private static final double SECONDS = 0.03;

    private ProductRate() {}

    /**
     * Counts the steps of a period and measures products of their shapes.
     *
     * @param secondsPerStep what a step took
     */
    static BenchmarkReport.Limit of(Workload workload, int period, Precision precision, double secondsPerStep) {
        try (ProductCounter counter = ProductCounter.open()) {
            for (int step = 0; step < period; step++) {
                workload.step();
            }
            double operations = 2.0 * counter.multiplications() / period;
            return BenchmarkReport.Limit.of(operations, best(counter.products(), precision), secondsPerStep);
        }
    }

    /** Operations a second, an addition and a multiplication each, of the fastest. */
    private static double best(Map<Product, Long> products, Precision precision) {
        List<Map.Entry<Product, Long>> largest = products.entrySet().stream()
                .sorted(Map.Entry.<Product, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(SHAPES)
                .toList();
        double best = 0;
        for (Map.Entry<Product, Long> each : largest) {
            for (boolean channelsLast : new boolean[] {false, true}) {
                double seconds = seconds(each.getKey(), channelsLast, precision);
                best = Math.max(best, 2.0 * each.getValue() / seconds);
            }
        }
        return best;
    }

    private static double seconds(Product product, boolean channelsLast, Precision precision) {
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            Tensor input = operand(product.input(), channelsLast);
            Tensor weight = operand(product.weight(), channelsLast);
            long start = System.nanoTime();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < LEAST_REPEATS || (System.nanoTime() - start) / 1e9 < SECONDS; i++) {
                try (TensorScope scratch = TensorScope.open()) {
                    long began = System.nanoTime();
                    precision.forward(Device.CPU, () -> product.compute(input, weight));
                    least = Math.min(least, Math.max(1, System.nanoTime() - began));
                }
            }
            return least / 1e9;
        }
    }

    private static Tensor operand(Shape shape, boolean channelsLast) {
        Tensor filled = Tensors.full(0.5, DType.FLOAT32, shape.toArray());
        return channelsLast && shape.rank() == 4 ? filled.channelsLast() : filled;
    }
}
