package org.saddlepoint.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;

/** Event files follow a run's files, also where these are cut. */
class RunEventsTest {
    private static final Map<String, Double> RATES = Map.of("generator", 0.5);

    @TempDir
    private Path temp;

    private RunFolder run;
    private Path target;

    @BeforeEach
    void makeRun() {
        run = RunFolder.create(temp.resolve("run"));
        target = run.tensorBoardFolder();
    }

    private RunEvents events() {
        return new RunEvents(run, target, step -> RATES);
    }

    private static Map<String, Double> loss(double value) {
        return Map.of("generatorLoss", value);
    }

    @Test
    void afterARollbackReadersForgetWhatIsVoid() {
        try (RunEvents events = events();
                MetricsLog log = MetricsLog.open(run.metricsFile())) {
            events.goOnAfter(0);
            log.append(1, loss(1));
            log.append(2, loss(2));
            events.update(2);
            log.goBack(1);
            events.goOnAfter(1);
            log.append(2, Map.of("generatorLoss", 3.0, "learningRateFactor", 0.5));
            events.update(2);
        }
        assertThat(EventReader.lines(target))
                .containsExactly(
                        "0 brain.Event:2",
                        "1 losses/generatorLoss 1.0",
                        "1 rates/generator 0.5",
                        "2 losses/generatorLoss 2.0",
                        "2 rates/generator 0.5",
                        "2 start",
                        "2 losses/generatorLoss 3.0",
                        "2 rates/generator 0.25");
    }

    @Test
    void aLineThatIsStillBeingWrittenWaits() throws IOException {
        Files.writeString(run.metricsFile(), "{\"step\":1,\"penalty\":4.0}\n{\"step\":2,\"pen");
        try (RunEvents events = events()) {
            events.update(1);
            assertThat(EventReader.lines(target))
                    .contains("1 training/penalty 4.0")
                    .hasSize(3);
            Files.writeString(run.metricsFile(), "alty\":5.0}\n", StandardOpenOption.APPEND);
            events.update(2);
        }
        assertThat(EventReader.lines(target)).contains("2 training/penalty 5.0").hasSize(5);
    }

    @Test
    void evaluationsHaveErrorsAndDirections() throws IOException {
        Files.writeString(
                run.evaluationsFile(),
                """
                {"step":5,"metric":"fid","value":12.5,"standardError":0.25,"samples":200}
                {"step":5,"metric":"l1","value":0.5,"direction":"a2b"}
                """);
        Files.writeString(
                run.diagnosisFile(),
                """
                {"step":4,"kind":"reading","coverage":0.75,"support":"Infinity"}
                {"step":4,"kind":"finding","symptom":"collapse","certainty":0.9}
                """);
        try (RunEvents events = events()) {
            events.update(5);
        }
        assertThat(EventReader.lines(target))
                .containsExactly(
                        "0 brain.Event:2",
                        "5 evaluation/fid 12.5",
                        "5 evaluation-error/fid 0.25",
                        "5 evaluation/l1-a2b 0.5",
                        "4 diagnosis/coverage 0.75",
                        "4 diagnosis/support Infinity");
    }

    @Test
    void aLogOfManyPartsIsReadWhole() throws IOException {
        StringBuilder lines = new StringBuilder();
        int rows = 60_000; // more than a part of a megabyte
        for (int step = 1; step <= rows; step++) {
            lines.append("{\"step\":").append(step).append(",\"realLogit\":0.5}\n");
        }
        Files.writeString(run.metricsFile(), lines);
        RunEvents.write(run, temp.resolve("all"), step -> Map.of());
        assertThat(EventReader.lines(temp.resolve("all"))).hasSize(rows + 1).endsWith(rows + " logits/realLogit 0.5");
    }

    @Test
    void nothingIsWrittenOverOtherFiles() throws IOException {
        Path other = Files.createDirectories(temp.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "three years");
        assertThatThrownBy(() -> RunEvents.write(run, other, step -> RATES))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("give a folder that is new or empty");
        assertThat(other.resolve("thesis.txt")).hasContent("three years");
    }
}
