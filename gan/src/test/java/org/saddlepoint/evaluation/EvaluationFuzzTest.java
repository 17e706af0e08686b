package org.saddlepoint.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** Cached statistics and weights of extractors, mutated. */
class EvaluationFuzzTest {
    private static final String[] WORDS = {
        "{",
        "}",
        "[",
        "]",
        "[0,",
        "\"F32\"",
        "\"F64\"",
        "\"I64\"",
        "\"U8\"",
        "\"shape\":",
        "\"key\"",
        "\"checksum\"",
        ",",
        "\\n"
    };

    private static final Path CACHE = Scratch.folder();
    private static final List<String> NOTES = new ArrayList<>();
    private static final Path FILE = kept();

    private static final Fuzzing STATISTICS = new Fuzzing(
            Format.of(List.of(bytes(FILE)), EvaluationFuzzTest::find).words(WORDS));

    private static final Fuzzing CLASSIFIER =
            new Fuzzing(Format.of(List.of(digits()), EvaluationFuzzTest::open, IOException.class)
                    .words(WORDS));

    @Property
    void statistics(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        STATISTICS.check(mutation);
    }

    @Property(tries = 100) // each of 0.9 MB; the form of the file is that of all weights
    void classifiers(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        CLASSIFIER.check(mutation);
    }

    /** A cache never fails: what cannot be used is told of and made anew, and what is used is as it was kept. */
    private static void find(byte[] file) throws IOException {
        Files.write(FILE, file);
        NOTES.clear();
        boolean found = StatisticsCache.in(CACHE, NOTES::add)
                .find("a")
                .map(statistics -> statistics.count() == 3)
                .orElse(false);
        if (found ? !NOTES.isEmpty() : NOTES.size() != 1 || NOTES.get(0).lines().count() != 1) {
            throw new AssertionError("found " + found + " and said " + NOTES);
        }
    }

    private static void open(byte[] file) throws IOException {
        EmbeddedClassifier.of("digits", file, Resizing.CLEAN).close();
    }

    private static Path kept() {
        StatisticsCache.in(CACHE, NOTES::add).keep("a", new FeatureStatistics(2).add(new double[] {0, 0, 1, 1, 2, 0}));
        try (Stream<Path> files = Files.list(CACHE)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] digits() {
        try (InputStream in = EmbeddedClassifier.class.getResourceAsStream("digits.safetensors")) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
