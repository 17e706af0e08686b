package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.ImagesInMemory;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/**
 * The colour extractor ranks planted damage. With {@code -Dsaddlepoint.judge=FILE} all pictures are judged in place of some, and the
 * table of docs/results.md is written.
 */
@ExtendWith({LeakCheck.class, OneThread.class})
class ColourExtractorTest {
    private static final String FILE = System.getProperty("saddlepoint.judge", "");
    private static final int COUNT = FILE.isEmpty() ? 250 : 945;

    private static EmbeddedClassifier extractor;

    @BeforeAll
    static void open() {
        extractor = EmbeddedClassifier.open(EmbeddedClassifier.COLOUR, Resizing.CLEAN);
    }

    @AfterAll
    static void close() {
        extractor.close();
    }

    private static List<List<float[]>> halves(String kind) {
        return switch (kind) {
            case "emoji" -> {
                try (Dataset emoji = EmbeddedDatasets.emoji(ImageFormat.AS_STORED, 0)) {
                    yield List.of(PlantedDamage.of(emoji, 0, 2, COUNT), PlantedDamage.of(emoji, 1, 2, COUNT));
                }
            }
            case "shapes" -> List.of(PlantedDamage.shapes(1, COUNT), PlantedDamage.shapes(2, COUNT));
            default -> List.of(PlantedDamage.landscapes(1, COUNT), PlantedDamage.landscapes(2, COUNT));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"emoji", "shapes", "landscapes"})
    void distancesGrowWithPlantedDamage(String kind) throws IOException {
        List<List<float[]>> halves = halves(kind);
        Dataset real = ImagesInMemory.ofValues(
                kind, halves.get(0), new ImageShape(3, PlantedDamage.SIDE, PlantedDamage.SIDE), ImageFormat.AS_STORED);
        Set<Metric> metrics =
                FILE.isEmpty() ? Set.of(Metrics.FID) : Set.of(Metrics.FID, Metrics.KID, Metrics.PATCH_SWD);
        EvaluationConfig config = new EvaluationConfig(metrics, COUNT, 125, Resizing.CLEAN, true, 0);
        Evaluator evaluator = new Evaluator(config, extractor, StatisticsCache.none(), ProgressListener.NONE);
        Map<String, Estimate> whole =
                evaluator.evaluate(PlantedDamage.source(PlantedDamage.copies(halves.get(1))), real);
        List<String> lines = new ArrayList<>(List.of(line(kind, "the other half", "", whole)));
        List<String> wrong = new ArrayList<>();
        PlantedDamage.all().forEach((damage, strengths) -> {
            Map<String, Estimate> before = whole;
            for (Map.Entry<String, PlantedDamage.Change> strength : strengths.entrySet()) {
                List<float[]> damaged = strength.getValue().of(PlantedDamage.copies(halves.get(1)));
                Map<String, Estimate> found = evaluator.evaluate(PlantedDamage.source(damaged), real);
                lines.add(line(kind, damage, strength.getKey(), found));
                if (value(found) < value(before)) {
                    wrong.add(damage + " " + strength.getKey() + " is better than less of it");
                }
                before = found;
            }
            // Shapes are flat: these change few of their pixels, and that drowns in which pictures were drawn.
            boolean hardlySeen = kind.equals("shapes") && (damage.startsWith("blur") || damage.startsWith("blocks"));
            if (!hardlySeen
                    && value(before) < value(whole) + 2 * whole.get("fid").standardError()) {
                wrong.add("much of " + damage + " is as good as none");
            }
        });
        if (!FILE.isEmpty()) {
            Files.write(Path.of(FILE + "-" + kind + ".md"), lines);
        }
        assertThat(wrong).as(String.join("\n", lines)).isEmpty();
    }

    private static double value(Map<String, Estimate> found) {
        return found.get("fid").value();
    }

    private static String line(String kind, String damage, String strength, Map<String, Estimate> found) {
        String values = String.join(
                " | ",
                found.entrySet().stream()
                        .filter(each -> Stream.of("fid", "kid", "patch-swd")
                                .anyMatch(name -> each.getKey().equals(name)))
                        .map(each -> String.format(
                                Locale.ROOT,
                                "%.4g ± %.1g",
                                each.getValue().value(),
                                each.getValue().standardError()))
                        .toList());
        return "| " + kind + " | " + damage + " | " + strength + " | " + values + " |";
    }

    @Test
    void greyAndOtherSizesAreTaken() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0)) {
            Tensor grey = random.uniform(0, 255, 2, 1, 45, 17);
            double[] expected = extractor.extract(grey).features().toDoubleArray();
            assertThat(extractor.extract(grey.expand(2, 3, 45, 17)).features().toDoubleArray())
                    .containsExactly(expected);
            assertThat(expected).hasSize(2 * extractor.dimension());
        }
        assertThat(extractor.classNames()).as("no data has motifs for classes").isEmpty();
        assertThat(extractor.heldOutAccuracy()).isBetween(0.1, 1.0);
    }
}
