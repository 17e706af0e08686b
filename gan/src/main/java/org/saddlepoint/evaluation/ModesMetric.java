package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.metrics.ModeCoverage;

/** {@link ModeCoverage}: of mixtures by distance, of images by the extractor's classes. Error: bootstrap of the samples. */
final class ModesMetric implements Metric {
    private static final String MODES = "modes";
    private static final String HIGH_QUALITY = "high-quality";
    private static final String REVERSE_KL = "reverse-kl";

    @Override
    public String word() {
        return MODES;
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(Quantity.larger(MODES), Quantity.larger(HIGH_QUALITY), Quantity.smaller(REVERSE_KL));
    }

    @Override
    public int minimum() {
        return 1;
    }

    @Override
    public String error() {
        return "bootstrap";
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.SCORES);
    }

    @Override
    public Set<Need> ofPoints() {
        return Set.of(Need.VECTORS, Need.MIXTURE);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        boolean images = seen.sides().images();
        ModeCoverage coverage = images
                ? ModeCoverage.ofClasses(seen.scores().classes())
                : ModeCoverage.of(
                        seen.sides().mixture().orElseThrow(),
                        seen.generatedVectors().toFloatArray());
        List<ModeCoverage> again = bootstrap(coverage, seen.config().seed());
        Map<String, Estimate> found = new LinkedHashMap<>();
        found.put(MODES, estimate(seen, coverage, again, ModeCoverage::modesFound));
        if (!images) {
            found.put(HIGH_QUALITY, estimate(seen, coverage, again, ModeCoverage::highQualityShare));
        }
        if (coverage.reverseKl().isPresent()) {
            found.put(REVERSE_KL, estimate(seen, coverage, again, each -> each.reverseKl()
                    .orElse(0)));
        }
        return found;
    }

    private Estimate estimate(
            Observations seen, ModeCoverage coverage, List<ModeCoverage> again, ToDoubleFunction<ModeCoverage> value) {
        double error =
                StandardErrors.deviation(again.stream().mapToDouble(value).toArray());
        Protocol.Counts counts = Protocol.Counts.of(coverage.samples(), 0);
        return seen.estimate(this, value.applyAsDouble(coverage), error, counts);
    }

    /** As many samples, drawn with replacement, again and again. */
    private static List<ModeCoverage> bootstrap(ModeCoverage coverage, long seed) {
        int[] owners = new int[coverage.samples()];
        Arrays.fill(owners, coverage.totalModes()); // of low quality
        int at = 0;
        for (int mode = 0; mode < coverage.totalModes(); mode++) {
            int count = coverage.counts().get(mode);
            Arrays.fill(owners, at, at + count, mode);
            at += count;
        }
        SplittableRandom draws = new SplittableRandom(seed);
        List<ModeCoverage> again = new ArrayList<>();
        for (int b = 0; b < StandardErrors.BOOTSTRAPS; b++) {
            Integer[] counts = new Integer[coverage.totalModes() + 1];
            Arrays.fill(counts, 0);
            for (int i = 0; i < owners.length; i++) {
                counts[owners[draws.nextInt(owners.length)]]++;
            }
            again.add(new ModeCoverage(List.of(counts).subList(0, coverage.totalModes()), owners.length));
        }
        return again;
    }
}
