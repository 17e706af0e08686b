package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class ConditionalCommandsTest {
    @TempDir
    private static Path shared;

    private static Path digits;
    private static Path plain;
    private static Path numbers;

    @TempDir
    private Path temp;

    @BeforeAll
    static void train() throws IOException {
        digits = trained("digits", "cdcgan", "--steps", "60"); // until batch statistics show something
        plain = trained("plain", "dcgan-quick", "--steps", "1");
        Path photos = Pictures.folder(shared.resolve("photos"), 12, 8);
        StringBuilder table = new StringBuilder("file,height,width\n");
        for (int i = 0; i < 12; i++) {
            table.append("%02d.png,%d,%d\n".formatted(i, i, -i));
        }
        Path csv = Files.writeString(photos.resolve("t.csv"), table);
        numbers = trained(
                "numbers", "cdcgan", "--data", "csv:" + csv, "--set", "conditioning.on=vectors", "--steps", "1");
    }

    private static Path trained(String name, String... arguments) {
        Path out = shared.resolve(name);
        Cli.Result result = Cli.train(out, arguments);
        assertThat(result.code()).as(result.err()).isZero();
        return out;
    }

    private Path sample(Path run, String file, String... more) {
        Path out = temp.resolve(file);
        String[] arguments = {"sample", run.toString(), "--threads", "1", "--out", out.toString()};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        Cli.Result result = Cli.run(all);
        assertThat(result.code()).as(result.err()).isZero();
        return out;
    }

    @Test
    void allClassesAreRowsOfTheSameLatents() throws IOException {
        Path folder = sample(digits, "all", "--label", "all", "--count", "3");
        List<String> files = Cli.tree(folder);
        assertThat(files).hasSize(30).startsWith("0/000000.png", "0/000001.png").endsWith("9/000029.png");
        Path seven = sample(digits, "seven", "--label", "7", "--count", "3");
        assertThat(Cli.tree(seven)).containsExactly("000000.png", "000001.png", "000002.png");
        for (int i = 0; i < 3; i++) {
            assertThat(Files.readAllBytes(folder.resolve("7/%06d.png".formatted(21 + i))))
                    .as("the latent of column %d", i)
                    .isEqualTo(Files.readAllBytes(seven.resolve("%06d.png".formatted(i))));
        }
        assertThat(Files.readAllBytes(folder.resolve("7/000021.png")))
                .as("the class matters")
                .isNotEqualTo(Files.readAllBytes(folder.resolve("8/000024.png")));
    }

    @Test
    void sheetsOfClassesHaveNamesBesideTheirRows() throws IOException {
        BufferedImage all =
                ImageIO.read(sample(digits, "a.png", "--label", "all").toFile());
        BufferedImage two = ImageIO.read(
                sample(digits, "b.png", "--label", "3,5", "--count", "10").toFile());
        assertThat(all.getHeight()).isBetween(4 * two.getHeight(), 5 * two.getHeight());
        assertThat(two.getWidth()).isBetween(10 * 4 * 28, 1400);
    }

    @Test
    void tablesOfPointsNameTheirClasses() throws IOException {
        Path ring = temp.resolve("ring");
        Cli.Result result = Cli.run(("train gan-points --data ring8 --steps 1 --batch-size 8 --threads 1 --out " + ring
                        + " --set generator.hidden=[8] --set discriminator.hidden=[8]"
                        + " --set conditioning.on=labels --set conditioning.generator.way=concatenation"
                        + " --set conditioning.discriminator.way=channels")
                .split(" "));
        assertThat(result.code()).as(result.err()).isZero();
        List<String> lines = Files.readAllLines(sample(ring, "p.csv", "--label", "mode 3,mode 5", "--count", "2"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("x1,x2,label");
        assertThat(lines.get(2)).endsWith(",mode 3");
        assertThat(lines.get(3)).endsWith(",mode 5");
        assertThat(Files.readAllLines(sample(ring, "q.csv", "--count", "3")))
                .hasSize(3)
                .allMatch(line -> line.split(",", -1).length == 2);
    }

    @Test
    void classesThatWouldShareAFolderAreRefused() throws IOException {
        Path photos = Pictures.folder(temp.resolve("photos"), 4, 8);
        Path csv = Files.writeString(
                photos.resolve("t.csv"), "file,label\n00.png,a/b\n01.png,a:b\n02.png,a/b\n03.png,c\n");
        Path run = temp.resolve("run");
        assertThat(Cli.train(run, "cdcgan", "--data", "csv:" + csv, "--steps", "1")
                        .code())
                .isZero();
        assertRefused("the classes a/b and a:b would share a folder", run, "--label all --out " + temp.resolve("out"));
        assertThat(Cli.tree(sample(run, "o", "--label", "a/b,c", "--count", "1")))
                .containsExactly("a_b/000000.png", "c/000001.png");
    }

    @Test
    void withoutALabelEachClassComesInTurn() throws IOException {
        Path folder = sample(digits, "any", "--count", "12");
        assertThat(Cli.tree(folder))
                .hasSize(12)
                .contains("0/000000.png", "0/000010.png", "1/000011.png", "9/000009.png");
    }

    @Test
    void interpolatesWithinAndBetweenClasses() throws IOException {
        Path within = sample(digits, "w", "--label", "3", "--interpolate", "4", "--count", "2");
        assertThat(Cli.tree(within)).hasSize(8);
        Path between = sample(digits, "x", "--label", "3,5", "--interpolate", "4", "--count", "2");
        assertThat(Cli.tree(between)).hasSize(8);
        Path ends = sample(digits, "e", "--label", "3", "--count", "2");
        assertClose(between.resolve("000000.png"), ends.resolve("000000.png"));
        assertClose(between.resolve("000004.png"), ends.resolve("000001.png"));
        assertThat(Files.readAllBytes(between.resolve("000001.png")))
                .isNotEqualTo(Files.readAllBytes(between.resolve("000000.png")));
        Path other = sample(digits, "o", "--label", "5", "--count", "2");
        assertClose(between.resolve("000003.png"), other.resolve("000000.png"));
        Path all = sample(digits, "all", "--label", "all", "--interpolate", "3");
        assertThat(Cli.tree(all)).hasSize(30);
    }

    /** A class by a mixture may differ in its last bits, and so a pixel by a level. */
    private static void assertClose(Path first, Path second) throws IOException {
        BufferedImage a = ImageIO.read(first.toFile());
        BufferedImage b = ImageIO.read(second.toFile());
        for (int i = 0; i < 28 * 28; i++) {
            int left = a.getRaster().getSample(i % 28, i / 28, 0);
            assertThat(Math.abs(left - b.getRaster().getSample(i % 28, i / 28, 0)))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void runsConditionedOnNumbersAreAskedForThem() throws IOException {
        Path low = sample(numbers, "low", "--vector", "0,0", "--count", "1");
        Path high = sample(numbers, "high", "--vector", "11, -11", "--count", "1");
        assertThat(Files.readAllBytes(low.resolve("000000.png")))
                .isNotEqualTo(Files.readAllBytes(high.resolve("000000.png")));
        Cli.Result measured = Cli.run(
                "evaluate",
                numbers.toString(),
                "--extractor",
                "digits",
                "--metrics",
                "kid",
                "--samples",
                "8",
                "--threads",
                "1");
        assertThat(measured.code()).as(measured.err()).isZero();
        Cli.Result elsewhere =
                Cli.run("evaluate", numbers.toString(), "--against", "digits", "--samples", "50", "--threads", "1");
        assertThat(elsewhere.code()).isEqualTo(Failures.FAILED);
        assertThat(elsewhere.err())
                .contains("takes vectors of 2 numbers but digits has 0")
                .hasLineCount(1);
        assertRefused("--vector is needed, since this run is asked for 2 numbers: height,width", numbers, "");
        assertRefused("--vector: expected 2 numbers: height,width but was \"1\"", numbers, "--vector 1");
        assertRefused("but one was \"tall\"", numbers, "--vector 1,tall");
        assertRefused("asks for no classes", numbers, "--vector 1,1 --label 3");
        assertRefused("asks for no numbers", digits, "--vector 1,1");
    }

    @Test
    void wrongLabelsAreRefused() {
        assertRefused("unknown class \"10\"; expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9", digits, "--label 10");
        assertRefused("unknown class \"cat\"", digits, "--label 1,cat");
        assertRefused("unknown class \"-1\"", digits, "--label=-1");
        assertRefused("the recipe dcgan-quick, which asks for no classes; leave --label out", plain, "--label 7");
        assertRefused("each class has one row", digits, "--label all --interpolate 4 --count 3");
    }

    private static void assertRefused(String message, Path run, String words) {
        Cli.Result result = Cli.run(("sample " + run + " " + words).strip().split(" "));
        assertThat(result.code()).as(result.err()).isEqualTo(Failures.USAGE);
        assertThat(result.err()).startsWith("saddlepoint: ").contains(message).hasLineCount(1);
    }

    @Test
    void generatedFoldersOfClassesAreMeasured() throws IOException {
        Path folder = sample(digits, "all", "--label", "all", "--count", "12");
        Cli.Result result = Cli.run(
                "evaluate",
                folder.toString(),
                "--against",
                "digits",
                "--metrics",
                "accuracy,intra-fid",
                "--json",
                "--threads",
                "1");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json())
                .extracting(row -> row.get("metric").asText())
                .containsExactly("intra-fid", "accuracy", "classes-covered");
        JsonNode accuracy = result.json().get(1);
        assertThat(accuracy.get("classes")).hasSize(10);
        assertThat(accuracy.at("/classes/7/generated").asInt()).isEqualTo(12);
        assertThat(accuracy.at("/protocol/labels").asText()).isEqualTo("files");
        assertThat(accuracy.at("/protocol/fewestPerClass").asInt()).isEqualTo(12);
        double mean = 0;
        for (JsonNode each : accuracy.get("classes")) {
            mean += each.get("value").asDouble() / 10;
        }
        assertThat(accuracy.get("value").asDouble()).isCloseTo(mean, within(1e-9));
        assertThat(result.json().get(0).at("/classes/7/real").asInt()).isEqualTo(1028);
        Cli.Result shown = Cli.run(
                "evaluate", folder.toString(), "--against", "digits", "--metrics", "accuracy", "--threads", "1");
        assertThat(shown.out()).contains("class  accuracy", "at least 12 a class");
    }

    @Test
    void conditionalRunsAreMeasuredWhileTheyTrainAndAfterwards() throws IOException {
        Path run = trained(
                "watched",
                "cdcgan",
                "--steps",
                "2",
                "--evaluate-every",
                "1",
                "--metrics",
                "accuracy",
                "--samples",
                "60");
        List<JsonNode> rows = Files.readAllLines(run.resolve("evaluations.jsonl")).stream()
                .map(Cli::parse)
                .toList();
        assertThat(rows)
                .extracting(row -> row.get("metric").asText())
                .containsExactly("accuracy", "classes-covered", "accuracy", "classes-covered");
        double first = rows.get(0).get("value").asDouble();
        double second = rows.get(2).get("value").asDouble();
        assertThat(Cli.parse(run.resolve("best/state.json")).get("step").asInt())
                .isEqualTo(second > first ? 2 : 1);
        Cli.Result again = Cli.run(
                "evaluate", run.toString(), "--metrics", "accuracy", "--samples", "60", "--json", "--threads", "1");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.json().get(0).get("value").asDouble()).isEqualTo(second);
        assertThat(again.json().get(0).at("/protocol/labels").asText()).isEqualTo("drawn as in the data");
    }

    @Test
    void conditionalRunsAreMeasuredByAccuracyToo() {
        Cli.Result result = Cli.run("evaluate", digits.toString(), "--samples", "50", "--json", "--threads", "1");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json())
                .extracting(row -> row.get("metric").asText())
                .contains("fid", "recall", "accuracy")
                .doesNotContain("intra-fid");
    }

    @Test
    void classesOfFoldersCanBeLearntInColour() throws IOException {
        Path data = temp.resolve("data");
        Pictures.folder(data.resolve("cats"), 5, 16);
        Pictures.folder(data.resolve("dogs/deep"), 6, 16);
        Path run = temp.resolve("run");
        Cli.Result result = Cli.train(run, "cdcgan", "--data", data.toString(), "--steps", "1");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Cli.tree(sample(run, "out", "--label", "all", "--count", "2")))
                .containsExactly("cats/000000.png", "cats/000001.png", "dogs/000002.png", "dogs/000003.png");
        assertThat(Cli.tree(sample(run, "dog", "--label", "Dogs", "--count", "1")))
                .containsExactly("000000.png");
        assertRefused("unknown class \"horse\"; expected one of cats, dogs", run, "--label horse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | accuracy needs a recipe that asks for labels, but dcgan-quick does not"
                        + " | train dcgan-quick --evaluate-every 9 --metrics accuracy",
                "1 | accuracy needs generated samples of known classes, but plain at step 1 has none"
                        + " | evaluate PLAIN --metrics accuracy --samples 20",
                "1 | digits knows 0, 1, 2 | evaluate fashion --against digits --metrics accuracy --samples 20",
                "1 | digits has no class T-shirt/top | evaluate fashion --against digits --metrics intra-fid --samples 200",
                "1 | intra-fid needs at least 10 generated samples of each class"
                        + " | evaluate digits --against digits --metrics intra-fid --samples 60",
                "1 | intra-fid needs images | evaluate ring8 --against ring8 --metrics intra-fid --samples 60"
            })
    void whatCannotBeMeasuredIsRefused(int code, String message, String words) throws IOException {
        Path out = temp.resolve("out");
        String[] given = (words.replace("PLAIN", plain.toString()) + " --threads 1"
                        + (words.startsWith("train") ? " --out " + out : ""))
                .split(" ");
        Cli.Result result = Cli.run(given);
        assertThat(result.err()).startsWith("saddlepoint: ").contains(message).hasLineCount(1);
        assertThat(result.code()).isEqualTo(code);
        assertThat(out).doesNotExist();
    }
}
