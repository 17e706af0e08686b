package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.saddlepoint.metrics.ConditionalAccuracy;

/** {@link ConditionalAccuracy}, by the extractor's classes. Error: binomial; of the classes covered, a bootstrap. */
final class AccuracyMetric implements Metric {
    private static final String CLASSES_COVERED = "classes-covered";

    @Override
    public String word() {
        return "accuracy";
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(Quantity.larger(word()), Quantity.larger(CLASSES_COVERED));
    }

    @Override
    public int minimum() {
        return 1;
    }

    @Override
    public String error() {
        return "binomial; of classes covered, bootstrap";
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.CLASS_SCORES);
    }

    @Override
    public void requireMeasurable(Sides sides) {
        Metric.super.requireMeasurable(sides);
        ClassMatch.recognised(sides);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        ConditionalAccuracy found =
                new ConditionalAccuracy(seen.classesOfGenerated().recognised(), ClassMatch.recognised(seen.sides()));
        int fewest =
                IntStream.range(0, found.classes()).map(found::samples).min().orElseThrow();
        Protocol protocol = seen.protocol(this, Protocol.Counts.of(found.samples(), 0), seen.labels(fewest));
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        estimates.put(
                word(),
                new Estimate(
                        found.accuracy(),
                        StandardErrors.binomial(found.accuracy(), found.samples()),
                        found.samples(),
                        protocol,
                        ofEach(found, seen.sides().generated().classNames())));
        double error = StandardErrors.deviation(bootstrap(found, seen.config().seed()).stream()
                .mapToDouble(ConditionalAccuracy::covered)
                .toArray());
        estimates.put(CLASSES_COVERED, new Estimate(found.covered(), error, found.samples(), protocol));
        return estimates;
    }

    private static Map<String, Estimate.OfClass> ofEach(ConditionalAccuracy found, List<String> names) {
        Map<String, Estimate.OfClass> each = new LinkedHashMap<>();
        for (int c = 0; c < found.classes(); c++) {
            double share = found.accuracy(c);
            double error = StandardErrors.binomial(share, Math.max(1, found.samples(c)));
            each.put(names.get(c), new Estimate.OfClass(share, error, found.samples(c), 0));
        }
        return each;
    }

    /** As many samples of each class, drawn with replacement, again and again. */
    private static List<ConditionalAccuracy> bootstrap(ConditionalAccuracy found, long seed) {
        SplittableRandom draws = new SplittableRandom(seed);
        List<ConditionalAccuracy> again = new ArrayList<>();
        for (int b = 0; b < StandardErrors.BOOTSTRAPS; b++) {
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
