package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.metrics.ConditionalAccuracy;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.FrechetDistance;

/** The metrics that are measured class by class. */
final class ClassMeasures {
    private final EvaluationConfig config;
    private final SampleSource source;
    private final Dataset data;
    private final ClassMatch match;
    private final Gathered fakes;
    private final Gathered reals;
    private final Measures measures;

    /** @param measures makes the protocols */
    ClassMeasures(
            EvaluationConfig config,
            SampleSource source,
            Dataset data,
            ClassMatch match,
            Gathered fakes,
            Gathered reals,
            Measures measures) {
        this.config = config;
        this.source = source;
        this.data = data;
        this.match = match;
        this.fakes = fakes;
        this.reals = reals;
        this.measures = measures;
    }

    Map<String, Estimate> all() {
        Map<String, Estimate> found = new LinkedHashMap<>();
        if (config.metrics().contains(Metric.INTRA_FID)) {
            found.put("intra-fid", intraFrechet());
        }
        if (config.metrics().contains(Metric.ACCURACY)) {
            ConditionalAccuracy accuracy =
                    new ConditionalAccuracy(fakes.classes().recognised(), match.recognised());
            found.put("accuracy", accuracy(accuracy));
            found.put("classes-covered", covered(accuracy));
        }
        return found;
    }

    private Estimate intraFrechet() {
        int classes = match.names().size();
        requireCounts();
        Map<String, Estimate.OfClass> each = new LinkedHashMap<>();
        double sum = 0;
        double squares = 0;
        int real = 0;
        for (int c = 0; c < classes; c++) {
            int label = c;
            ClassFeatures features = fakes.classes().required();
            FeatureStatistics target = reals.classes().of(match.real().get(c));
            double value = FrechetDistance.between(features.statistics(c), target);
            double error = Measures.jackknife(
                    group -> FrechetDistance.between(features.without(label, Evaluator.GROUPS, group), target));
            int count = Math.toIntExact(target.count());
            each.put(match.names().get(c), new Estimate.OfClass(value, error, features.count(c), count));
            sum += value;
            squares += error * error;
            real += count;
        }
        int fewest =
                IntStream.range(0, classes).map(fakes.classes()::count).min().orElseThrow();
        Protocol protocol = measures.protocol(Metric.INTRA_FID, fakes.count(), real, 0, 0, source.labels(), fewest, 0);
        return new Estimate(sum / classes, Math.sqrt(squares) / classes, fakes.count(), protocol, each);
    }

    private void requireCounts() {
        int least = Metric.INTRA_FID.minimum();
        for (int c = 0; c < match.names().size(); c++) {
            int generated = fakes.classes().count(c);
            if (generated < least) {
                throw new EvaluationException("intra-fid needs at least " + least + " generated samples of each class"
                        + " but the class " + match.names().get(c) + " has " + generated
                        + "; ask for more with --samples, or leave it out of --metrics");
            }
            int real = reals.classes().count(match.real().get(c));
            if (real < 2) {
                throw new EvaluationException("intra-fid needs at least 2 real examples of each class but the class "
                        + match.names().get(c) + " of " + data.name() + " has " + real
                        + "; give more with --against, or leave it out of --metrics");
            }
        }
    }

    private Estimate accuracy(ConditionalAccuracy found) {
        Map<String, Estimate.OfClass> each = new LinkedHashMap<>();
        for (int c = 0; c < found.classes(); c++) {
            double share = found.accuracy(c);
            double error = Measures.binomial(share, Math.max(1, found.samples(c)));
            each.put(match.names().get(c), new Estimate.OfClass(share, error, found.samples(c), 0));
        }
        double error = Measures.binomial(found.accuracy(), found.samples());
        return new Estimate(found.accuracy(), error, found.samples(), protocol(found), each);
    }

    private Estimate covered(ConditionalAccuracy found) {
        double error = Measures.deviation(bootstrap(found).stream()
                .mapToDouble(ConditionalAccuracy::covered)
                .toArray());
        return new Estimate(found.covered(), error, found.samples(), protocol(found));
    }

    private Protocol protocol(ConditionalAccuracy found) {
        int fewest =
                IntStream.range(0, found.classes()).map(found::samples).min().orElseThrow();
        return measures.protocol(Metric.ACCURACY, found.samples(), 0, 0, 0, source.labels(), fewest, 0);
    }

    /** As many samples of each class, drawn with replacement, again and again. */
    private List<ConditionalAccuracy> bootstrap(ConditionalAccuracy found) {
        SplittableRandom draws = new SplittableRandom(config.seed());
        List<ConditionalAccuracy> again = new ArrayList<>();
        for (int b = 0; b < Measures.BOOTSTRAPS; b++) {
            List<List<Integer>> counts = new ArrayList<>();
            for (List<Integer> row : found.counts()) {
                counts.add(redrawn(row, draws));
            }
            again.add(new ConditionalAccuracy(counts, found.targets()));
        }
        return again;
    }

    private static List<Integer> redrawn(List<Integer> counts, SplittableRandom draws) {
        int[] samples = IntStream.range(0, counts.size())
                .flatMap(k -> IntStream.range(0, counts.get(k)).map(i -> k))
                .toArray();
        int[] drawn = new int[counts.size()];
        for (int i = 0; i < samples.length; i++) {
            drawn[samples[draws.nextInt(samples.length)]]++;
        }
        return IntStream.of(drawn).boxed().toList();
    }
}
