package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.distributed.ProcessGroup;
import org.saddlepoint.tensor.distributed.Together;
import org.saddlepoint.testing.OneThread;

/** Several processes measure what one does, by every metric. */
@ExtendWith({LeakCheck.class, OneThread.class})
class SharedEvaluationTest {
    private static final double EXACT = 1e-9;
    private static final int BATCH = 48; // neither samples nor batches are a multiple of the ranks

    private static EvaluationConfig config(Set<Metric> metrics, long seed) {
        return new EvaluationConfig(metrics, MetricLawsTest.SAMPLES, BATCH, Resizing.CLEAN, true, seed);
    }

    private static Evaluator evaluator(Set<Metric> metrics, FeatureExtractor extractor, StatisticsCache cache) {
        return new Evaluator(config(metrics, 1), extractor, cache, ProgressListener.NONE);
    }

    private static Map<String, Estimate> images(
            Set<Metric> metrics, Supplier<SampleSource> source, Dataset real, ProcessGroup group) {
        try (EmbeddedClassifier extractor = EmbeddedClassifier.open("digits", Resizing.CLEAN)) {
            Evaluator alone = evaluator(metrics, extractor, StatisticsCache.none());
            return (group.size() == 1 ? alone : alone.among(group)).evaluate(source.get(), real);
        }
    }

    private static void requireSame(List<Map<String, Estimate>> actual, Map<String, Estimate> expected) {
        assertThat(actual.get(0).keySet()).isEqualTo(expected.keySet()).isNotEmpty();
        expected.forEach((name, estimate) -> {
            Estimate found = actual.get(0).get(name);
            double size = Math.max(1, Math.abs(estimate.value()));
            assertThat(found.value()).as(name).isCloseTo(estimate.value(), within(EXACT * size));
            assertThat(found.standardError()).as(name).isCloseTo(estimate.standardError(), within(EXACT * size));
            assertThat(found.protocol()).isEqualTo(estimate.protocol());
        });
        assertThat(actual.subList(1, actual.size())).allMatch(Map::isEmpty);
    }

    static Set<Metric> ofImages() {
        return new LinkedHashSet<>(MetricLawsTest.metrics().stream()
                .filter(metric -> !metric.ofImages().isEmpty())
                .toList());
    }

    /** All at once, as a user asks for them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void allMetricsOfImagesAtOnce(int ranks) {
        Set<Metric> all = ofImages();
        Supplier<SampleSource> good = MetricLawsTest::good;
        Map<String, Estimate> expected = Together.run(1, group -> images(all, good, MetricLawsTest.REAL, group))
                .get(0);
        assertThat(expected.keySet()).hasSizeGreaterThanOrEqualTo(all.size());
        requireSame(Together.run(ranks, group -> images(all, good, MetricLawsTest.REAL, group)), expected);
    }

    /** Each alone, so that none lives by what another one needs. */
    @ParameterizedTest
    @MethodSource("ofImages")
    void eachMetricOfImages(Metric metric) {
        Set<Metric> one = Set.of(metric);
        Supplier<SampleSource> good = MetricLawsTest::good;
        Map<String, Estimate> expected = Together.run(1, group -> images(one, good, MetricLawsTest.REAL, group))
                .get(0);
        requireSame(Together.run(2, group -> images(one, good, MetricLawsTest.REAL, group)), expected);
    }

    static Stream<Metric> ofPoints() {
        return MetricLawsTest.ofPoints();
    }

    @ParameterizedTest
    @MethodSource("ofPoints")
    void eachMetricOfPoints(Metric metric) {
        Dataset real = GaussianMixture.RING8.sample(MetricLawsTest.SAMPLES, 1);
        Together.Part<Map<String, Estimate>> part = group -> {
            Evaluator alone =
                    new Evaluator(config(Set.of(metric), 1), null, StatisticsCache.none(), ProgressListener.NONE);
            return (group.size() == 1 ? alone : alone.among(group))
                    .evaluate(new DatasetSource(GaussianMixture.GRID25.sample(MetricLawsTest.SAMPLES, 2), 0), real);
        };
        Map<String, Estimate> expected = Together.run(1, part).get(0);
        requireSame(Together.run(2, part), expected);
        requireSame(Together.run(3, part), expected);
    }

    /** Examples of another dataset, every seventh of which cannot be read. */
    private record Damaged(Dataset inner) implements Dataset {
        @Override
        public String name() {
            return "damaged";
        }

        @Override
        public int size() {
            return inner.size();
        }

        @Override
        public ExampleShape shape() {
            return inner.shape();
        }

        @Override
        public void read(int index, float[] target, int offset) throws DamagedExampleException {
            if (index % 7 == 3) {
                throw new DamagedExampleException(new Skipped("example " + index, "it is damaged"));
            }
            inner.read(index, target, offset);
        }

        @Override
        public OptionalInt label(int index) {
            return inner.label(index);
        }

        @Override
        public List<String> classNames() {
            return inner.classNames();
        }

        @Override
        public String fingerprint() {
            return "damaged";
        }

        @Override
        public List<Skipped> skipped() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void damagedExamplesAreLeftOutAsByOneProcess() {
        Dataset real = new Damaged(TestImages.digits(5000, 1, 300));
        Supplier<SampleSource> source = () -> new DatasetSource(new Damaged(TestImages.digits(0, 1, 600)), 1);
        Set<Metric> metrics = Set.of(Metrics.FID, Metrics.KID, Metrics.PATCH_SWD, Metrics.INTRA_FID);
        Map<String, Estimate> expected =
                Together.run(1, group -> images(metrics, source, real, group)).get(0);
        requireSame(Together.run(3, group -> images(metrics, source, real, group)), expected);
    }

    /** Rank 0 knows the statistics of the real data already, the others do not. */
    @Test
    void whatRankZeroHasCachedNobodyComputes(@TempDir Path folder) {
        Together.Part<Map<String, Estimate>> part = group -> {
            StatisticsCache cache = group.rank() == 0 ? StatisticsCache.in(folder, note -> {}) : StatisticsCache.none();
            try (EmbeddedClassifier extractor = EmbeddedClassifier.open("digits", Resizing.CLEAN)) {
                return evaluator(Set.of(Metrics.FID), extractor, cache)
                        .among(group)
                        .evaluate(MetricLawsTest.good(), MetricLawsTest.REAL);
            }
        };
        Map<String, Estimate> first = Together.run(2, part).get(0);
        assertThat(folder).isNotEmptyDirectory();
        requireSame(Together.run(2, part), first);
    }

    @Test
    void whoMeasuresOtherwiseIsNamed() {
        Dataset real = GaussianMixture.RING8.sample(100, 1);
        assertThatThrownBy(() -> Together.run(2, group -> new Evaluator(
                                config(Set.of(Metrics.W1), 1 + group.rank()),
                                null,
                                StatisticsCache.none(),
                                ProgressListener.NONE)
                        .among(group)
                        .evaluate(
                                new DatasetSource(GaussianMixture.GRID25.sample(MetricLawsTest.SAMPLES, 2), 0), real)))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("rank 1: it measures with seed 2 but rank 0 with seed 1; give the same to all");
    }
}
