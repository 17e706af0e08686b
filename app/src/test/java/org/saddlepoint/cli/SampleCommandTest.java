package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class SampleCommandTest {
    @TempDir
    private static Path shared;

    private static Path pictures;
    private static Path points;

    @TempDir
    private Path temp;

    @BeforeAll
    static void train() {
        pictures = shared.resolve("pictures");
        points = shared.resolve("points");
        assertThat(Cli.train(pictures, "--steps", "1").code()).isZero();
        assertThat(Cli.run(
                                "train",
                                "--data",
                                "ring8",
                                "--steps",
                                "1",
                                "--batch-size",
                                "4",
                                "--threads",
                                "1",
                                "--set",
                                "generator.hidden=[8]",
                                "--out",
                                points.toString())
                        .code())
                .isZero();
    }

    private Path sample(Path run, String file, String... more) {
        Path out = temp.resolve(file);
        String[] arguments = {"sample", run.toString(), "--threads", "1", "--out", out.toString()};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        Cli.Result result = Cli.run(all);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains(out.toString());
        return out;
    }

    @Test
    void equalSeedsDrawEqualSheets() throws IOException {
        byte[] first = Files.readAllBytes(sample(pictures, "a.png", "--seed", "3"));
        assertThat(Files.readAllBytes(sample(pictures, "b.png", "--seed", "3"))).isEqualTo(first);
        assertThat(Files.readAllBytes(sample(pictures, "c.png", "--seed", "4"))).isNotEqualTo(first);
    }

    @Test
    void aFolderGetsSinglePicturesOfTheDatasSize() throws IOException {
        Path folder = sample(pictures, "singles", "--count", "3");
        assertThat(Cli.tree(folder)).containsExactly("000000.png", "000001.png", "000002.png");
        assertThat(ImageIO.read(folder.resolve("000002.png").toFile()).getWidth())
                .isEqualTo(28);
    }

    @Test
    void interpolationsAreRows() throws IOException {
        Path sheet = sample(pictures, "i.png", "--count", "2", "--interpolate", "5");
        var image = ImageIO.read(sheet.toFile());
        assertThat(image.getWidth()).isGreaterThanOrEqualTo(5 * 28);
        assertThat(image.getWidth() / (double) image.getHeight()).isBetween(2.3, 2.7);
    }

    @Test
    void pointsAreATable() throws IOException {
        List<String> lines = Files.readAllLines(sample(points, "p.csv", "--count", "7"));
        assertThat(lines).hasSize(7).allMatch(line -> line.split(",", -1).length == 2);
        lines.forEach(line -> assertThat(Double.parseDouble(line.substring(line.indexOf(',') + 1)))
                .isFinite());
    }

    @Test
    void wrongWordsAreRefused() throws IOException {
        String run = pictures.toString();
        assertRefused("--count must be >= 1 but was 0", "sample", run, "--count", "0");
        assertRefused("--interpolate must be >= 2 but was 1", "sample", run, "--interpolate", "1");
        assertRefused("2,000,000,000 samples do not fit in memory", "sample", run, "--count", "2000000000");
        assertRefused(
                "draws pictures", "sample", run, "--out", temp.resolve("x.csv").toString());
        assertRefused(
                "draws points",
                "sample",
                points.toString(),
                "--out",
                temp.resolve("x.png").toString());
        assertRefused("there is no run at nosuch", "sample", "nosuch");
        assertThat(Cli.tree(temp)).isEmpty();
    }

    @Test
    void aFileInTheWayOfAFolderFails() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        Cli.Result result = Cli.run("sample", pictures.toString(), "--threads", "1", "--out", file.toString());
        assertThat(result.code()).isEqualTo(Failures.FAILED);
        assertThat(result.err()).contains("cannot write the samples to " + file + ": a file is in the way");
    }

    private static void assertRefused(String message, String... arguments) {
        Cli.Result result = Cli.run(arguments);
        assertThat(result.code()).isEqualTo(Failures.USAGE);
        assertThat(result.err()).startsWith("saddlepoint: ").contains(message).hasLineCount(1);
    }
}
