package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

/** Runs and data that were moved, copied, linked or locked against writing. */
@ExtendWith(LeakCheck.class)
class MovedRunsTest {
    private static final int SIDE = 32;

    @TempDir
    private Path temp;

    private static Cli.Result resume(Path run, long steps, String... more) {
        String[] words = {"resume", run.toString(), "--threads", "1", "--steps", Long.toString(steps)};
        return Cli.run(Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
    }

    private static JsonNode data(Path run) throws IOException {
        return Cli.parse(run.resolve("run.json")).get("data");
    }

    private static Path copy(Path from, Path to) throws IOException {
        for (String file : Cli.tree(from)) {
            Files.createDirectories(to.resolve(file).getParent());
            Files.copy(from.resolve(file), to.resolve(file));
        }
        return to;
    }

    private Path train(String... more) throws IOException {
        Path photos = Pictures.folder(temp.resolve("home/photos"), 4, SIDE);
        Path run = temp.resolve("home/run");
        Cli.Result result = Cli.train(
                run,
                Stream.concat(Stream.of("--data", photos.toString(), "--steps", "1"), Stream.of(more))
                        .toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return run;
    }

    @Test
    void aRelativePathIsFoundFromAnotherFolder() throws Exception {
        Path home = Files.createDirectory(temp.resolve("home"));
        Pictures.folder(home.resolve("photos"), 4, SIDE);
        Path output = temp.resolve("output");
        List<String> words = List.of(
                "train",
                "--data",
                "photos",
                "--out",
                "run",
                "--steps",
                "1",
                "--threads",
                "1",
                "--batch-size",
                "4",
                "--set",
                "generator.width=4",
                "--set",
                "discriminator.width=4");
        assertThat(Child.start(output, home, words).waitFor())
                .as(Files.readString(output))
                .isZero();
        Path run = home.resolve("run");
        assertThat(data(run).get("spec").asText())
                .isEqualTo(home.toRealPath().resolve("photos").toString());
        assertThat(data(run).get("name").asText()).isEqualTo("folder photos");
        Cli.Result resumed = resume(run, 2); // in this process, which works elsewhere
        assertThat(resumed.code()).as(resumed.err()).isZero();

        Path moved = Files.move(home, temp.resolve("moved")).resolve("run");
        Cli.Result again = resume(moved, 3);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(data(moved).get("spec").asText())
                .isEqualTo(temp.toRealPath().resolve("moved/photos").toString());
    }

    /** Though the path is another one then, titles and logs call the data as before. */
    @Test
    void onARelativePathAResumedRunEqualsOneThatNeverStopped() throws IOException {
        Path photos = Pictures.folder(temp.resolve("photos"), 12, SIDE);
        String relative = Path.of("").toAbsolutePath().relativize(photos).toString();
        String[] words = {
            "--data",
            relative,
            "--evaluate-every",
            "1",
            "--extractor",
            "digits",
            "--metrics",
            "fid",
            "--samples",
            "20",
            "--steps"
        };
        Path straight = temp.resolve("straight");
        Path resumed = temp.resolve("resumed");
        assertThat(Cli.train(
                                straight,
                                Stream.concat(Stream.of(words), Stream.of("2")).toArray(String[]::new))
                        .code())
                .isZero();
        assertThat(Cli.train(
                                resumed,
                                Stream.concat(Stream.of(words), Stream.of("1")).toArray(String[]::new))
                        .code())
                .isZero();
        assertThat(resume(resumed, 2).code()).isZero();
        assertThat(resumed.resolve("evaluations.jsonl"))
                .hasSameTextualContentAs(straight.resolve("evaluations.jsonl"))
                .content()
                .contains("folder " + relative);
        for (String file : List.of("samples/000002.png", "losses.png", "checkpoints/000002/generator.safetensors")) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(straight.resolve(file));
        }
    }

    @Test
    void dataThatLiesElsewhereIsGivenAndRemembered() throws IOException {
        Path run = train();
        Path straight = copy(run, temp.resolve("straight"));
        assertThat(resume(straight, 2).code()).isZero();
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path photos = Files.move(temp.resolve("home/photos"), elsewhere.resolve("pictures"));

        Cli.Result lost = resume(run, 2);
        assertThat(lost.code()).isEqualTo(Failures.USAGE);
        assertThat(lost.err())
                .contains("the data of the run " + run + " is not there: looked for "
                        + temp.toRealPath().resolve("home/photos") + "; tell where it is now with --data NEW");
        Cli.Result other = resume(run, 2, "--data", elsewhere.toString());
        assertThat(other.code()).isEqualTo(Failures.FAILED);
        assertThat(other.err())
                .contains(elsewhere + " is not the data that the run " + run
                        + " learned from: its files lie in pictures/");
        assertThat(resume(run, 2, "--data", "digits").err()).contains("it has 10,000 examples instead of 4");

        Cli.Result given = resume(run, 2, "--data", photos.toString());
        assertThat(given.code()).as(given.err()).isZero();
        assertThat(Cli.generator(run, 2)).isEqualTo(Cli.generator(straight, 2));
        assertThat(data(run).get("spec").asText()).isEqualTo(photos.toRealPath().toString());
        assertThat(data(run).get("name").asText()).isEqualTo("folder " + photos);
        assertThat(resume(run, 3).code()).as("without telling again").isZero();
    }

    @Test
    void evaluatingSaysWhereDataWasLookedForAndWhatDiffers() throws IOException {
        Path run = train();
        String[] words = {
            "evaluate", run.toString(), "--threads", "1", "--extractor", "digits", "--metrics", "fid", "--samples", "20"
        };
        Path photos = temp.resolve("home/photos");
        Pictures.folder(photos, 12, SIDE);
        Cli.Result changed = Cli.run(words);
        assertThat(changed.code()).as(changed.err()).isZero();
        assertThat(changed.out())
                .contains("the data " + photos.toRealPath() + " has changed since the run " + run
                        + " began: it has 12 examples instead of 4; 8 files are new: 04.png, 05.png, 06.png and 5 more;"
                        + " samples are compared with what it is now");
        Files.move(photos, temp.resolve("lost"));
        assertThat(Cli.run(words).err()).contains("tell where it is now with --against NEW");
    }

    @Test
    void thePartThatIsMeasuredAgainstMovesWithTheData() throws IOException {
        Path a = Pictures.folder(temp.resolve("home/a"), 40, 36);
        Path b = Pictures.folder(temp.resolve("home/b"), 40, 36);
        Path run = temp.resolve("run");
        Cli.Result trained = Translations.trainOn(run, "paired:" + a + "," + b + ",train", "--evaluate-every", "3");
        assertThat(trained.code()).as(trained.err()).isZero();
        Path moved = Files.move(temp.resolve("home"), temp.resolve("moved"));
        String spec = "paired:" + moved.resolve("a") + "," + moved.resolve("b");
        Cli.Result resumed = resume(run, 6, "--data", spec + ",train");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(Cli.parse(run.resolve("evaluation.json")).get("against").asText())
                .isEqualTo(spec + ",test");
    }

    /** A copy carries the lock file of a process that was killed, and other times of its files. */
    @Test
    void copiesGoOnByThemselves() throws IOException {
        Path run = train();
        Path first = copy(run, temp.resolve("first"));
        Files.writeString(first.resolve(".lock"), "process 1 on another machine, since 2020-01-01T00:00:00Z\n");
        for (String file : Cli.tree(first)) {
            Files.setLastModifiedTime(first.resolve(file), FileTime.from(Instant.EPOCH));
        }
        Path second = copy(run, temp.resolve("second"));
        assertThat(resume(first, 2).code()).isZero();
        assertThat(resume(second, 2).code()).isZero();
        assertThat(Cli.generator(first, 2)).isEqualTo(Cli.generator(second, 2));
        assertThat(Cli.tree(first)).isEqualTo(Cli.tree(second)).doesNotContain(".lock");
        assertThat(run.resolve("checkpoints/000002")).doesNotExist();
    }

    /** Nothing is written there: as another user than root, nothing could be. */
    @Test
    void aRunThatCannotBeWrittenIsSampledEvaluatedAndExported() throws IOException {
        Path run = train();
        Pictures.folder(temp.resolve("home/photos"), 12, SIDE);
        List<String> before = Cli.tree(run);
        try (Stream<Path> all = Files.walk(run)) {
            for (Path each : all.toList()) {
                assertThat(each.toFile().setWritable(false)).isTrue();
            }
        }
        try {
            Path samples = temp.resolve("samples.png");
            assertThat(Cli.run("sample", run.toString(), "--count", "2", "--out", samples.toString())
                            .code())
                    .isZero();
            assertThat(Cli.run("export", run.toString(), temp.resolve("out").toString())
                            .code())
                    .isZero();
            assertThat(Cli.tree(run)).isEqualTo(before);
            Cli.Result evaluated = Cli.run(
                    "evaluate",
                    run.toString(),
                    "--threads",
                    "1",
                    "--extractor",
                    "digits",
                    "--metrics",
                    "fid",
                    "--samples",
                    "20");
            assertThat(evaluated.code()).as(evaluated.err()).isZero();
        } finally {
            try (Stream<Path> all = Files.walk(run)) {
                all.forEach(each -> each.toFile().setWritable(true));
            }
        }
    }

    @Test
    void followedLinksAreRememberedByTheRun() throws IOException {
        Path linked = Files.createDirectory(temp.resolve("linked"));
        for (String name : List.of("cats", "dogs")) {
            Pictures.folder(temp.resolve(name), 3, SIDE);
            Files.createSymbolicLink(linked.resolve(name), temp.resolve(name));
        }
        Path run = temp.resolve("run");
        Cli.Result refused = Cli.train(run, "--data", linked.toString(), "--steps", "1");
        assertThat(refused.code()).isEqualTo(Failures.FAILED);
        assertThat(refused.err()).contains("(cats, dogs): a link to a folder, which is followed with --follow-links");
        assertThat(Cli.run("data", "inspect", linked.toString()).err()).contains("--follow-links");

        assertThat(Cli.run("data", "inspect", linked.toString(), "--follow-links")
                        .out())
                .contains("6 examples", "class cats       3", "class dogs       3");
        Cli.Result trained = Cli.train(run, "--data", linked.toString(), "--steps", "1", "--follow-links");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(data(run).get("followLinks").asBoolean()).isTrue();
        Cli.Result resumed = resume(run, 2);
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(data(run).get("followLinks").asBoolean()).isTrue();
        assertThat(resume(run, 3, "--follow-links").err()).contains("--follow-links is for --data S");
        Cli.Result moved = resume(
                run, 3, "--data", Files.move(linked, temp.resolve("moved")).toString());
        assertThat(moved.code()).as(moved.err()).isZero();
        assertThat(resume(run, 4).code()).isZero();
    }
}
