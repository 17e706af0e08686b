package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.PatchDescriptors;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * What one evaluation saw of generated samples and real data: as much as its metrics {@linkplain Need need}. What none of them
 * needs is not there, and asking for it is an error of the metric.
 */
public final class Observations {
    private final Sides sides;
    private final EvaluationConfig config;
    private final Passes passes;
    private final RandomGenerator random;
    private final Protocol.Reference reference;

    /**
     * What the passes of an evaluation left.
     *
     * @param fakes of generated samples
     * @param reals of real examples
     * @param distances of translations by name; empty where none was asked for
     * @param pathLengths between latents; empty where none was asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // read and never compared
    record Passes(
            Gathered fakes,
            Gathered reals,
            Map<String, TranslationDistances.Distance> distances,
            double[] pathLengths) {}

    Observations(Sides sides, EvaluationConfig config, Passes passes, RandomGenerator random) {
        this.sides = sides;
        this.config = config;
        this.passes = passes;
        this.random = random;
        this.reference = new Protocol.Reference(
                sides.real().fingerprint(), sides.real().shape().toString());
    }

    /** What is compared. */
    public Sides sides() {
        return sides;
    }

    /** How it is measured. */
    public EvaluationConfig config() {
        return config;
    }

    /** For subsets and projections; from the seed of the configuration. */
    public RandomGenerator random() {
        return random;
    }

    /** How many generated samples counted. */
    public int generated() {
        return passes.fakes().count();
    }

    /** How many examples of either side have {@link #generatedVectors vectors}: as many as the smaller side has. */
    public int vectors() {
        return Math.min(rows(passes.fakes()).count(), rows(passes.reals()).count());
    }

    /** How many real examples have {@link #realVectors vectors}. */
    public int realVectorCount() {
        return rows(passes.reals()).count();
    }

    /** Features of generated images, or generated points, [n, dimension]; needs {@link Need#VECTORS}. */
    public Tensor generatedVectors() {
        return rows(passes.fakes()).first(config.samples());
    }

    /** Features of real images, or real points, [m, dimension], a random choice of all; needs {@link Need#VECTORS}. */
    public Tensor realVectors() {
        return rows(passes.reals()).first(config.samples());
    }

    /** Patches of generated images. */
    PatchDescriptors generatedPatches() {
        return Objects.requireNonNull(passes.fakes().patches(), "patches of generated images");
    }

    /** Patches of real images, a random choice of all. */
    PatchDescriptors realPatches() {
        return Objects.requireNonNull(passes.reals().patches(), "patches of real images");
    }

    /** Of all real images; needs {@link Need#STATISTICS}. */
    public FeatureStatistics realStatistics() {
        return passes.reals().statistics().get(0);
    }

    /** Of all generated images; needs {@link Need#STATISTICS}. */
    public FeatureStatistics generatedStatistics() {
        return passes.fakes().without(-1);
    }

    /** Of all generated images but one group, for a jackknife; needs {@link Need#STATISTICS}. */
    public FeatureStatistics statisticsWithout(int group) {
        return passes.fakes().without(group);
    }

    /** What the extractor takes generated images for; needs {@link Need#SCORES}. */
    ClassScores scores() {
        return Objects.requireNonNull(passes.fakes().scores(), "logits");
    }

    /** What was generated, class by class. */
    ClassGathered classesOfGenerated() {
        return passes.fakes().classes();
    }

    /** Real images, class by class. */
    ClassGathered classesOfReal() {
        return passes.reals().classes();
    }

    /** Features of images in [−1, 1] that are not rounded to 8 bits, [N, dimension]. */
    public Tensor features(Tensor images) {
        return sides.features(images);
    }

    /** Lengths of paths between latents. */
    double[] pathLengths() {
        return passes.pathLengths();
    }

    /** The distances of translations that a metric gives. */
    Map<String, Estimate> distances(Metric metric) {
        Map<String, Estimate> found = new LinkedHashMap<>();
        for (Quantity quantity : metric.quantities()) {
            TranslationDistances.Distance distance = passes.distances().get(quantity.name());
            if (distance != null) { // else all pictures are damaged
                Protocol.Counts counts = Protocol.Counts.of(distance.pictures(), distance.pictures());
                found.put(quantity.name(), estimate(metric, distance.value(), distance.standardError(), counts));
            }
        }
        return found;
    }

    /** An estimate of a metric in which classes do not count. */
    public Estimate estimate(Metric metric, double value, double standardError, Protocol.Counts counts) {
        return new Estimate(value, standardError, counts.generated(), protocol(metric, counts, Protocol.Labels.NONE));
    }

    /** How a number of the metric was made. */
    public Protocol protocol(Metric metric, Protocol.Counts counts, Protocol.Labels labels) {
        FeatureExtractor extractor = sides.extractor();
        boolean ofFeatures = sides.needs(metric).stream().anyMatch(Need::ofFeatures);
        Protocol.Features features = extractor == null || !ofFeatures
                ? Protocol.Features.NONE
                : new Protocol.Features(
                        extractor.name(),
                        extractor.fingerprint(),
                        config.resizing().toString(),
                        config.quantised());
        return new Protocol(
                features,
                reference,
                counts,
                labels,
                new Protocol.Draw(sides.generated().weights(), config.seed()),
                new Protocol.Method(metric.settings(), metric.error()));
    }

    /** Where the classes of the samples come from, for a protocol. */
    Protocol.Labels labels(int fewest) {
        return new Protocol.Labels(sides.generated().labels(), fewest);
    }

    private static Rows rows(Gathered side) {
        return Objects.requireNonNull(side.rows(), "vectors of a side");
    }
}
