package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.PointDataset;

class ModeCoverageTest {
    private static final GaussianMixture RING = GaussianMixture.RING8;

    @Test
    void theMixtureItselfHasTheClosedForm() {
        for (GaussianMixture mixture : List.of(RING, GaussianMixture.GRID25)) {
            int count = 200_000;
            ModeCoverage coverage = ModeCoverage.of(mixture, points(mixture, count, 3));
            int modes = mixture.centres().length;
            assertThat(coverage.modesFound()).isEqualTo(modes);
            assertThat(coverage.totalModes()).isEqualTo(modes);
            assertThat(coverage.samples()).isEqualTo(count);
            double share = 1 - Math.exp(-4.5);
            assertThat(coverage.highQualityShare())
                    .isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / count)));
            // each mode is drawn equally often, so that only what is lost at random makes the counts uneven
            double chiSquare = 2 * count * share / (1 - share) * kl(coverage);
            assertThat(chiSquare).isBetween(chiSquareLow(modes - 1), chiSquareHigh(modes - 1));
        }
    }

    @Test
    void theProtocolsSampleFindsAllModes() {
        ModeCoverage coverage = ModeCoverage.of(RING, points(RING, ModeCoverage.SAMPLES, 1));
        assertThat(coverage.samples()).isEqualTo(2500);
        assertThat(coverage.modesFound()).isEqualTo(8);
        assertThat(coverage.highQualityShare()).isBetween(0.98, 0.998);
        assertThat(kl(coverage)).isBetween(0.0, 0.001);
    }

    @Test
    void oneModeIsTheWorstDivergence() {
        ModeCoverage coverage = ModeCoverage.of(RING, at(RING.centres()[5], RING.centres()[5]));
        assertThat(coverage.counts()).containsExactly(0, 0, 0, 0, 0, 2, 0, 0);
        assertThat(coverage.modesFound()).isEqualTo(1);
        assertThat(coverage.highQualityShare()).isEqualTo(1);
        assertThat(kl(coverage)).isCloseTo(Math.log(8), within(1e-15));
    }

    @Test
    void betweenModesIsNotOfHighQuality() {
        double[][] c = RING.centres();
        double[] between = {(c[0][0] + c[1][0]) / 2, (c[0][1] + c[1][1]) / 2};
        ModeCoverage coverage = ModeCoverage.of(RING, at(c[0], between, c[3], between));
        assertThat(coverage.modesFound()).isEqualTo(2);
        assertThat(coverage.highQualityShare()).isEqualTo(0.5);
        assertThat(kl(coverage)).isCloseTo(Math.log(4), within(1e-15));
        ModeCoverage none = ModeCoverage.of(RING, at(between));
        assertThat(none.modesFound()).isZero();
        assertThat(none.highQualityShare()).isZero();
        assertThat(none.reverseKl()).isEmpty();
    }

    @Test
    void sigmasAreTheReach() {
        GaussianMixture line = new GaussianMixture("line", new double[][] {{0}, {10}}, 0.5);
        double[] points = {-1.5, 1.501, 8.51, 12.5};
        assertThat(ModeCoverage.of(line, 3, points).counts()).containsExactly(1, 1);
        assertThat(ModeCoverage.of(line, 5, points).counts()).containsExactly(2, 2);
        assertThat(ModeCoverage.of(line, 0.1, points).counts()).containsExactly(0, 0);
        assertThat(ModeCoverage.of(line, new float[] {-1.5f, 1.501f}).counts()).containsExactly(1, 0);
    }

    @Test
    void theOrderOfSamplesIsOfNoMatter() {
        float[] points = points(RING, 1_000, 7);
        float[] reversed = new float[points.length];
        for (int i = 0; i < points.length; i += 2) {
            reversed[points.length - 2 - i] = points[i];
            reversed[points.length - 1 - i] = points[i + 1];
        }
        assertThat(ModeCoverage.of(RING, reversed)).isEqualTo(ModeCoverage.of(RING, points));
    }

    @Test
    void classesAreModes() {
        ModeCoverage coverage = ModeCoverage.ofClasses(1, 0, 3, 0);
        assertThat(coverage.modesFound()).isEqualTo(2);
        assertThat(coverage.totalModes()).isEqualTo(4);
        assertThat(coverage.samples()).isEqualTo(4);
        assertThat(coverage.highQualityShare()).isEqualTo(1);
        assertThat(kl(coverage)).isCloseTo(0.25 * Math.log(1) + 0.75 * Math.log(3), within(1e-15));
        assertThat(kl(ModeCoverage.ofClasses(7, 7, 7))).isCloseTo(0, within(1e-15));
        assertThat(kl(ModeCoverage.ofClasses(3, 0, 1, 0))).isEqualTo(kl(coverage));
    }

    /** 2 N KL of N independent samples is chi-square of K - 1 degrees, so 1000 classes of 26,000 samples give 0.0192. */
    @Test
    void uniformClassesHaveTheDivergenceOfChance() {
        SplittableRandom random = new SplittableRandom(11);
        int[] counts = new int[1000];
        random.ints(ModeCoverage.STACKED_MNIST_SAMPLES, 0, 1000).forEach(k -> counts[k]++);
        double kl = kl(ModeCoverage.ofClasses(counts));
        assertThat(2 * ModeCoverage.STACKED_MNIST_SAMPLES * kl).isBetween(chiSquareLow(999), chiSquareHigh(999));
    }

    @Test
    void refusesWhatItCannotCount() {
        assertRefused(() -> ModeCoverage.of(RING, new float[0]), "points", "2 coordinates", "held 0 numbers");
        assertRefused(() -> ModeCoverage.of(RING, new float[3]), "points", "2 coordinates", "held 3 numbers");
        assertRefused(
                () -> ModeCoverage.of(RING, new float[] {0, 0, 1, Float.NaN}),
                "points must be finite",
                "sample 1",
                "NaN");
        assertRefused(
                () -> ModeCoverage.of(RING, 3, new double[] {Double.NEGATIVE_INFINITY, 0}), "sample 0", "-Infinity");
        assertRefused(() -> ModeCoverage.of(RING, 0, new double[2]), "sigmas must be > 0", "0.0");
        assertRefused(() -> ModeCoverage.of(RING, Double.NaN, new double[2]), "sigmas", "NaN");
        assertRefused(ModeCoverage::ofClasses, "counts", "at least 1 mode");
        assertRefused(() -> ModeCoverage.ofClasses(0, 0), "samples must be at least 1", "0");
        assertRefused(() -> ModeCoverage.ofClasses(4, -1), "counts must be at least 0", "-1", "mode 1");
        assertRefused(
                () -> ModeCoverage.ofClasses(Integer.MAX_VALUE, 1), "counts must sum to less than 2^31", "2147483648");
        assertRefused(() -> new ModeCoverage(List.of(2, 2), 3), "samples", "4 counted", "3");
    }

    private static void assertRefused(Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    private static double kl(ModeCoverage coverage) {
        return coverage.reverseKl().orElseThrow();
    }

    /** Four deviations below and above, by the cube root of Wilson and Hilferty (1931). */
    private static double chiSquareLow(int degrees) {
        return degrees * Math.pow(Math.max(0, 1 - 2 / (9.0 * degrees) - 4 * Math.sqrt(2 / (9.0 * degrees))), 3);
    }

    private static double chiSquareHigh(int degrees) {
        return degrees * Math.pow(1 - 2 / (9.0 * degrees) + 4 * Math.sqrt(2 / (9.0 * degrees)), 3);
    }

    private static float[] points(GaussianMixture mixture, int count, long seed) {
        PointDataset data = mixture.sample(count, seed);
        float[] points = new float[count * data.shape().size()];
        for (int i = 0; i < count; i++) {
            data.read(i, points, i * data.shape().size());
        }
        return points;
    }

    private static float[] at(double[]... samples) {
        float[] points = new float[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            points[2 * i] = (float) samples[i][0];
            points[2 * i + 1] = (float) samples[i][1];
        }
        return points;
    }
}
