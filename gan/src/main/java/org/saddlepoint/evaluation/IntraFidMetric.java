package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.FrechetDistance;

/**
 * The mean over all classes of the Fréchet distance between generated and real images of the class, those real ones all
 * (Miyato and Koyama 2018). Error: of each class as {@link FidMetric}, the classes being independent.
 */
final class IntraFidMetric implements Metric {
    @Override
    public String word() {
        return "intra-fid";
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
        return "jackknife over groups of each class";
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.CLASS_STATISTICS);
    }

    @Override
    public void requireMeasurable(Sides sides) {
        Metric.super.requireMeasurable(sides);
        ClassMatch.real(sides);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        List<String> names = seen.sides().generated().classNames();
        List<Integer> match = ClassMatch.real(seen.sides());
        ClassFeatures features = seen.classesOfGenerated().required();
        ClassGathered reals = seen.classesOfReal();
        requireCounts(seen, match);
        Map<String, Estimate.OfClass> each = new LinkedHashMap<>();
        double sum = 0;
        double squares = 0;
        int real = 0;
        for (int c = 0; c < names.size(); c++) {
            int label = c;
            FeatureStatistics target = reals.of(match.get(c));
            double value = FrechetDistance.between(features.statistics(c), target);
            double error = StandardErrors.jackknife(
                    group -> FrechetDistance.between(features.without(label, StandardErrors.GROUPS, group), target));
            int count = Math.toIntExact(target.count());
            each.put(names.get(c), new Estimate.OfClass(value, error, features.count(c), count));
            sum += value;
            squares += error * error;
            real += count;
        }
        int fewest = IntStream.range(0, names.size()).map(features::count).min().orElseThrow();
        Protocol protocol = seen.protocol(this, Protocol.Counts.of(seen.generated(), real), seen.labels(fewest));
        double error = Math.sqrt(squares) / names.size();
        return Map.of(word(), new Estimate(sum / names.size(), error, seen.generated(), protocol, each));
    }

    private void requireCounts(Observations seen, List<Integer> match) {
        List<String> names = seen.sides().generated().classNames();
        for (int c = 0; c < names.size(); c++) {
            int generated = seen.classesOfGenerated().count(c);
            if (generated < minimum()) {
                throw new EvaluationException("intra-fid needs at least " + minimum()
                        + " generated samples of each class but the class " + names.get(c) + " has " + generated
                        + "; ask for more with --samples, or leave it out of --metrics");
            }
            int real = seen.classesOfReal().count(match.get(c));
            if (real < 2) {
                throw new EvaluationException("intra-fid needs at least 2 real examples of each class but the class "
                        + names.get(c) + " of " + seen.sides().real().name() + " has " + real
                        + "; give more with --against, or leave it out of --metrics");
            }
        }
    }
}
