package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class ResumeCommandTest {
    private static final String[] OFTEN = {"--set", "logEvery=1", "--set", "checkpointEvery=2"};

    @TempDir
    private Path temp;

    private Path train(String name, int steps) {
        Path run = temp.resolve(name);
        Cli.Result result =
                Cli.train(run, "dcgan-quick", OFTEN[0], OFTEN[1], OFTEN[2], OFTEN[3], "--steps", "" + steps);
        assertThat(result.code()).as(result.err()).isZero();
        return run;
    }

    private static Cli.Result resume(Path run, String... more) {
        String[] arguments = {"resume", run.toString(), "--threads", "1"};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Cli.run(all);
    }

    @Test
    void stoppedAndResumedEqualsStraight() throws IOException {
        Path straight = train("straight", 6);
        Path resumed = train("resumed", 3);
        Cli.Result result = resume(resumed, "--steps", "6");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("goes on after step 3");
        assertThat(Cli.generator(resumed, 6)).isEqualTo(Cli.generator(straight, 6));
        assertThat(resumed.resolve("metrics.jsonl")).hasSameBinaryContentAs(straight.resolve("metrics.jsonl"));
        assertThat(resumed.resolve("recipe.yaml")).hasSameBinaryContentAs(straight.resolve("recipe.yaml"));
        JsonNode manifest = Cli.parse(resumed.resolve("run.json"));
        assertThat(manifest.get("recipeHash"))
                .isEqualTo(Cli.parse(straight.resolve("run.json")).get("recipeHash"));
        assertThat(manifest.get("steps").asLong()).isEqualTo(6);
    }

    @Test
    void killedWithATornLogAndHalfACheckpointEqualsStraight() throws IOException {
        Path straight = train("straight", 5);
        Path killed = train("killed", 5);
        AtomicFiles.delete(killed.resolve("checkpoints/000005"));
        Files.createDirectory(killed.resolve("checkpoints/.000006.0123456789abcdef.tmp"));
        Files.writeString(killed.resolve("metrics.jsonl"), "{\"step\":6,\"disc", StandardOpenOption.APPEND);
        Cli.Result result = resume(killed);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Cli.generator(killed, 5)).isEqualTo(Cli.generator(straight, 5));
        assertThat(killed.resolve("metrics.jsonl")).hasSameBinaryContentAs(straight.resolve("metrics.jsonl"));
        assertThat(Cli.tree(killed)).isEqualTo(Cli.tree(straight));
    }

    @Test
    void aDamagedCheckpointIsToldAndTheOneBeforeItLeadsToTheSameEnd() throws IOException {
        Path straight = train("straight", 6);
        Path run = train("run", 5);
        Path weights = run.resolve("checkpoints/000005/discriminator.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        assertThat(Cli.run(
                                "sample",
                                run.toString(),
                                "--count",
                                "1",
                                "--out",
                                temp.resolve("a.png").toString())
                        .out())
                .contains("checkpoint 000005 is damaged: discriminator.safetensors", "1 samples of step 4");
        Cli.Result result = resume(run, "--steps", "6");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("checkpoint 000005 is damaged: discriminator.safetensors is not what was written: its SHA-256"
                        + " digest differs; going on from 000004")
                .contains("goes on after step 4");
        assertThat(Cli.generator(run, 6)).isEqualTo(Cli.generator(straight, 6));
        assertThat(run.resolve("metrics.jsonl")).hasSameBinaryContentAs(straight.resolve("metrics.jsonl"));
        AtomicFiles.delete(run.resolve("checkpoints/000005.damaged"));
        assertThat(Cli.tree(run)).isEqualTo(Cli.tree(straight));
    }

    @Test
    void aChangedRecipeIsRefusedAndAnOverrideMeansIt() throws IOException {
        Path run = train("run", 2);
        Path recipe = run.resolve("recipe.yaml");
        String text = Files.readString(recipe);
        Files.writeString(
                recipe,
                text.replaceFirst("(?m)(generatorOptimizer:[\\s\\S]*?learningRate: )\\S+", "$1" + "1.0E-5")
                        .replaceFirst("logEvery: 1", "logEvery: 2"));
        Cli.Result refused = resume(run, "--steps", "4");
        assertThat(refused.code()).isEqualTo(Failures.USAGE);
        assertThat(refused.err())
                .contains("recipe.yaml is not the recipe that the checkpoint of step 2 was trained by: ")
                .contains("generatorOptimizer.learningRate: 0.002 in the checkpoint, 1.0E-5 in recipe.yaml")
                .contains("logEvery: 1 in the checkpoint, 2 in recipe.yaml")
                .contains("mean it with --override generatorOptimizer.learningRate=1.0E-5");
        Cli.Result half = resume(run, "--steps", "4", "--override", "generatorOptimizer.learningRate=1.0E-5");
        assertThat(half.err()).contains("logEvery: 1 in").doesNotContain("learningRate: ");

        Cli.Result result = resume(
                run, "--steps", "4", "--override", "generatorOptimizer.learningRate=1e-5", "--override", "logEvery=1");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("changed: generatorOptimizer.learningRate from 0.002 to 1.0E-5");
        assertThat(Files.readString(recipe)).contains("learningRate: 1.0E-5", "logEvery: 1");
        JsonNode change = Cli.parse(run.resolve("run.json")).get("history").get("changes");
        assertThat(change.toString())
                .contains(
                        "{\"step\":2,\"setting\":\"generatorOptimizer.learningRate\",\"from\":\"0.002\",\"to\":\"1.0E-5\"}");
        assertThat(resume(run, "--steps", "5").code())
                .as("it is the recipe now")
                .isZero();
        assertThat(resume(run, "--steps", "6", "--override", "nosuch=1").err()).contains("unknown setting \"nosuch\"");
    }

    /** All steps are done and saved, but a kill took what comes behind them. */
    @Test
    void endsWhatWasKilledBehindItsLastStep() throws IOException {
        Path run = temp.resolve("run");
        String[] arguments = {
            "--steps",
            "4",
            "--set",
            "checkpointEvery=4",
            "--evaluate-every",
            "3",
            "--metrics",
            "prdc",
            "--samples",
            "64"
        };
        assertThat(Cli.train(run, arguments).code()).isZero();
        Path sheet = run.resolve("samples/000004.png");
        Path losses = run.resolve("losses.png");
        Path evaluations = run.resolve("evaluations.jsonl");
        byte[] drawn = Files.readAllBytes(sheet);
        byte[] curves = Files.readAllBytes(losses);
        List<String> measured = Files.readAllLines(evaluations);
        assertThat(measured).anyMatch(row -> row.contains("\"step\":4"));

        RunFolder folder = RunFolder.open(run);
        folder.writeManifest(folder.manifest().running(0, 0)); // as a killed process leaves it
        Files.delete(sheet);
        Files.delete(losses);
        Files.write(evaluations, measured.subList(0, measured.size() - 1)); // cut within the last evaluation
        Cli.Result result = resume(run);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(sheet).hasBinaryContent(drawn);
        assertThat(losses).hasBinaryContent(curves);
        assertThat(Files.readAllLines(evaluations)).isEqualTo(measured);
        assertThat(folder.manifest().outcome()).isEqualTo(RunManifest.Outcome.DONE);
        assertThat(folder.manifest().steps()).isEqualTo(4);
        assertThat(resume(run).err()).contains("has done 4 of 4 steps already");
    }

    @Test
    void refusesWhatCannotGoOn() throws IOException {
        Path run = train("run", 2);
        Cli.Result finished = resume(run);
        assertThat(finished.code()).isEqualTo(Failures.USAGE);
        assertThat(finished.err()).contains("has done 2 of 2 steps already; ask for more in all with --steps");

        try (RunLock lock = RunLock.of(run)) {
            Cli.Result busy = resume(run, "--steps", "3");
            assertThat(busy.code()).isEqualTo(Failures.FAILED);
            assertThat(busy.err())
                    .contains("is being trained right now by this process, "
                            + ProcessHandle.current().pid() + "; wait until that ends, or stop it first");
        }

        Path weights = run.resolve("checkpoints/000002/generator.safetensors");
        Files.write(weights, new byte[100]);
        Cli.Result damaged = resume(run, "--steps", "3");
        assertThat(damaged.code()).isEqualTo(Failures.FAILED);
        assertThat(damaged.err())
                .contains(
                        "all checkpoints of " + run + " are damaged: 000002 is damaged: generator.safetensors is not");
        Files.delete(weights);
        assertThat(resume(run, "--steps", "3").err()).contains("generator.safetensors is missing");
        Files.writeString(run.resolve("checkpoints/000002/state.json"), "{");
        assertThat(resume(run, "--steps", "3").err()).contains("state.json is damaged");

        AtomicFiles.delete(run.resolve("checkpoints"));
        Cli.Result none = resume(run, "--steps", "3");
        assertThat(none.code()).isEqualTo(Failures.FAILED);
        assertThat(none.err()).contains("holds no checkpoint yet");
        assertThat(Cli.run("sample", run.toString()).err()).contains("holds no checkpoint yet");

        Files.writeString(run.resolve("run.json"), "{");
        assertThat(resume(run).err()).contains("run.json is damaged: it is not JSON");
        assertThat(resume(temp.resolve("nosuch")).code()).isEqualTo(Failures.USAGE);
        Cli.Result noRun = resume(temp);
        assertThat(noRun.code()).isEqualTo(Failures.USAGE);
        assertThat(noRun.err()).contains("is no run: it holds no run.json");
        assertThat(run.resolve(".lock")).doesNotExist();
    }

    @Test
    void refusesDataThatChanged() throws IOException {
        Path photos = Pictures.folder(temp.resolve("photos"), 4, 32);
        Path run = temp.resolve("run");
        assertThat(Cli.train(run, "--data", photos.toString(), "--steps", "1").code())
                .isZero();
        Files.delete(Pictures.picture(photos, 2));
        Cli.Result result = resume(run, "--steps", "2");

        assertThat(result.code()).isEqualTo(Failures.FAILED);
        assertThat(result.err())
                .contains("the data " + photos + " has changed since the run " + run
                        + " began: it has 3 examples instead of 4; 02.png is missing; restore it, tell where it is now with"
                        + " --data NEW, or begin a new run on what it is now");
    }

    @Test
    void rollingBackGoesOnThreeTimesAndIsRecorded() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result result = Cli.run(
                "train",
                "gan",
                "--data",
                "ring8",
                "--threads",
                "1",
                "--batch-size",
                "8",
                "--json",
                "--on-divergence",
                "rollback",
                "--set",
                "generator.hidden=[8]",
                "--set",
                "discriminator.hidden=[8]",
                "--set",
                "generatorOptimizer.learningRate=1.0e+20",
                "--set",
                "discriminatorOptimizer.learningRate=1.0e+20",
                "--out",
                run.toString());

        assertThat(result.code()).isEqualTo(Failures.DIVERGED);
        assertThat(result.json())
                .filteredOn(event -> event.get("event").asText().equals("rollback"))
                .extracting(event -> event.get("learningRateFactor").asDouble())
                .containsExactly(0.5, 0.25, 0.125);
        assertThat(result.err()).contains("going back to step 0, with learning rates times 0.125 (3 of 3 times)");
        JsonNode history = Cli.parse(run.resolve("run.json")).get("history");
        assertThat(history.get("rollsBack").asBoolean()).isTrue();
        assertThat(history.get("rollbacks")).hasSize(3);
        assertThat(history.get("rollbacks").get(2).get("measured").asText()).isNotBlank();
        assertThat(Cli.run("resume", run.toString(), "--threads", "1").code())
                .as("it has gone back as often as it may")
                .isEqualTo(Failures.DIVERGED);
    }

    @Test
    void divergenceKeepsTheLastCheckpointAndHasItsOwnExitCode() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result result = Cli.run(
                "train",
                "gan",
                "--data",
                "ring8",
                "--threads",
                "1",
                "--batch-size",
                "8",
                "--json",
                "--set",
                "generator.hidden=[8]",
                "--set",
                "discriminator.hidden=[8]",
                "--set",
                "generatorOptimizer.learningRate=1.0e+20",
                "--set",
                "discriminatorOptimizer.learningRate=1.0e+20",
                "--set",
                "checkpointEvery=1",
                "--out",
                run.toString());

        assertThat(result.code()).isEqualTo(Failures.DIVERGED);
        assertThat(result.err()).contains("training diverged at step ").contains("lower learning rates");
        assertThat(run.resolve("checkpoints/000001/state.json")).exists();
        assertThat(Cli.parse(run.resolve("run.json")).get("outcome").asText()).isEqualTo("DIVERGED");
        JsonNode end = result.json().get(result.json().size() - 1);
        assertThat(end.get("outcome").asText()).isEqualTo("diverged");
        assertThat(end.get("checkpoint").asText()).endsWith("000001");
    }
}
