package org.saddlepoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.plot.SampleSheet;

class RunFolderTest {
    @TempDir
    Path folder;

    @Test
    void holdsTheDocumentedLayout() {
        RunFolder run = RunFolder.create(folder.resolve("runs/first"));
        run.writeManifest(RunManifestTest.example());
        run.writeRecipe("recipe: dcgan\n");
        SampleSheet.of(1, 1, 2, 2).write(new float[4], run.sampleFile(500));
        run.writeCheckpoint(500, RunFolderTest::fill);

        Path root = folder.resolve("runs/first");
        assertThat(root.resolve("run.json")).isNotEmptyFile();
        assertThat(root.resolve("recipe.yaml")).hasContent("recipe: dcgan\n");
        assertThat(root.resolve("samples/000500.png")).isNotEmptyFile();
        assertThat(root.resolve("checkpoints/000500/state.json")).isNotEmptyFile();
        assertThat(run.metricsFile()).isEqualTo(root.resolve("metrics.jsonl"));
        assertThat(run.evaluationsFile()).isEqualTo(root.resolve("evaluations.jsonl"));

        RunFolder opened = RunFolder.open(root);
        assertThat(opened.name()).isEqualTo("first");
        assertThat(opened.manifest().recipe()).isEqualTo("dcgan");
        assertThat(opened.recipe()).isEqualTo("recipe: dcgan\n");
        assertThat(opened.samples()).containsExactly(new StepPath(500, root.resolve("samples/000500.png")));
        assertThat(opened.latestCheckpoint()).contains(new StepPath(500, root.resolve("checkpoints/000500")));
    }

    @Test
    void aFolderThatHoldsARunIsRefusedAndUntouched() throws Exception {
        Path run = folder.resolve("it's a run");
        RunFolder.create(run).writeManifest(RunManifestTest.example());

        assertThatThrownBy(() -> RunFolder.create(run))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("already holds a run")
                .hasMessageContaining("saddlepoint resume '" + folder + "/it'\\''s a run';")
                .hasMessageContaining("--out");
        assertThat(names(run)).containsExactly("run.json");
    }

    @Test
    void aPartOfARunIsRefusedButOtherFilesAreNot() throws Exception {
        Files.writeString(folder.resolve("log.txt"), "from tee");
        assertThat(RunFolder.create(folder).path()).isEqualTo(folder);

        Files.createDirectory(folder.resolve("samples"));
        assertThatThrownBy(() -> RunFolder.create(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("already holds samples but no run.json");
        assertThat(names(folder)).containsExactly("log.txt", "samples");
    }

    @Test
    void whatCannotBeMadeIsRefusedWithoutATrace() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "precious");

        assertThatThrownBy(() -> RunFolder.create(file))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("it is a file");
        assertThatThrownBy(() -> RunFolder.create(file.resolve("a/b")))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("cannot make the run folder")
                .hasMessageContaining("--out")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> RunFolder.createFresh(file, "dcgan")).isInstanceOf(RunException.class);
        assertThat(file).hasContent("precious");
        assertThat(names(folder)).containsExactly("file");
    }

    /** Permissions do not bind root, and mounting is not for tests: procfs refuses new entries to everyone. */
    @Test
    void aFileSystemThatTakesNoFolderIsRefused() {
        Path proc = Path.of("/proc");
        assumeTrue(Files.isDirectory(proc.resolve("self")), "needs procfs");

        assertThatThrownBy(() -> RunFolder.create(proc.resolve("runs/first")))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("cannot make the run folder /proc/runs/first: ")
                .hasMessageContaining("--out");
    }

    @Test
    void openingWhatIsNoRunSaysWhy() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RunFolder.open(folder)).hasMessageContaining("is no run: it holds no run.json");
        assertThatThrownBy(() -> RunFolder.open(file)).hasMessageContaining("this is a file");
        assertThatThrownBy(() -> RunFolder.open(folder.resolve("none")))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("no such folder");
        assertThat(names(folder)).containsExactly("file");
    }

    @Test
    void freshNamesCountOnAndAreNeverSharedBetweenThreads() throws Exception {
        Files.createDirectory(folder.resolve("dcgan-digits-001"));
        assertThat(RunFolder.freshName(folder, "dcgan-digits")).isEqualTo(folder.resolve("dcgan-digits-002"));
        assertThat(RunFolder.freshName(folder.resolve("none"), "x")).isEqualTo(folder.resolve("none/x-001"));
        assertThatThrownBy(() -> RunFolder.freshName(folder, "../x")).isInstanceOf(IllegalArgumentException.class);

        Set<Path> made = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 40)
                .parallel()
                .forEach(i -> made.add(
                        RunFolder.createFresh(folder.resolve("runs"), "x").path()));
        assertThat(made).hasSize(40).contains(folder.resolve("runs/x-040"));
    }

    @Test
    void checkpointsAscendNumericallyAndPruningKeepsTheNewest() {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        for (long step : List.of(1_000_000L, 500L, 999_999L, 0L)) {
            run.writeCheckpoint(step, RunFolderTest::fill);
        }
        assertThat(run.checkpoints()).extracting(StepPath::step).containsExactly(0L, 500L, 999_999L, 1_000_000L);

        assertThat(run.pruneCheckpoints(2)).containsExactly(0L, 500L);
        assertThat(run.pruneCheckpoints(5)).isEmpty();
        assertThat(run.checkpoints()).extracting(StepPath::step).containsExactly(999_999L, 1_000_000L);
        assertThat(run.latestCheckpoint().orElseThrow().path()).isEqualTo(run.checkpointFolder(1_000_000));
        assertThatThrownBy(() -> run.pruneCheckpoints(0)).hasMessage("keep must be >= 1 but was 0");
    }

    @Test
    void aCheckpointThatFailsOrIsIncompleteLeavesTheLastGoodOne() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.writeCheckpoint(100, RunFolderTest::fill);

        assertThatThrownBy(() -> run.writeCheckpoint(200, directory -> {
                    fill(directory);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(RunException.class)
                .hasMessage("cannot write " + run.checkpointFolder(200) + ": No space left on device");
        assertThatThrownBy(() -> run.writeCheckpoint(300, directory -> {}))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("what was read back is wrong: state.json is missing");
        assertThat(names(folder.resolve("run/checkpoints"))).containsExactly("000100");
        assertThat(run.latestCheckpoint()).contains(new StepPath(100, run.checkpointFolder(100)));
    }

    @Test
    void aDamagedCheckpointTakesNoSoundOnesPlace() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        for (long step : List.of(100L, 200L, 300L, 400L, 500L)) {
            run.writeCheckpoint(step, RunFolderTest::fill);
        }
        damage(run, 200);
        damage(run, 400);

        assertThat(run.pruneCheckpoints(2)).containsExactly(100L, 200L); // 300 and 500 count, 400 is newer than 300
        assertThat(run.checkpoints()).extracting(StepPath::step).containsExactly(300L, 400L, 500L);
        run.writeCheckpoint(600, RunFolderTest::fill);
        assertThat(run.pruneCheckpoints(2)).containsExactly(300L, 400L);
        damage(run, 500);
        damage(run, 600);
        assertThat(run.pruneCheckpoints(2)).isEmpty();
    }

    @Test
    void theNewestSoundCheckpointIsFoundAndDamageIsTold() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        assertThatThrownBy(() -> CheckpointSearch.of(run).require(run, "train it"))
                .hasMessage(run + " holds no checkpoint yet; train it");
        for (long step : List.of(400L, 500L)) {
            run.writeCheckpoint(step, RunFolderTest::fill);
        }
        assertThat(CheckpointSearch.of(run).story()).isEmpty();
        damage(run, 500);
        CheckpointSearch found = CheckpointSearch.of(run);

        assertThat(found.newest()).contains(new StepPath(400, run.checkpointFolder(400)));
        assertThat(run.latestCheckpoint()).isEqualTo(found.newest());
        assertThat(found.story())
                .containsExactly("checkpoint 000500 is damaged: generator.safetensors is not what was written: its"
                        + " SHA-256 digest differs; going on from 000400");
        Files.writeString(run.checkpointFolder(400).resolve("state.json"), "{}");
        assertThatThrownBy(() -> CheckpointSearch.of(run).require(run, "train it"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("all checkpoints of " + run + " are damaged: 000500 is damaged: generator")
                .hasMessageContaining("000400 is damaged: state.json");
    }

    /** As sample does while train goes on. */
    @Test
    void aSoundCheckpointIsFoundWhileAnotherThreadWritesAndDeletesThem() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.writeCheckpoint(0, RunFolderTest::fill);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> {
            long step = 0;
            while (!done.get()) {
                run.writeCheckpoint(++step, RunFolderTest::fill);
                run.pruneCheckpoints(2);
            }
            return step;
        });
        long seen = 0;
        try {
            for (int i = 0;
                    i < 300 || (seen < 3 && !writer.isDone());
                    i++) { // until the other was on the processor, too
                CheckpointSearch found = CheckpointSearch.of(run);
                assertThat(found.newest()).isPresent();
                assertThat(found.newest().orElseThrow().step()).isGreaterThanOrEqualTo(seen);
                seen = found.newest().orElseThrow().step();
            }
        } finally {
            done.set(true);
            writer.join();
        }
        assertThat(writer.get()).isGreaterThanOrEqualTo(seen).isPositive();
    }

    @Test
    void whatBelongsToLaterStepsIsCut() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        for (long step : List.of(400L, 500L)) {
            run.writeCheckpoint(step, RunFolderTest::fill);
            Files.createDirectories(run.sampleFile(step).getParent());
            Files.writeString(run.sampleFile(step), "picture");
        }
        damage(run, 500);
        run.cutAfter(400);
        run.cutAfter(400);

        assertThat(run.samples()).extracting(StepPath::step).containsExactly(400L);
        assertThat(run.checkpoints()).extracting(StepPath::step).containsExactly(400L);
        assertThat(run.path().resolve("checkpoints/000500.damaged/generator.safetensors"))
                .hasContent("wrong");
    }

    private static void damage(RunFolder run, long step) throws IOException {
        Files.writeString(run.checkpointFolder(step).resolve("generator.safetensors"), "wrong");
    }

    @Test
    void leftoversOfAKilledProcessAreNoCheckpointsAndAreCleared() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.writeCheckpoint(100, RunFolderTest::fill);
        Path checkpoints = folder.resolve("run/checkpoints");
        Files.createDirectory(checkpoints.resolve(".000200.0123456789abcdef.tmp"));
        Files.move(checkpoints.resolve("000100"), checkpoints.resolve(".000100.0123456789abcdef.old"));
        assertThat(run.checkpoints()).isEmpty();

        run.removeLeftovers();

        assertThat(names(checkpoints)).containsExactly("000100");
        assertThat(run.latestCheckpoint()).isPresent();
    }

    private static void fill(Path directory) throws IOException {
        Files.writeString(directory.resolve("generator.safetensors"), "weights");
        Seal.write(directory, Map.of("format", 2));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
