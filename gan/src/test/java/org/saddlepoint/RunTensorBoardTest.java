package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.events.EventReader;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.tensor.LeakCheck;

/** What {@code tensorboard} holds of a run that trains, stops and goes on. */
@ExtendWith(LeakCheck.class)
class RunTensorBoardTest {
    private static final Map<String, String> DECAY =
            Map.of("generatorOptimizer.learningRate", "{schedule: linear, from: 0.1, to: 0, end: 4, unit: steps}");

    @TempDir
    private Path folder;

    private List<String> lines() {
        return EventReader.lines(folder.resolve("run/tensorboard"));
    }

    private Run train(RunOptions options, Map<String, String> settings) {
        try (Dataset digits = SmallRuns.digits()) {
            return Run.train(SmallRuns.images("dcgan-quick", settings), digits, folder.resolve("run"), options.seed(7));
        }
    }

    private static String said(MetricsRow row, String group, String name) {
        return row.step() + " " + group + "/" + name + " "
                + (float) row.number(name).orElseThrow();
    }

    @Test
    void holdsAllThatTheRunLogsAndItsSheets() {
        Run run = train(RunOptions.DEFAULT.tensorBoard(true), Map.of());
        List<String> lines = lines();
        List<MetricsRow> rows = MetricsLog.read(run.folder().metricsFile());
        assertThat(rows).hasSize(3);
        for (MetricsRow row : rows) {
            assertThat(lines)
                    .contains(
                            said(row, "losses", "discriminatorLoss"),
                            said(row, "losses", "generatorLoss"),
                            said(row, "logits", "realLogit"),
                            said(row, "logits", "fakeLogit"));
        }
        assertThat(lines).doesNotHaveDuplicates();
        run.folder().samples().forEach(sheet -> assertThat(lines)
                .anyMatch(line -> line.matches(sheet.step() + " samples [0-9]+x[0-9]+")));
    }

    @Test
    void aRunWithoutItHasNoSuchFolder() {
        train(RunOptions.DEFAULT, Map.of("steps", "1"));
        assertThat(folder.resolve("run/tensorboard")).doesNotExist();
    }

    @Test
    void aRunThatGoesOnSaysWhereAndAddsWhatIsNew() {
        train(RunOptions.DEFAULT.tensorBoard(true), Map.of("steps", "2"));
        int before = lines().size();
        Run.resume(folder.resolve("run"), ResumeOptions.DEFAULT.steps(3)); // without asking again
        List<String> added = lines().subList(before, lines().size());
        assertThat(added.get(1)).isEqualTo("3 start");
        assertThat(added.subList(2, added.size()))
                .anyMatch(line -> line.startsWith("3 losses/generatorLoss "))
                .anyMatch(line -> line.startsWith("3 samples "))
                .allMatch(line -> line.startsWith("3 "));
    }

    @Test
    void whatWasBeforeIsWrittenWhereARunGetsItLater() {
        train(RunOptions.DEFAULT, Map.of("steps", "2"));
        Run.resume(folder.resolve("run"), ResumeOptions.DEFAULT.steps(3).tensorBoard(true));
        assertThat(lines())
                .anyMatch(line -> line.startsWith("1 losses/generatorLoss "))
                .anyMatch(line -> line.startsWith("2 samples "))
                .anyMatch(line -> line.startsWith("3 losses/generatorLoss "))
                .noneMatch(line -> line.endsWith("start"));
        assertThat(Files.exists(folder.resolve("run/tensorboard"))).isTrue();
    }

    @Test
    void learningRatesAreThoseOfTheSchedule() {
        train(RunOptions.DEFAULT.tensorBoard(true), DECAY);
        assertThat(lines()).contains("1 rates/generator 0.1", "2 rates/generator 0.075", "3 rates/generator 0.05");
    }
}
