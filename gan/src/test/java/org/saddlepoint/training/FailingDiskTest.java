package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RandomFaults;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.tensor.LeakCheck;

/** A training on a disk that fails again and again, and is waited for, leaves what one on a sound disk leaves. */
@ExtendWith(LeakCheck.class)
class FailingDiskTest {
    private static final Map<String, String> SMALL = Map.of(
            "generator.hidden", "[6]",
            "discriminator.hidden", "[5]",
            "latent.size", "3",
            "updates.batchSize", "8");

    @TempDir
    private Path temp;

    @Test
    void leavesTheSameFilesByteForByte() throws IOException {
        Map<String, String> expected = train("sound", 0, 0);
        assertThat(expected.keySet())
                .contains("metrics.jsonl", "samples/000012.png", "checkpoints/000010/state.json", "losses.png");
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(train("failing-" + seed, seed, 0.1)).isEqualTo(expected);
        }
    }

    private Map<String, String> train(String name, long seed, double probability) throws IOException {
        RunFolder run = RunFolder.create(temp.resolve(name));
        List<String> heard = new ArrayList<>();
        WritePatience patience =
                new WritePatience(Duration.ofMillis(1), Duration.ofDays(1), () -> false, new WritePatience.Told() {
                    @Override
                    public void paused(String reason) {
                        heard.add(reason);
                    }

                    @Override
                    public void goesOn(Duration waited) {
                        heard.add("goes on");
                    }
                });
        try (Dataset data = DataSources.open("ring8", DataOptions.DEFAULT);
                GanTraining training = new GanTraining(Recipes.gan("gan", SMALL), data, TrainingSetup.of(7));
                MetricsLog log = MetricsLog.open(run.metricsFile());
                RandomFaults faults = new RandomFaults(seed, probability)) {
            List<TrainingListener> listeners = new ArrayList<>(List.of(
                    new MetricsListener(log, run, "test", 1),
                    training.samples(run, "data", 0),
                    new CheckpointListener(
                            training.checkpoints(run, new CheckpointOrigin("test", "name: test")), log, 2, false)));
            listeners.replaceAll(patience::around);
            training.trainer(listeners).runUntil(12);
            assertThat(faults.failures() > 10)
                    .as("%d calls failed", faults.failures())
                    .isEqualTo(seed > 0);
        }
        assertThat(heard.isEmpty()).isEqualTo(seed == 0);
        assertThat(heard.stream().filter("goes on"::equals).count())
                .as("each pause ends")
                .isEqualTo(heard.size() / 2);
        run.removeLeftovers();
        return contents(run.path());
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.relativize(file).toString().replace('\\', '/'),
                        java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
