package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.metrics.KernelInceptionDistance;
import org.saddlepoint.metrics.Score;

/**
 * {@link KernelInceptionDistance} over random subsets. Error: their deviation by the root of how many of them fit in the
 * samples side by side, since more overlap.
 */
final class KidMetric implements Metric {
    private static final int SUBSETS = KernelInceptionDistance.SUBSETS;

    @Override
    public String word() {
        return "kid";
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(Quantity.smaller(word()));
    }

    @Override
    public int minimum() {
        return 4;
    }

    @Override
    public String error() {
        return "deviation over subsets";
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.VECTORS);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        int n = seen.vectors();
        int size = Math.min(KernelInceptionDistance.SUBSET_SIZE, n / 2);
        Score score = KernelInceptionDistance.between(
                seen.generatedVectors(), seen.realVectors(), SUBSETS, size, seen.random());
        double error = score.standardDeviation() / Math.sqrt(Math.min(SUBSETS, n / size));
        Protocol.Counts counts =
                Protocol.Counts.of(seen.generated(), seen.realVectorCount()).in(SUBSETS, size);
        return Map.of(word(), seen.estimate(this, score.mean(), error, counts));
    }
}
