package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.metrics.InceptionScore;
import org.saddlepoint.metrics.Score;

/** {@link InceptionScore} over parts of the samples. Error: over the parts. */
final class IsMetric implements Metric {
    @Override
    public String word() {
        return "is";
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(Quantity.larger(word()));
    }

    @Override
    public int minimum() {
        return InceptionScore.SPLITS;
    }

    @Override
    public String error() {
        return "deviation over parts";
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.SCORES);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        Score score = seen.scores().score();
        double error = score.standardDeviation() / Math.sqrt(InceptionScore.SPLITS - 1.0);
        Protocol.Counts counts = Protocol.Counts.of(seen.generated(), 0).in(InceptionScore.SPLITS);
        return Map.of(word(), seen.estimate(this, score.mean(), error, counts));
    }
}
