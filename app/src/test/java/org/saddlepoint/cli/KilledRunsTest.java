package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that was killed and resumed is byte for byte the run that was not. The long form is
 * {@code -Pthorough}: {@code -Dsaddlepoint.kills=50} kills so often in all.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "exit codes of killed processes are those of POSIX")
class KilledRunsTest {
    private static final int SHORT = 3;
    private static final String LONG = "a long form, see CONTRIBUTING: mvn -Pthorough verify";

    @TempDir
    private Path temp;

    private static int kills() {
        return Integer.getInteger("saddlepoint.kills", SHORT);
    }

    private Random random() {
        long seed = Long.getLong("saddlepoint.kills.seed", 20);
        System.out.println("kills are drawn from the seed " + seed);
        return new Random(seed);
    }

    private static List<String> settings(String recipe, String data, int steps, String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of(recipe, "--data", data, "--seed", "3", "--steps", Integer.toString(steps)));
        arguments.addAll(List.of("--diagnose-every", "10")); // by default as often as its measured time allows
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return arguments;
    }

    @Test
    void digitsWithEvaluations() throws Exception {
        List<String> digits = settings(
                "dcgan-quick",
                "digits",
                kills() > SHORT ? 300 : 60,
                "generator.width=2",
                "discriminator.width=2",
                "updates.batchSize=4",
                "latent.size=8",
                "logEvery=1",
                "sampleEvery=13",
                "checkpointEvery=5");
        digits.addAll(List.of("--evaluate-every", "25", "--metrics", "prdc", "--samples", "64"));
        int all = kills() > SHORT ? kills() - 2 * (kills() / 4) : kills();
        System.out.println(new KilledRuns("digits", digits, temp, random()).kill(all));
    }

    private List<String> pairs(int steps) throws IOException {
        Path a = Pictures.folder(temp.resolve("a"), 10, 40);
        Path b = Pictures.folder(temp.resolve("b"), 10, 36);
        return settings(
                "pix2pix-small",
                "paired:" + a + "," + b,
                steps,
                "images.load=36",
                "images.crop=32",
                "translator.downs=5",
                "translator.width=2",
                "translator.dropout=true",
                "discriminator.width=2",
                "updates.batchSize=3",
                "updates.pool=4",
                "logEvery=1",
                "sampleEvery=13",
                "checkpointEvery=5");
    }

    private List<String> cycles(int steps) throws IOException {
        Path a = Pictures.folder(temp.resolve("a"), 10, 24);
        Path b = Pictures.folder(temp.resolve("b"), 7, 20);
        return settings(
                "cyclegan-small",
                "unpaired:" + a + "," + b,
                steps,
                "images.load=18",
                "images.crop=16",
                "translator={family: resnet, blocks: 1, width: 2, normalization: instance, dropout: false,"
                        + " weights: {scheme: normal, deviation: 0.02}}",
                "discriminator.layers=1",
                "discriminator.width=2",
                "updates.pool=3",
                "generatorOptimizer.learningRate="
                        + "{schedule: plateau, value: 0.0002, factor: 0.5, threshold: 0.01, patience: 0}",
                "logEvery=1",
                "sampleEvery=13",
                "checkpointEvery=5");
    }

    @Test
    @EnabledIfSystemProperty(named = "saddlepoint.kills", matches = "\\d+", disabledReason = LONG)
    void translationOfPairs() throws Exception {
        System.out.println(new KilledRuns("pairs", pairs(120), temp, random()).kill(kills() / 4));
    }

    @Test
    @EnabledIfSystemProperty(named = "saddlepoint.kills", matches = "\\d+", disabledReason = LONG)
    void translationByCycles() throws Exception {
        System.out.println(new KilledRuns("cycles", cycles(120), temp, random()).kill(kills() / 4));
    }

    /** Rank 0 or the other one is killed, and both go on. */
    @Test
    void trainingByTwoProcesses() throws Exception {
        List<String> points = settings(
                "gan-points",
                "ring8",
                kills() > SHORT ? 600 : 120,
                "generator.hidden=[16]",
                "discriminator.hidden=[16]",
                "updates.batchSize=16",
                "logEvery=1",
                "sampleEvery=53",
                "checkpointEvery=5");
        points.addAll(List.of("--processes", "2"));
        System.out.println(new KilledRuns("ranks", points, temp, random()).kill(kills() > SHORT ? kills() : 2));
    }

    /** The long forms run so seldom that nobody would see that a setting has another name now. */
    @Test
    void theLongFormsCanBegin() throws Exception {
        Path runs = Files.createDirectory(temp.resolve("runs"));
        for (List<String> settings : List.of(pairs(1), cycles(1))) {
            List<String> train = new ArrayList<>(List.of("train"));
            train.addAll(settings);
            train.addAll(List.of(
                    "--threads", "1", "--out", runs.resolve(settings.get(0)).toString()));
            Cli.Result result = Cli.run(train.toArray(String[]::new));
            assertThat(result.code()).as(result.err()).isZero();
        }
    }
}
