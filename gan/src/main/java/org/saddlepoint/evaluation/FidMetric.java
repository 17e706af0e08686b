package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.FrechetDistance;

/**
 * {@link FrechetDistance}, against the statistics of all real images. Error: the jackknife over groups of generated images,
 * each left out once; of the real ones none.
 */
final class FidMetric implements Metric {
    @Override
    public String word() {
        return "fid";
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(Quantity.smaller(word()));
    }

    @Override
    public int minimum() {
        return 2 * StandardErrors.GROUPS;
    }

    @Override
    public String error() {
        return "jackknife over groups";
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.STATISTICS);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        FeatureStatistics real = seen.realStatistics();
        double value = FrechetDistance.between(seen.generatedStatistics(), real);
        double error = StandardErrors.jackknife(group -> FrechetDistance.between(seen.statisticsWithout(group), real));
        Protocol.Counts counts = Protocol.Counts.of(seen.generated(), Math.toIntExact(real.count()));
        return Map.of(word(), seen.estimate(this, value, error, counts));
    }
}
