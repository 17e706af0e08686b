package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

/** What the embedded colour sets, the colour extractor and the distance of patches are on the command line. */
@ExtendWith(LeakCheck.class)
class ColourCommandsTest {
    @TempDir
    private Path temp;

    @Test
    void emojiAreLearntAndJudgedByTheColourExtractor() {
        Path run = temp.resolve("run");
        Cli.Result trained = Cli.run(
                "train",
                "dcgan-quick",
                "--data",
                "emoji",
                "--steps",
                "1",
                "--batch-size",
                "4",
                "--threads",
                "1",
                "--set",
                "generator.width=4",
                "--set",
                "discriminator.width=4",
                "--out",
                run.toString());
        assertThat(trained.code()).as(trained.err()).isZero();
        Cli.Result judged = Cli.run(
                "evaluate",
                run.toString(),
                "--metrics",
                "kid,patch-swd",
                "--samples",
                "20",
                "--threads",
                "1",
                "--json");
        assertThat(judged.code()).as(judged.err()).isZero();
        assertThat(judged.json())
                .filteredOn(row -> row.has("metric"))
                .extracting(row -> row.get("metric").asText() + " "
                        + row.at("/protocol/extractor").asText())
                .containsExactly("kid colour", "patch-swd none", "patch-swd-1 none", "patch-swd-2 none");
    }

    @Test
    void whereInceptionComesFromIsSaid() throws IOException {
        Path pictures = Pictures.folder(temp.resolve("pictures"), 20, 16);
        Cli.Result judged = Cli.run(
                "evaluate",
                pictures.toString(),
                "--against",
                "emoji",
                "--size",
                "16",
                "--metrics",
                "kid",
                "--threads",
                "1");
        assertThat(judged.code()).as(judged.err()).isZero();
        assertThat(judged.out() + judged.err())
                .contains("embedded extractor colour", "inception:FILE", "pt_inception-2015-12-05-6726825d.pth")
                .contains("6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2");
    }

    @Test
    void pairsOfEmojiAreTranslated() {
        Path run = temp.resolve("pairs");
        Cli.Result trained = Cli.run(
                "train",
                "pix2pix-small",
                "--data",
                "emoji-pairs,train",
                "--steps",
                "1",
                "--threads",
                "1",
                "--set",
                "translator.width=2",
                "--set",
                "discriminator.width=2",
                "--out",
                run.toString());
        assertThat(trained.code()).as(trained.err()).isZero();
        Cli.Result judged =
                Cli.run("evaluate", run.toString(), "--against", "emoji-pairs,test", "--threads", "1", "--json");
        assertThat(judged.code()).as(judged.err()).isZero();
        assertThat(judged.json())
                .filteredOn(row -> row.path("metric").asText().equals("l1"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("samples").asInt()).isEqualTo(77));
    }

    @Test
    void hiddenCommandsRefuseWhatTheyCannotUse() throws IOException {
        Path pictures = Pictures.folder(temp.resolve("few"), 3, 16);
        Path names = Files.write(temp.resolve("names.txt"), List.of("absent.png"));
        Cli.Result packed = Cli.run(
                "pack-pictures",
                pictures.toString(),
                temp.resolve("x.webp").toString(),
                "--size",
                "8",
                "--names",
                names.toString());
        assertThat(packed.code()).isNotZero();
        assertThat(packed.err()).contains("absent.png of ").contains("is not in ");
        assertThat(temp.resolve("x.webp")).doesNotExist();
        Cli.Result alone = Cli.run(
                "train-extractor",
                "colour",
                "--data",
                pictures.toString(),
                "--out",
                temp.resolve("x").toString());
        assertThat(alone.code()).isNotZero();
        assertThat(alone.err()).contains("at least two houses but was given 1");
        Cli.Result two = Cli.run(
                "train-extractor",
                "digits",
                "--data",
                "digits",
                "--data",
                "fashion",
                "--out",
                temp.resolve("x").toString());
        assertThat(two.err()).contains("--data was given 2 times; digits learns from one data set");
    }
}
