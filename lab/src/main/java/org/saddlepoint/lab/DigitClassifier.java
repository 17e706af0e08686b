package org.saddlepoint.lab;

import java.util.Arrays;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.DatasetSource;
import org.saddlepoint.evaluation.EmbeddedClassifier;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.FrechetDistance;
import org.saddlepoint.metrics.ModeCoverage;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Measures generated digits by the embedded classifier of digits, compared with as many real ones. */
final class DigitClassifier implements AutoCloseable {
    private static final int CLASSES = 10;

    private final int count;
    private final EmbeddedClassifier classifier;
    private final FeatureStatistics real;
    private final double realDistance;

    /**
     * One measurement of a generator.
     *
     * @param fid Fréchet distance of the classifier's features to those of the real digits
     * @param covered classes that at least a hundredth of the samples is taken for, 0 … 10
     * @param effective exp(H), H the entropy of the classes: 1 if all samples are of one class, 10 if all are as frequent
     * @param diversity mean distance of two samples from different noises, relative to that of two real digits
     */
    record Look(double fid, double covered, double effective, double diversity) {}

    /**
     * A classifier that compares with these digits.
     *
     * @param count how many real and how many generated digits a look takes; even
     * @param seed chooses the real ones
     */
    DigitClassifier(Dataset digits, int count, long seed) {
        this.count = count;
        classifier = EmbeddedClassifier.open("digits", Resizing.CLEAN);
        try (TensorScope scope = TensorScope.open()) {
            Tensor examples = new DatasetSource(digits, seed).next(count).samples();
            real = FeatureStatistics.of(see(examples).features());
            realDistance = meanDistance(examples);
        }
    }

    /** Measures what the generator draws from the same latents each time. */
    Look look(GameTraining training, long seed) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor samples = training.sample(count, seed);
            FeatureExtractor.Output seen = see(samples);
            int[] counts = new int[CLASSES];
            for (long label : seen.logits().argmax(1).toLongArray()) {
                counts[(int) label]++;
            }
            // KL(p ‖ uniform) = log K − H(p)
            double entropy = Math.log(CLASSES)
                    - ModeCoverage.ofClasses(counts).reverseKl().orElseThrow();
            return new Look(
                    FrechetDistance.between(FeatureStatistics.of(seen.features()), real),
                    Arrays.stream(counts).filter(each -> 100 * each >= count).count(),
                    Math.exp(entropy),
                    meanDistance(samples) / realDistance);
        }
    }

    private FeatureExtractor.Output see(Tensor images) {
        return classifier.extract(images.add(1).mul(127.5).clamp(0, 255));
    }

    /** Mean distance within the pairs that the two halves of the samples form. */
    private static double meanDistance(Tensor samples) {
        long half = samples.size(0) / 2;
        Tensor flat = samples.flatten(1);
        Tensor apart = flat.narrow(0, 0, half).sub(flat.narrow(0, half, half));
        return apart.square().sum(false, 1).sqrt().mean().item();
    }

    @Override
    public void close() {
        classifier.close();
    }
}
