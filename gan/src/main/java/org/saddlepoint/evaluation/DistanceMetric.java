package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import org.saddlepoint.metrics.MaximumMeanDiscrepancy;
import org.saddlepoint.metrics.WassersteinDistance;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * A distance of equally many samples of both sides. Error: the deviation over groups, which are smaller, so it is an estimate
 * from above.
 *
 * @param word of the metric and its only number
 * @param most samples that it takes at most
 * @param parts that its protocol tells of, 0 if none
 * @param preparing makes the distance, once for the whole and all groups
 */
record DistanceMetric(String word, int most, int parts, Preparing preparing) implements Metric {
    /** Samples that exact W1 takes at most. */
    private static final int EXACT_LIMIT = 2048;

    private static final int PROJECTIONS = 256;

    /** Makes a distance between samples for these samples of both sides. */
    interface Preparing {
        ToDoubleBiFunction<Tensor, Tensor> of(Tensor generated, Tensor real, RandomGenerator random);
    }

    /** {@link WassersteinDistance#exact}, of at most {@value #EXACT_LIMIT} samples. */
    static DistanceMetric exactWasserstein() {
        return new DistanceMetric("w1", EXACT_LIMIT, 0, (x, y, random) -> WassersteinDistance::exact);
    }

    /** {@link WassersteinDistance#sliced}, of order 2. */
    static DistanceMetric slicedWasserstein() {
        return new DistanceMetric(
                "swd",
                Integer.MAX_VALUE,
                PROJECTIONS,
                (x, y, random) -> (a, b) -> WassersteinDistance.sliced(a, b, PROJECTIONS, 2, random));
    }

    /** {@link MaximumMeanDiscrepancy#unbiased}, with the median bandwidth. */
    static DistanceMetric meanDiscrepancy() {
        return new DistanceMetric("mmd", Integer.MAX_VALUE, 0, (x, y, random) -> {
            double bandwidth = MaximumMeanDiscrepancy.medianBandwidth(x, y);
            return (a, b) -> MaximumMeanDiscrepancy.unbiased(a, b, bandwidth);
        });
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(Quantity.smaller(word));
    }

    @Override
    public int minimum() {
        return 2 * StandardErrors.GROUPS;
    }

    @Override
    public String error() {
        return "deviation over groups";
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.VECTORS);
    }

    @Override
    public Set<Need> ofPoints() {
        return Set.of(Need.VECTORS);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        int n = Math.min(most, seen.vectors());
        Tensor fake = seen.generatedVectors().narrow(0, 0, n);
        Tensor real = seen.realVectors().narrow(0, 0, n);
        ToDoubleBiFunction<Tensor, Tensor> between = preparing.of(fake, real, seen.random());
        double value = between.applyAsDouble(fake, real);
        double error = StandardErrors.overGroups(group ->
                between.applyAsDouble(StandardErrors.group(fake, group, n), StandardErrors.group(real, group, n)));
        Protocol.Counts counts = Protocol.Counts.of(n, n).in(parts);
        return Map.of(word, seen.estimate(this, value, error, counts));
    }
}
