package org.saddlepoint.diagnostics;

import java.util.Arrays;
import java.util.Map;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.metrics.ModeCoverage;

/** Modes of a known mixture: a mode is found where it has a fifth of its fair share of samples. */
final class ModeSignals {
    private static final double FAIR = 0.2;

    private ModeSignals() {}

    static void measure(GaussianMixture mixture, float[] points, Map<Signal, Double> values) {
        double[][] centres = mixture.centres();
        int dimensions = centres[0].length;
        int[] counts = new int[centres.length];
        int samples = points.length / dimensions;
        for (int i = 0; i < samples; i++) {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < centres.length; k++) {
                double square = 0;
                for (int d = 0; d < dimensions; d++) {
                    double difference = points[i * dimensions + d] - centres[k][d];
                    square += difference * difference;
                }
                if (square < least) {
                    least = square;
                    nearest = k;
                }
            }
            counts[nearest]++;
        }
        double fair = FAIR * samples / centres.length;
        values.put(
                Signal.MODES,
                Arrays.stream(counts).filter(count -> count >= fair).count() / (double) counts.length);
        values.put(Signal.ON_MODE, ModeCoverage.of(mixture, points).highQualityShare());
    }
}
