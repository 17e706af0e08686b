package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
        assertThat(Cli.train(pictures, "dcgan-quick", "--steps", "1").code()).isZero();
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
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
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
    void sheetsAreEnlargedAndSinglePicturesAreNot() throws IOException {
        BufferedImage sheet =
                ImageIO.read(sample(pictures, "sheet.png", "--count", "4").toFile());
        assertThat(sheet.getWidth()).isEqualTo(6 + 2 * (16 * 28 + 6));
        Path folder = sample(pictures, "four", "--count", "4");
        for (int i = 0; i < 4; i++) {
            BufferedImage single =
                    ImageIO.read(folder.resolve("00000" + i + ".png").toFile());
            for (int p = 0; p < 28 * 28; p++) {
                int x = 6 + i % 2 * (16 * 28 + 6) + p % 28 * 16;
                int y = 6 + i / 2 * (16 * 28 + 6) + p / 28 * 16;
                assertThat(sheet.getRGB(x, y)).isEqualTo(single.getRGB(p % 28, p / 28));
                assertThat(sheet.getRGB(x + 15, y + 15)).isEqualTo(single.getRGB(p % 28, p / 28));
            }
        }
    }

    @Test
    void sortedSheetsShowTheSamePictures() throws IOException {
        BufferedImage drawn = ImageIO.read(
                sample(pictures, "drawn.png", "--count", "9", "--random").toFile());
        BufferedImage sorted = ImageIO.read(sample(pictures, "sorted.png", "--count", "9", "--order", "sorted")
                .toFile());
        assertThat(places(sorted)).containsExactlyInAnyOrderElementsOf(places(drawn));
    }

    /** The pixels of each of nine pictures. */
    private static List<String> places(BufferedImage sheet) {
        int pitch = 16 * 28 + 6;
        return IntStream.range(0, 9)
                .mapToObj(i -> Arrays.toString(
                        sheet.getRGB(6 + i % 3 * pitch, 6 + i / 3 * pitch, pitch - 6, pitch - 6, null, 0, pitch - 6)))
                .toList();
    }

    @Test
    void theBestAreASelectionAndSaySo() throws IOException {
        Path out = temp.resolve("best");
        Cli.Result result = Cli.run(
                "sample",
                pictures.toString(),
                "--threads",
                "1",
                "--best",
                "2",
                "--count",
                "6",
                "--out",
                out.toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("2 samples of step 1 are in " + out + "; they are a selection, the best 2 of 6");
        assertThat(Cli.tree(out)).containsExactly("000000.png", "000001.png");
        List<String> all = new ArrayList<>();
        Path folder = sample(pictures, "six", "--count", "6");
        for (String file : Cli.tree(folder)) {
            all.add(Arrays.toString(Files.readAllBytes(folder.resolve(file))));
        }
        for (String file : Cli.tree(out)) {
            assertThat(all).contains(Arrays.toString(Files.readAllBytes(out.resolve(file))));
        }
    }

    @Test
    void theNearestTrainingPicturesStandBesideSamples() throws IOException {
        Path out = temp.resolve("nearest.png");
        String[] arguments = {
            "sample",
            pictures.toString(),
            "--threads",
            "1",
            "--nearest",
            "--count",
            "20",
            "--json",
            "--out",
            out.toString()
        };
        Cli.Result result = Cli.run(arguments);
        assertThat(result.code()).as(result.err()).isZero();
        JsonNode found = result.json().get(0);
        assertThat(found.get("event").asText()).isEqualTo("nearest");
        assertThat(found.get("count").asInt()).isEqualTo(20);
        assertThat(found.get("training").asInt()).isEqualTo(10_000);
        assertThat(found.get("copying").findValuesAsText("features")).containsExactly("digits", "pixels");
        JsonNode byPixels = found.get("copying").get(1);
        assertThat(byPixels.get("closer").asDouble())
                .as("an untrained generator copies nothing")
                .isLessThan(0.1);
        assertThat(byPixels.get("copies").asDouble()).isZero();
        BufferedImage sheet = ImageIO.read(out.toFile());
        assertThat(sheet.getWidth()).isBetween(1000, 1450);
        assertThat(sheet.getHeight()).isGreaterThan(12 * 28 * 4);
    }

    @Test
    void theSheetsOfATrainingAreAFilm() throws IOException {
        Path run = temp.resolve("run");
        assertThat(Cli.train(run, "--steps", "3", "--set", "sampleEvery=1").code())
                .isZero();
        for (String name : List.of("film.png", "film.gif")) {
            Path out = temp.resolve(name);
            Cli.Result result = Cli.run("sample", run.toString(), "--film", "--json", "--out", out.toString());
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.json().get(0).get("frames").asInt()).isEqualTo(3);
            assertThat(ImageIO.read(out.toFile()).getWidth()).isGreaterThan(1000);
        }
        assertRefused(
                "give a .png or .apng for a moving PNG, or a .gif",
                "sample",
                run.toString(),
                "--film",
                "--out",
                "x.mp4");
        assertRefused("leave --count", "sample", run.toString(), "--film", "--count", "5");
        Cli.Result single = Cli.run("sample", pictures.toString(), "--film", "--out", "x.png");
        assertThat(single.code()).isEqualTo(Failures.FAILED);
        assertThat(single.err()).contains("1 sample sheet but a film needs at least 2");
    }

    @Test
    void viewsThatDoNotFitAreRefused() {
        String run = pictures.toString();
        assertRefused("--order: expected random or sorted but was \"best\"", "sample", run, "--order", "best");
        assertRefused("--best must be >= 1 but was 0", "sample", run, "--best", "0");
        assertRefused("exclude one another", "sample", run, "--best", "3", "--film");
        assertRefused("exclude one another", "sample", run, "--best", "3", "--random");
        assertRefused("--count must be >= 9 but was 4", "sample", run, "--best", "9", "--count", "4");
        assertRefused("belong together", "sample", run, "--best", "9", "--interpolate", "4");
        assertRefused("--against is only for", "sample", run, "--against", "digits");
        assertRefused("--best: this run draws points", "sample", points.toString(), "--best", "3");
        assertRefused("an order of its own", "sample", run, "--nearest", "--order", "sorted");
        assertRefused("arranges at most 2,048", "sample", run, "--order", "sorted", "--count", "2049");
        assertRefused("rows of this sheet have a meaning", "sample", run, "--order", "sorted", "--interpolate", "3");
        assertRefused(
                "arranges a sheet",
                "sample",
                run,
                "--order",
                "sorted",
                "--out",
                temp.resolve("x").toString());
        assertRefused("2,147,483,647 samples do not fit in memory", "sample", run, "--best", "2000000000");
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
