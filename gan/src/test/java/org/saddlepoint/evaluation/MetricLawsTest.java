package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.pairs.PairHalf;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** What all listed metrics fulfil; a new one is tested by being listed. */
@ExtendWith({LeakCheck.class, OneThread.class})
class MetricLawsTest {
    static final int SAMPLES = 400;
    private static final int SIDE = 28;

    private static EmbeddedClassifier extractor;

    @BeforeAll
    static void open() {
        extractor = EmbeddedClassifier.open("digits", Resizing.CLEAN);
    }

    @AfterAll
    static void close() {
        extractor.close();
    }

    static List<Metric> metrics() {
        return Metrics.ALL;
    }

    static Stream<Metric> ofPoints() {
        return Metrics.ALL.stream().filter(metric -> !metric.ofPoints().isEmpty());
    }

    /** Samples of another source, with a generator to walk in and translations beside them. */
    private record Made(SampleSource samples, double roughness, double error) implements SampleSource {
        @Override
        public String name() {
            return "made";
        }

        @Override
        public int[] shape() {
            return samples.shape();
        }

        @Override
        public int available() {
            return samples.available();
        }

        @Override
        public String weights() {
            return "last";
        }

        @Override
        public List<String> classNames() {
            return samples.classNames();
        }

        @Override
        public String labels() {
            return samples.labels();
        }

        @Override
        public Drawn next(int count) {
            return samples.next(count);
        }

        /** Images of one grey, which is a latent's sine. */
        @Override
        public Optional<LatentWalk> walk() {
            return Optional.of(new LatentWalk() {
                private int next;

                @Override
                public Tensor latents(int count) {
                    double[] values = new double[count];
                    for (int i = 0; i < count; i++) {
                        values[i] = Math.sin(1.0 + next++);
                    }
                    return Tensors.of(values, count, 1);
                }

                @Override
                public Tensor samples(Tensor ends) {
                    double[] latents = ends.toDoubleArray();
                    float[] pixels = new float[latents.length * SIDE * SIDE];
                    for (int i = 0; i < pixels.length; i++) {
                        pixels[i] = (float) Math.sin(roughness * latents[i / (SIDE * SIDE)] + i % SIDE);
                    }
                    return Tensors.of(pixels, latents.length, 1, SIDE, SIDE);
                }
            });
        }

        /** Of pictures into themselves, but for an error in brightness. */
        @Override
        public Optional<Translations> translations() {
            return Optional.of(new Translations(
                    PairHalf.a(GREYS),
                    PairHalf.b(GREYS),
                    true,
                    picture -> picture.add(error),
                    Optional.of(picture -> picture.add(error)),
                    false));
        }
    }

    /** Pairs of equal pictures of one grey. */
    private static final Dataset GREYS = new Greys();

    private static final class Greys implements Dataset {
        @Override
        public String name() {
            return "greys";
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public ExampleShape shape() {
            return new PairShape(new ImageShape(1, 2, 2), new ImageShape(1, 2, 2));
        }

        @Override
        public void read(int index, float[] target, int offset) {
            for (int i = 0; i < 8; i++) {
                target[offset + i] = -0.25f * index;
            }
        }

        @Override
        public OptionalInt label(int index) {
            return OptionalInt.empty();
        }

        @Override
        public List<String> classNames() {
            return List.of();
        }

        @Override
        public String fingerprint() {
            return "greys";
        }

        @Override
        public List<Skipped> skipped() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    static final Dataset REAL = TestImages.digits(5000, 1, SAMPLES);

    /** Other digits with their true classes, a calm generator, and exact translations. */
    static SampleSource good() {
        DatasetSource digits = new DatasetSource(TestImages.digits(0, 1, SAMPLES), 1);
        return new Made(digits, 1, 0);
    }

    /** Digits of one kind that are said to be of all, with noise over them, a rough generator, and wrong translations. */
    private static SampleSource bad() {
        Dataset ones = TestImages.digitsOfClass(1, SAMPLES);
        SampleSource noisy = TestImages.made(
                i -> {
                    float[] pixels = new float[SIDE * SIDE];
                    try {
                        ones.read(i, pixels, 0);
                    } catch (DamagedExampleException e) {
                        throw new AssertionError(e);
                    }
                    for (int p = 0; p < pixels.length; p++) {
                        pixels[p] = Math.max(-1, Math.min(1, pixels[p] + (float) Math.sin(p * 12.9898 + i)));
                    }
                    return pixels;
                },
                i -> i % 10,
                TestImages.DIGITS.classNames(),
                1,
                SIDE,
                SIDE);
        return new Made(noisy, 8, 0.25);
    }

    private static Map<String, Estimate> images(Metric metric, SampleSource source, int batch) {
        EvaluationConfig config = new EvaluationConfig(Set.of(metric), SAMPLES, batch, Resizing.CLEAN, true, 1);
        return new Evaluator(config, extractor, StatisticsCache.none(), ProgressListener.NONE).evaluate(source, REAL);
    }

    private static Map<String, Estimate> points(Metric metric, Dataset generated) {
        EvaluationConfig config = new EvaluationConfig(Set.of(metric), SAMPLES, 64, Resizing.CLEAN, true, 1);
        return new Evaluator(config, null, StatisticsCache.none(), ProgressListener.NONE)
                .evaluate(new DatasetSource(generated, 0), GaussianMixture.RING8.sample(SAMPLES, 1));
    }

    private static void requireBetter(Metric metric, Map<String, Estimate> good, Map<String, Estimate> bad) {
        Set<String> moved = new LinkedHashSet<>();
        for (Quantity quantity : metric.quantities()) {
            Estimate one = good.get(quantity.name());
            Estimate other = bad.get(quantity.name());
            if (one != null && other != null) {
                double gain = quantity.largerIsBetter() ? one.value() - other.value() : other.value() - one.value();
                assertThat(gain)
                        .as("%s of good samples, %s, beside %s", quantity.name(), one.value(), other.value())
                        .isNotNegative();
                if (gain > 0) {
                    moved.add(quantity.name());
                }
            }
        }
        assertThat(moved).as("numbers that tell good from bad").isNotEmpty();
    }

    @Test
    void wordsAndNamesAreUnique() {
        List<String> words = Metrics.ALL.stream().map(Metric::word).toList();
        assertThat(words).doesNotHaveDuplicates().allMatch(word -> word.matches("[a-z0-9-]+"));
        assertThat(Metrics.names(Metrics.ALL)).doesNotHaveDuplicates();
        assertThat(words).allSatisfy(word -> assertThat(Metrics.find(word)).isPresent());
        assertThat(Metrics.find("fud")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void goodSamplesAreBetterThanBadOnesAndValuesDoNotDependOnTheBatches(Metric metric) {
        Map<String, Estimate> good = images(metric, good(), 64);
        List<String> names = Metrics.names(List.of(metric));
        assertThat(names).containsAll(good.keySet());
        assertThat(new ArrayList<>(good.keySet()))
                .as("in the order of the quantities")
                .isSubsetOf(names)
                .isSortedAccordingTo(Comparator.comparingInt(names::indexOf));
        requireBetter(metric, good, images(metric, bad(), 64));
        Map<String, Estimate> again = images(metric, good(), 50);
        good.forEach((name, estimate) -> {
            double value = estimate.value();
            assertThat(again.get(name).value()).as(name).isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value))));
            assertThat(again.get(name).protocol()).isEqualTo(estimate.protocol());
            assertThat(estimate.standardError()).isNotNegative();
            assertThat(estimate.protocol().method().error()).isEqualTo(metric.error());
        });
    }

    @ParameterizedTest
    @MethodSource("ofPoints")
    void goodPointsAreBetterThanBadOnes(Metric metric) {
        Map<String, Estimate> good = points(metric, GaussianMixture.RING8.sample(SAMPLES, 2));
        assertThat(Metrics.names(List.of(metric))).containsAll(good.keySet());
        requireBetter(metric, good, points(metric, GaussianMixture.GRID25.sample(SAMPLES, 2)));
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void tooFewSamplesAreRefused(Metric metric) {
        assertThat(metric.minimum()).isPositive();
        assertThatThrownBy(
                        () -> new EvaluationConfig(Set.of(metric), metric.minimum() - 1, 64, Resizing.CLEAN, true, 1))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining(metric.word() + " needs at least " + metric.minimum() + " samples");
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void whatItNeedsIsAskedForBeforeASampleIsDrawn(Metric metric) {
        SampleSource plain = TestImages.made(
                i -> {
                    throw new AssertionError("a sample was drawn");
                },
                1,
                SIDE,
                SIDE);
        EvaluationConfig config = new EvaluationConfig(Set.of(metric), SAMPLES, 64, Resizing.CLEAN, true, 1);
        Evaluator evaluator = new Evaluator(config, extractor, StatisticsCache.none(), ProgressListener.NONE);
        boolean gathered = Set.of(Need.STATISTICS, Need.VECTORS, Need.SCORES).containsAll(metric.ofImages());
        if (metric.ofImages().equals(Set.of(Need.PATCHES))) {
            new Evaluator(config, null, StatisticsCache.none(), ProgressListener.NONE).requireMeasurable(plain, REAL);
        } else if (gathered) {
            evaluator.requireMeasurable(plain, REAL);
            assertThatThrownBy(() -> new Evaluator(config, null, StatisticsCache.none(), ProgressListener.NONE)
                            .requireMeasurable(plain, REAL))
                    .isInstanceOf(EvaluationException.class)
                    .hasMessageContaining("images need an extractor");
        } else {
            assertThatThrownBy(() -> evaluator.requireMeasurable(plain, REAL))
                    .isInstanceOf(EvaluationException.class)
                    .hasMessageStartingWith(metric.word() + " needs ")
                    .hasMessageContaining("; evaluate ");
        }
    }

    @Test
    void metricsComeInTheOrderOfTheList() {
        List<Metric> reversed = new ArrayList<>(Metrics.ALL);
        Collections.reverse(reversed);
        Set<Metric> given = new LinkedHashSet<>(reversed);
        assertThat(new EvaluationConfig(given, 100, 64, Resizing.CLEAN, true, 1).metrics())
                .containsExactlyElementsOf(Metrics.ALL);
    }
}
