package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class ClassMeasuresTest {
    private static final List<String> DIGITS = TestImages.DIGITS.classNames();
    private static final Set<Metric> BOTH = Set.of(Metrics.INTRA_FID, Metrics.ACCURACY);

    private static EmbeddedClassifier extractor;

    @BeforeAll
    static void open() {
        extractor = EmbeddedClassifier.open("digits", Resizing.CLEAN);
    }

    @AfterAll
    static void close() {
        extractor.close();
    }

    /** Real digits, one after the other, each said to be of the class that this gives for its label. */
    private static SampleSource claimed(List<String> names, java.util.function.IntUnaryOperator claim) {
        return TestImages.made(
                ClassMeasuresTest::digit,
                i -> claim.applyAsInt(TestImages.DIGITS.label(i).orElseThrow()),
                names,
                1,
                28,
                28);
    }

    private static float[] digit(int index) {
        try {
            float[] pixels = new float[28 * 28];
            TestImages.DIGITS.read(index, pixels, 0);
            return pixels;
        } catch (DamagedExampleException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Estimate> measure(SampleSource source, Dataset real, Set<Metric> metrics, int samples) {
        return measure(source, real, metrics, samples, 64, StatisticsCache.none());
    }

    private static Map<String, Estimate> measure(
            SampleSource source, Dataset real, Set<Metric> metrics, int samples, int batch, StatisticsCache cache) {
        EvaluationConfig config = new EvaluationConfig(metrics, samples, batch, Resizing.CLEAN, true, 1);
        return new Evaluator(config, extractor, cache, ProgressListener.NONE).evaluate(source, real);
    }

    @Test
    void trueLabelsAreRecognisedAndShuffledOnesAreNot() {
        Dataset real = TestImages.digits(5000, 1, 1000);
        Map<String, Estimate> right = measure(claimed(DIGITS, label -> label), real, BOTH, 1000);
        assertThat(right).containsOnlyKeys("intra-fid", "accuracy", "classes-covered");
        assertThat(right.get("accuracy").value()).isBetween(0.98, 1.0);
        double share = right.get("accuracy").value();
        assertThat(right.get("accuracy").standardError())
                .isCloseTo(Math.sqrt(share * (1 - share) / 1000), within(1e-12));
        assertThat(right.get("classes-covered").value()).isEqualTo(10);
        Map<String, Estimate> shifted = measure(claimed(DIGITS, label -> (label + 1) % 10), real, BOTH, 1000);
        assertThat(shifted.get("accuracy").value()).isBetween(0.0, 0.02);
        assertThat(shifted.get("classes-covered").value()).isZero();
        assertThat(shifted.get("intra-fid").value())
                .isGreaterThan(10 * right.get("intra-fid").value());
    }

    @Test
    void intraFidIsTheMeanOfTheDistancesOfEachClass() {
        Dataset real = TestImages.digits(5000, 1, 1000);
        Estimate intra = measure(claimed(DIGITS, label -> label), real, Set.of(Metrics.INTRA_FID), 1000)
                .get("intra-fid");
        int[] ofThree = IntStream.range(0, 1000)
                .filter(i -> TestImages.DIGITS.label(i).orElseThrow() == 3)
                .toArray();
        Dataset realThrees = new org.saddlepoint.data.Subset(
                TestImages.DIGITS,
                "threes",
                IntStream.range(5000, 6000)
                        .filter(i -> TestImages.DIGITS.label(i).orElseThrow() == 3));
        Estimate three = measure(
                        TestImages.made(i -> digit(ofThree[i]), 1, 28, 28),
                        realThrees,
                        Set.of(Metrics.FID),
                        ofThree.length)
                .get("fid");
        Estimate.OfClass found = intra.classes().get("3");
        assertThat(found).isNotNull();
        assertThat(found.value()).isCloseTo(three.value(), within(1e-3 * three.value()));
        assertThat(found.standardError()).isCloseTo(three.standardError(), within(1e-2 * three.standardError()));
        assertThat(found.generated()).isEqualTo(ofThree.length);
        assertThat(found.real()).isEqualTo(realThrees.size());
        assertThat(intra.value())
                .isCloseTo(
                        intra.classes().values().stream()
                                .mapToDouble(Estimate.OfClass::value)
                                .average()
                                .orElseThrow(),
                        within(1e-12 * intra.value()));
        double squares = intra.classes().values().stream()
                .mapToDouble(each -> each.standardError() * each.standardError())
                .sum();
        assertThat(intra.standardError()).isCloseTo(Math.sqrt(squares) / 10, within(1e-12));
        assertThat(intra.protocol().labels().source()).isEqualTo("made");
        assertThat(intra.protocol().labels().fewest())
                .isEqualTo(intra.classes().values().stream()
                        .mapToInt(Estimate.OfClass::generated)
                        .min()
                        .orElseThrow());
    }

    @Test
    void classesAreMatchedByNameAndNotByPosition() {
        List<String> reversed = new ArrayList<>(DIGITS);
        java.util.Collections.reverse(reversed);
        Dataset real = TestImages.digits(5000, 1, 1000);
        Map<String, Estimate> plain = measure(claimed(DIGITS, label -> label), real, BOTH, 600);
        Map<String, Estimate> other = measure(claimed(reversed, label -> 9 - label), real, BOTH, 600);
        assertThat(other.get("accuracy").value())
                .isEqualTo(plain.get("accuracy").value());
        assertThat(other.get("intra-fid").value())
                .isCloseTo(plain.get("intra-fid").value(), within(1e-9));
    }

    @Test
    void valuesDependNeitherOnBatchesNorOnTheCache(@TempDir Path folder) throws Exception {
        Dataset real = TestImages.digits(5000, 1, 400);
        List<String> notes = new ArrayList<>();
        StatisticsCache cache = StatisticsCache.in(folder, notes::add);
        Map<String, Estimate> first = measure(claimed(DIGITS, label -> label), real, BOTH, 400, 7, cache);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(10);
        }
        Map<String, Estimate> again = measure(claimed(DIGITS, label -> label), real, BOTH, 400, 7, cache);
        assertThat(again).isEqualTo(first);
        Map<String, Estimate> large =
                measure(claimed(DIGITS, label -> label), real, BOTH, 400, 100, StatisticsCache.none());
        double value = first.get("intra-fid").value();
        assertThat(large.get("intra-fid").value()).isCloseTo(value, within(1e-4 * value));
        assertThat(large.get("accuracy")).isEqualTo(first.get("accuracy"));
        assertThat(notes).isEmpty();
    }

    @Test
    void conditionalGeneratorsAreAskedClassByClass() {
        // A generator that draws real digits of the class it is asked for.
        int[][] ofClass = new int[10][];
        for (int c = 0; c < 10; c++) {
            int label = c;
            ofClass[c] = IntStream.range(0, 2000)
                    .filter(i -> TestImages.DIGITS.label(i).orElseThrow() == label)
                    .toArray();
        }
        int[] used = new int[10];
        LatentSource.Conditions balanced = new LatentSource.Conditions(
                DIGITS, "drawn equally often", (count, random) -> new Conditioning.Labels(random.integers(10, count)));
        LatentSource.Generator generator = new LatentSource.Generator(
                "faker", new int[] {1, 28, 28}, "last", new Latent(2, Latent.Distribution.NORMAL), balanced, (z, y) -> {
                    long[] asked = ((Conditioning.Labels) y).classes().toLongArray();
                    float[] pixels = new float[asked.length * 28 * 28];
                    for (int i = 0; i < asked.length; i++) {
                        int c = (int) asked[i];
                        float[] one = digit(ofClass[c][used[c]++ % ofClass[c].length]);
                        System.arraycopy(one, 0, pixels, i * one.length, one.length);
                    }
                    Tensor images = Tensors.of(pixels, asked.length, 1, 28, 28);
                    return images;
                });
        try (LatentSource source = new LatentSource(generator, 3)) {
            Map<String, Estimate> found = measure(source, TestImages.digits(5000, 1, 1000), BOTH, 500);
            assertThat(found.get("accuracy").value()).isBetween(0.98, 1.0);
            assertThat(found.get("accuracy").classes()).containsOnlyKeys(DIGITS.toArray(String[]::new));
            assertThat(found.get("accuracy").protocol().labels().source()).isEqualTo("drawn equally often");
        }
    }

    @Test
    void numbersStandForTheClassifiersClasses() {
        try (EmbeddedClassifier fashion = EmbeddedClassifier.open("fashion", Resizing.CLEAN)) {
            SampleSource source = claimed(DIGITS, label -> label);
            assertThat(ClassMatch.recognised(new Sides(source, TestImages.DIGITS, fashion)))
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    /** The same classifier, but its classes are not the data's, as Inception's are not. */
    private record Foreign(FeatureExtractor inner) implements FeatureExtractor {
        @Override
        public String name() {
            return "foreign";
        }

        @Override
        public String fingerprint() {
            return inner.fingerprint();
        }

        @Override
        public int dimension() {
            return inner.dimension();
        }

        @Override
        public Output extract(Tensor images) {
            return inner.extract(images);
        }

        @Override
        public void close() {}
    }

    @Test
    void anExtractorOfOtherClassesMeasuresIntraFidButNoAccuracy() {
        Dataset real = TestImages.digits(5000, 1, 400);
        EvaluationConfig accuracy = new EvaluationConfig(Set.of(Metrics.ACCURACY), 300, 64, Resizing.CLEAN, true, 1);
        EvaluationConfig intra = new EvaluationConfig(Set.of(Metrics.INTRA_FID), 300, 64, Resizing.CLEAN, true, 1);
        FeatureExtractor foreign = new Foreign(extractor);
        SampleSource source = claimed(DIGITS, label -> label);
        assertRefused(
                "accuracy needs an extractor that recognises the classes, but foreign knows no classes of the data",
                () -> new Evaluator(accuracy, foreign, StatisticsCache.none(), ProgressListener.NONE)
                        .requireMeasurable(source, real));
        assertThat(new Evaluator(intra, foreign, StatisticsCache.none(), ProgressListener.NONE)
                        .evaluate(source, real)
                        .get("intra-fid")
                        .value())
                .isPositive();
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        Dataset real = TestImages.digits(0, 1, 500);
        Set<Metric> intra = Set.of(Metrics.INTRA_FID);
        Set<Metric> accuracy = Set.of(Metrics.ACCURACY);
        SampleSource unlabelled = TestImages.made(ClassMeasuresTest::digit, 1, 28, 28);
        assertRefused(
                "accuracy needs generated samples of known classes, but made has none",
                () -> measure(unlabelled, real, accuracy, 50));
        SampleSource cats = TestImages.made(ClassMeasuresTest::digit, i -> 0, List.of("cat"), 1, 28, 28);
        assertRefused("digits knows 0, 1, 2", () -> measure(cats, real, accuracy, 50));
        assertRefused("has no class cat; it has 0, 1", () -> measure(cats, real, intra, 50));
        SampleSource few = TestImages.made(ClassMeasuresTest::digit, i -> 0, DIGITS.subList(0, 2), 1, 28, 28);
        assertRefused("made lacks 2, 3, 4, 5, 6, 7, 8, 9;", () -> measure(few, real, intra, 50));
        SampleSource rare = TestImages.made(ClassMeasuresTest::digit, i -> i % 9, DIGITS, 1, 28, 28);
        assertRefused(
                "at least 10 generated samples of each class but the class 9 has 0",
                () -> measure(rare, real, intra, 200));
        SampleSource all = TestImages.made(ClassMeasuresTest::digit, i -> i % 10, DIGITS, 1, 28, 28);
        assertRefused(
                "at least 2 real examples of each class but the class",
                () -> measure(all, TestImages.digits(0, 1, 12), intra, 200));
    }

    private static void assertRefused(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(EvaluationException.class).hasMessageContaining(message);
    }
}
