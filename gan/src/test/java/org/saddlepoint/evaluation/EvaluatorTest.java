package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class EvaluatorTest {
    private static final Set<Metric> IMAGE_METRICS =
            Set.of(Metrics.FID, Metrics.KID, Metrics.IS, Metrics.PRDC, Metrics.MODES);
    private static final Set<Metric> POINT_METRICS = Set.of(Metrics.MODES, Metrics.W1, Metrics.SWD, Metrics.MMD);

    private static EmbeddedClassifier extractor;

    @BeforeAll
    static void open() {
        extractor = EmbeddedClassifier.open("digits", Resizing.CLEAN);
    }

    @AfterAll
    static void close() {
        extractor.close();
    }

    private static EvaluationConfig config(Set<Metric> metrics, int samples, int batchSize) {
        return new EvaluationConfig(metrics, samples, batchSize, Resizing.CLEAN, true, 1);
    }

    private static Map<String, Estimate> images(SampleSource source, Dataset real, Set<Metric> metrics, int samples) {
        return new Evaluator(config(metrics, samples, 64), extractor, StatisticsCache.none(), ProgressListener.NONE)
                .evaluate(source, real);
    }

    private static double fid(SampleSource source, int samples) {
        return images(source, TestImages.digits(1, 2, samples), Set.of(Metrics.FID), samples)
                .get("fid")
                .value();
    }

    private static float[] noise(int seed) {
        Random random = new Random(seed);
        float[] pixels = new float[28 * 28];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 2 * random.nextFloat() - 1;
        }
        return pixels;
    }

    /** A filled square of random place and size: ink where digits have some. */
    private static float[] square(int seed) {
        Random random = new Random(seed);
        float[] pixels = new float[28 * 28];
        int side = 6 + random.nextInt(8);
        int left = 6 + random.nextInt(10);
        int top = 6 + random.nextInt(10);
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                boolean inside = x >= left && x < left + side && y >= top && y < top + side;
                pixels[28 * y + x] = inside ? 1 : -1;
            }
        }
        return pixels;
    }

    @Test
    void valuesDoNotDependOnTheBatches() {
        Map<String, Estimate> first = null;
        for (int batch : new int[] {7, 100}) {
            Map<String, Estimate> found = new Evaluator(
                            config(IMAGE_METRICS, 250, batch), extractor, StatisticsCache.none(), ProgressListener.NONE)
                    .evaluate(new DatasetSource(TestImages.digits(0, 2, 300), 3), TestImages.digits(1, 2, 300));
            if (first != null) {
                Map<String, Estimate> other = first;
                assertThat(found.keySet()).isEqualTo(other.keySet());
                found.forEach((name, estimate) -> {
                    double value = other.get(name).value();
                    assertThat(estimate.value()).as(name).isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value))));
                    assertThat(estimate.protocol()).isEqualTo(other.get(name).protocol());
                });
            }
            first = found;
        }
        assertThat(first)
                .containsOnlyKeys(
                        "fid", "kid", "is", "precision", "recall", "density", "coverage", "modes", "reverse-kl");
    }

    /** As most TorchScript modules are: features, and no class of any image. */
    private record FeaturesAlone(FeatureExtractor whole) implements FeatureExtractor {
        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public String fingerprint() {
            return whole.fingerprint();
        }

        @Override
        public int dimension() {
            return whole.dimension();
        }

        @Override
        public Output extract(Tensor images) {
            Output output = whole.extract(images);
            return new Output(output.features(), output.logits().narrow(1, 0, 0));
        }

        @Override
        public void close() {}
    }

    @Test
    void featuresAloneAreEnoughForDistances() {
        Set<Metric> distances = Set.of(Metrics.FID, Metrics.KID);
        Dataset real = TestImages.digits(1, 2, 100);
        EvaluationConfig config = config(distances, 100, 64);
        Evaluator alone =
                new Evaluator(config, new FeaturesAlone(extractor), StatisticsCache.none(), ProgressListener.NONE);
        Map<String, Estimate> found = alone.evaluate(new DatasetSource(TestImages.digits(0, 2, 100), 3), real);
        Map<String, Estimate> same = images(new DatasetSource(TestImages.digits(0, 2, 100), 3), real, distances, 100);
        assertThat(found.get("fid").value()).isEqualTo(same.get("fid").value()).isPositive();
        assertThat(found.get("kid").value()).isEqualTo(same.get("kid").value());
        Evaluator classes = new Evaluator(
                config(Set.of(Metrics.IS), 100, 64),
                new FeaturesAlone(extractor),
                StatisticsCache.none(),
                ProgressListener.NONE);
        assertRefused("classifies", () -> classes.evaluate(new DatasetSource(real, 3), real));
    }

    @Test
    void aSetIsNoDistanceFromItself() {
        Dataset set = TestImages.digits(0, 1, 400);
        Map<String, Estimate> found = images(new DatasetSource(set, 5), set, Set.of(Metrics.FID, Metrics.PRDC), 400);
        assertThat(found.get("fid").value()).isBetween(0.0, 1e-6);
        assertThat(found.get("precision").value()).isEqualTo(1);
        assertThat(found.get("recall").value()).isEqualTo(1);
        assertThat(found.get("coverage").value()).isEqualTo(1);
    }

    @Test
    void realDigitsAreNearerThanCrudeOnesAndThoseThanNoise() {
        double real = fid(new DatasetSource(TestImages.digits(0, 2, 1000), 0), 1000);
        double crude = fid(TestImages.made(EvaluatorTest::square, 1, 28, 28), 1000);
        double noise = fid(TestImages.made(EvaluatorTest::noise, 1, 28, 28), 1000);
        assertThat(real).isPositive().isLessThan(crude / 20);
        assertThat(crude).isLessThan(noise);
    }

    @Test
    void aCollapseOnOneClassIsCaught() {
        Dataset real = TestImages.digits(0, 10, 800);
        Set<Metric> metrics = Set.of(Metrics.IS, Metrics.PRDC, Metrics.MODES);
        Map<String, Estimate> whole = images(new DatasetSource(TestImages.digits(1, 10, 800), 0), real, metrics, 800);
        Map<String, Estimate> collapsed =
                images(new DatasetSource(TestImages.digitsOfClass(3, 800), 0), real, metrics, 800);
        assertThat(collapsed.get("precision").value()).isGreaterThan(0.8);
        assertThat(collapsed.get("recall").value())
                .isLessThan(0.2)
                .isLessThan(whole.get("recall").value() - 0.5);
        assertThat(collapsed.get("coverage").value())
                .isLessThan(0.2)
                .isLessThan(whole.get("coverage").value() - 0.5);
        assertThat(collapsed.get("is").value()).isLessThan(1.5);
        assertThat(whole.get("is").value()).isBetween(8.5, 10.0);
        assertThat(whole.get("modes").value()).isEqualTo(10);
        assertThat(collapsed.get("reverse-kl").value()).isGreaterThan(1.5);
        assertThat(whole.get("reverse-kl").value()).isLessThan(0.05);
    }

    @Test
    void pointsAreMeasuredWithoutAnExtractor() {
        Dataset real = GaussianMixture.RING8.sample(1000, 1);
        Map<String, Estimate> found = points(new DatasetSource(GaussianMixture.RING8.sample(1000, 2), 0), real);
        assertThat(found).containsOnlyKeys("modes", "high-quality", "reverse-kl", "w1", "swd", "mmd");
        assertThat(found.get("modes").value()).isEqualTo(8);
        assertThat(found.get("high-quality").value()).isBetween(0.96, 1.0);
        double share = found.get("high-quality").value();
        assertThat(found.get("high-quality").standardError())
                .as("the bootstrap of a share is binomial")
                .isCloseTo(Math.sqrt(share * (1 - share) / 400), within(0.2 * Math.sqrt(share * (1 - share) / 400)));
        assertThat(found.get("w1").value()).isBetween(0.0, 0.3);
        assertThat(found.get("mmd").value()).isCloseTo(0, within(0.02));
        assertThat(found.get("w1").protocol().features().extractor()).isEqualTo("none");

        Map<String, Estimate> collapsed = points(TestImages.made(i -> new float[] {1.414f, 0}, 2), real);
        assertThat(collapsed.get("modes").value()).isEqualTo(1);
        assertThat(collapsed.get("reverse-kl").value()).isCloseTo(Math.log(8), within(1e-9));
        assertThat(collapsed.get("w1").value()).isGreaterThan(1);
    }

    private static Map<String, Estimate> points(SampleSource source, Dataset real) {
        return new Evaluator(config(POINT_METRICS, 400, 64), null, StatisticsCache.none(), ProgressListener.NONE)
                .evaluate(source, real);
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        Dataset digits = TestImages.digits(0, 1, 50);
        Dataset ring = GaussianMixture.RING8.sample(50, 0);
        Dataset plain = PointDataset.of("plain", new PointShape(2), new float[100]);
        Set<Metric> fid = Set.of(Metrics.FID);
        assertRefused(
                "fid needs at least 10 samples but there are 9; ask for more with --samples", () -> config(fid, 9, 64));
        assertRefused(
                "fid needs at least 10 real examples but some digits has 5",
                () -> images(new DatasetSource(digits, 0), TestImages.digits(0, 1, 5), fid, 20));
        assertRefused(
                "has 50 samples but 60 were asked for; ask for fewer with --samples",
                () -> images(new DatasetSource(digits, 0), digits, fid, 60));
        assertRefused(
                "made gives NaN or infinite values",
                () -> images(
                        TestImages.made(i -> i == 13 ? filled(Float.NaN) : filled(0), 1, 28, 28), digits, fid, 20));
        assertRefused(
                "expected the same kind of data", () -> images(TestImages.made(i -> new float[2], 2), digits, fid, 20));
        assertRefused(
                "fid needs images but made gives points",
                () -> images(TestImages.made(i -> new float[2], 2), ring, fid, 20));
        assertRefused(
                "modes needs data whose modes are known", () -> points(TestImages.made(i -> new float[2], 2), plain));
        assertRefused("images need an extractor", () -> new Evaluator(
                        config(fid, 20, 8), null, StatisticsCache.none(), ProgressListener.NONE)
                .evaluate(new DatasetSource(digits, 0), digits));
    }

    private static float[] filled(float value) {
        float[] pixels = new float[28 * 28];
        java.util.Arrays.fill(pixels, value);
        return pixels;
    }

    private static void assertRefused(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(EvaluationException.class).hasMessageContaining(message);
    }
}
