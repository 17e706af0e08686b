package org.saddlepoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("run/metrics.jsonl");
    }

    @Test
    void eachRowIsALineThatStartsWithTheStepAndIsThereAtOnce() throws Exception {
        try (MetricsLog log = MetricsLog.open(file)) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("generatorLoss", 0.25);
            values.put("clipped", true);
            values.put("images", 64);
            log.append(10, values);

            assertThat(Files.readString(file))
                    .isEqualTo("{\"step\":10,\"generatorLoss\":0.25,\"clipped\":true,\"images\":64}\n");
        }
    }

    @Test
    void whatIsNotFiniteStaysValidJsonAndComesBackAsANumber() throws Exception {
        try (MetricsLog log = MetricsLog.open(file)) {
            log.append(1, Map.of("loss", Double.NaN));
            log.append(2, Map.of("loss", Double.POSITIVE_INFINITY));
            log.append(3, Map.of("loss", Float.NEGATIVE_INFINITY));
            log.append(4, Map.of("nested", List.of(1.5, Double.NaN, Map.of("deep", Double.NaN))));
        }

        for (String line : Files.readAllLines(file)) {
            assertThat(new ObjectMapper().readTree(line).isObject()).isTrue();
        }
        assertThat(Files.readAllLines(file).get(0)).isEqualTo("{\"step\":1,\"loss\":\"NaN\"}");
        List<MetricsRow> rows = MetricsLog.read(file);
        assertThat(rows.get(0).number("loss")).hasValue(Double.NaN);
        assertThat(rows.get(1).number("loss")).hasValue(Double.POSITIVE_INFINITY);
        assertThat(rows.get(2).number("loss")).hasValue(Double.NEGATIVE_INFINITY);
        assertThat(rows.get(3).values().get("nested")).isEqualTo(List.of(1.5, Double.NaN, Map.of("deep", Double.NaN)));
        assertThat(rows.get(3).number("nested")).isEmpty();
    }

    @Test
    void resumingDropsLaterStepsAndATornLineAndKeepsTheRestByteForByte() throws Exception {
        String kept = "{\"step\":10, \"loss\":1.50e0}\n{\"step\":20,\"text\":\"é\"}\n";
        AtomicFiles.writeString(file, kept + "{\"step\":30,\"loss\":3}\n{\"step\":40,\"lo");
        try (MetricsLog log = MetricsLog.resume(file, 20)) {
            log.append(21, Map.of("loss", 2.5));
        }

        assertThat(file).hasContent(kept + "{\"step\":21,\"loss\":2.5}\n");
        assertThat(MetricsLog.read(file)).extracting(MetricsRow::step).containsExactly(10L, 20L, 21L);
    }

    @Test
    void everyCutOfTheFileIsReadAndRepaired() throws Exception {
        try (MetricsLog log = MetricsLog.open(file)) {
            for (int step = 0; step < 4; step++) {
                log.append(step, Map.of("loss", step + 0.5, "name", "größe"));
            }
        }
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            List<MetricsRow> rows = MetricsLog.read(file);
            int wholeObjects = Math.toIntExact(Files.readString(file, StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(c -> c == '}')
                    .count());
            assertThat(rows).hasSize(wholeObjects);
            try (MetricsLog log = MetricsLog.open(file)) {
                log.append(99, Map.of());
            }
            List<MetricsRow> repaired = MetricsLog.read(file);
            assertThat(repaired.subList(0, repaired.size() - 1)).isEqualTo(rows);
            assertThat(repaired.get(repaired.size() - 1).step()).isEqualTo(99);
        }
    }

    @Test
    void aTailOfZerosAsAPowerFailureLeavesItIsRemoved() throws Exception {
        AtomicFiles.writeString(file, "{\"step\":1}\n");
        Files.write(file, new byte[300], StandardOpenOption.APPEND);
        MetricsLog.open(file).close();

        assertThat(file).hasContent("{\"step\":1}\n");
    }

    @Test
    void damageBeforeTheEndIsReportedByLine() throws Exception {
        AtomicFiles.writeString(file, "{\"step\":1}\n{\"stp\":2}\n{\"step\":3}\n");

        assertThatThrownBy(() -> MetricsLog.read(file))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("metrics.jsonl is damaged at line 2");
        assertThatThrownBy(() -> MetricsLog.resume(file, 3)).isInstanceOf(RunException.class);
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void noFileYetIsNoRows() {
        assertThat(MetricsLog.read(file)).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatHasNoPlaceInARowIsRefused() {
        try (MetricsLog log = MetricsLog.open(file)) {
            assertThatThrownBy(() -> log.append(-1, Map.of())).hasMessageContaining("step must be >= 0 but was -1");
            assertThatThrownBy(() -> log.append(1, Map.of("step", 2))).hasMessageContaining("must not hold \"step\"");
            assertThatThrownBy(() -> log.append(1, Map.of("path", new Object())))
                    .hasMessageContaining("path must be a number, text")
                    .hasMessageContaining("java.lang.Object");
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void anInterruptDoesNotCloseTheLog() {
        try (MetricsLog log = MetricsLog.open(file)) {
            Thread.currentThread().interrupt();
            log.append(1, Map.of("loss", 1.0));
            log.force();
            assertThat(Thread.interrupted()).isTrue();
            log.append(2, Map.of("loss", 2.0));
        }

        assertThat(MetricsLog.read(file)).hasSize(2);
    }
}
