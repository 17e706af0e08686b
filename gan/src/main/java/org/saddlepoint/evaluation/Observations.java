package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.PatchDescriptors;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * What one evaluation saw of generated samples and real data: as much as its metrics {@linkplain Need need}. What none of them
 * needs is not there, and asking for it is an error of the metric.
 */
public final class Observations {
    private final Sides sides;
    private final EvaluationConfig config;
    private final Gathered fakes;
    private final Gathered reals;
    private final Map<String, TranslationDistances.Distance> distances;
    private final RandomGenerator random;
    private final Protocol.Reference reference;

    /** @param distances of translations by name; empty where none was asked for */
    Observations(
            Sides sides,
            EvaluationConfig config,
            Gathered fakes,
            Gathered reals,
            Map<String, TranslationDistances.Distance> distances,
            RandomGenerator random) {
        this.sides = sides;
        this.config = config;
        this.fakes = fakes;
        this.reals = reals;
        this.distances = distances;
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
        return fakes.count();
    }

    /** How many examples of either side have {@link #generatedVectors vectors}: as many as the smaller side has. */
    public int vectors() {
        return Math.min(rows(fakes).count(), rows(reals).count());
    }

    /** How many real examples have {@link #realVectors vectors}. */
    public int realVectorCount() {
        return rows(reals).count();
    }

    /** Features of generated images, or generated points, [n, dimension]; needs {@link Need#VECTORS}. */
    public Tensor generatedVectors() {
        return rows(fakes).first(config.samples());
    }

    /** Features of real images, or real points, [m, dimension], a random choice of all; needs {@link Need#VECTORS}. */
    public Tensor realVectors() {
        return rows(reals).first(config.samples());
    }

    /** Patches of generated images. */
    PatchDescriptors generatedPatches() {
        return Objects.requireNonNull(fakes.patches(), "patches of generated images");
    }

    /** Patches of real images, a random choice of all. */
    PatchDescriptors realPatches() {
        return Objects.requireNonNull(reals.patches(), "patches of real images");
    }

    /** Of all real images; needs {@link Need#STATISTICS}. */
    public FeatureStatistics realStatistics() {
        return reals.statistics().get(0);
    }

    /** Of all generated images; needs {@link Need#STATISTICS}. */
    public FeatureStatistics generatedStatistics() {
        return fakes.without(-1);
    }

    /** Of all generated images but one group, for a jackknife; needs {@link Need#STATISTICS}. */
    public FeatureStatistics statisticsWithout(int group) {
        return fakes.without(group);
    }

    /** What the extractor takes generated images for; needs {@link Need#SCORES}. */
    ClassScores scores() {
        return Objects.requireNonNull(fakes.scores(), "logits");
    }

    /** What was generated, class by class. */
    ClassGathered classesOfGenerated() {
        return fakes.classes();
    }

    /** Real images, class by class. */
    ClassGathered classesOfReal() {
        return reals.classes();
    }

    /** Features of images in [−1, 1] that are not rounded to 8 bits, [N, dimension]. */
    public Tensor features(Tensor images) {
        FeatureExtractor extractor = Objects.requireNonNull(sides.extractor(), "an extractor");
        return extractor
                .extract(Pixels.of(images.to(Device.CPU).to(DType.FLOAT32), false))
                .features();
    }

    /** The distances of translations that a metric gives. */
    Map<String, Estimate> distances(Metric metric) {
        Map<String, Estimate> found = new LinkedHashMap<>();
        for (Quantity quantity : metric.quantities()) {
            TranslationDistances.Distance distance = distances.get(quantity.name());
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
