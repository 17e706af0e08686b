package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.evaluation.InceptionV3;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class EvaluateCommandTest {
    @TempDir
    private Path temp;

    private static Cli.Result trainPoints(Path out, String... more) {
        List<String> all = new ArrayList<>(List.of("train", "--data", "ring8", "--batch-size", "8", "--threads", "1"));
        all.addAll(List.of("--set", "generator.hidden=[8]", "--set", "checkpointEvery=2", "--json"));
        all.addAll(List.of("--out", out.toString()));
        all.addAll(List.of(more));
        return Cli.run(all.toArray(String[]::new));
    }

    @Test
    void aFolderOfPicturesIsComparedWithItself() throws IOException {
        Path pictures = Pictures.folder(temp.resolve("pictures"), 30, 28);
        Cli.Result result = Cli.run(
                "evaluate",
                pictures.toString(),
                "--against",
                pictures.toString(),
                "--extractor",
                "digits",
                "--metrics",
                "prdc,kid",
                "--json",
                "--threads",
                "1");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json())
                .extracting(row -> row.get("metric").asText())
                .containsExactly("kid", "precision", "recall", "density", "coverage");
        JsonNode recall = result.json().get(2);
        assertThat(recall.get("value").asDouble()).isEqualTo(1);
        assertThat(recall.at("/protocol/extractor").asText()).isEqualTo("digits");
        assertThat(recall.at("/protocol/extractorHash").asText()).hasSize(64);
        assertThat(recall.at("/protocol/real").asInt()).isEqualTo(30);
    }

    @Test
    void trainingEvaluatesKeepsTheBestAndIsNotChangedByIt() throws IOException {
        Path plain = temp.resolve("plain");
        Path watched = temp.resolve("watched");
        assertThat(trainPoints(plain, "--steps", "5").code()).isZero();
        Cli.Result result = trainPoints(
                watched, "--steps", "5", "--evaluate-every", "2", "--samples", "50", "--metrics", "w1,modes");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Cli.generator(watched, 5)).isEqualTo(Cli.generator(plain, 5));
        assertThat(watched.resolve("best/state.json")).exists();
        assertThat(rows(watched, "w1"))
                .extracting(row -> row.get("step").asInt())
                .containsExactly(2, 4, 5);
        double best = rows(watched, "w1").stream()
                .mapToDouble(row -> row.get("value").asDouble())
                .min()
                .orElseThrow();
        int bestStep = Cli.parse(watched.resolve("best/state.json")).get("step").asInt();
        assertThat(rows(watched, "w1"))
                .filteredOn(row -> row.get("step").asInt() == bestStep)
                .singleElement()
                .satisfies(row -> assertThat(row.get("value").asDouble()).isEqualTo(best));
        assertThat(result.json()).anyMatch(row -> row.path("event").asText().equals("evaluation"));

        Cli.Result again = Cli.run(
                "evaluate",
                watched.toString(),
                "--best",
                "--samples",
                "50",
                "--metrics",
                "w1",
                "--json",
                "--threads",
                "1");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.json().get(0).get("value").asDouble()).isEqualTo(best);
        assertThat(rows(watched, "w1")).hasSize(4);
    }

    @Test
    void aResumedRunGoesOnEvaluating() throws IOException {
        Path straight = temp.resolve("straight");
        Path resumed = temp.resolve("resumed");
        String[] plan = {"--evaluate-every", "2", "--samples", "50", "--metrics", "swd", "--best-by", "swd"};
        assertThat(trainPoints(straight, concat(plan, "--steps", "6")).code()).isZero();
        assertThat(trainPoints(resumed, concat(plan, "--steps", "4")).code()).isZero();
        assertThat(Cli.run("resume", resumed.toString(), "--steps", "6", "--threads", "1")
                        .code())
                .isZero();
        assertThat(Files.readString(resumed.resolve("evaluations.jsonl")))
                .isEqualTo(Files.readString(straight.resolve("evaluations.jsonl")));
        // Of the files beside the weights, the recipe names other steps, and the seal covers it.
        for (String file : List.of("generator", "discriminator", "generator_optimizer", "discriminator_optimizer")) {
            assertThat(resumed.resolve("best/" + file + ".safetensors"))
                    .hasSameBinaryContentAs(straight.resolve("best/" + file + ".safetensors"));
        }
        for (String field : List.of("step", "images", "best", "loader", "random", "parts")) {
            assertThat(Cli.parse(resumed.resolve("best/state.json")).get(field))
                    .as(field)
                    .isNotNull()
                    .isEqualTo(Cli.parse(straight.resolve("best/state.json")).get(field));
        }
    }

    /** A run begun before metrics were objects and evaluations could be against other data. */
    @Test
    void thePlanOfAnOlderRunIsStillFollowed() throws IOException {
        Path run = temp.resolve("run");
        String[] plan = {"--evaluate-every", "2", "--samples", "50", "--metrics", "swd,modes"};
        assertThat(trainPoints(run, concat(plan, "--steps", "2")).code()).isZero();
        Files.writeString(
                run.resolve("evaluation.json"),
                """
                {
                  "every" : 2,
                  "metrics" : [ "MODES", "SWD" ],
                  "samples" : 50,
                  "extractor" : "",
                  "resizing" : "CLEAN",
                  "bestBy" : "modes",
                  "seed" : 0
                }
                """);
        Cli.Result resumed = Cli.run("resume", run.toString(), "--steps", "4", "--threads", "1");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(rows(run, "swd")).extracting(row -> row.get("step").asInt()).containsExactly(2, 4);
        assertThat(rows(run, "modes")).hasSize(2);
        assertThat(rows(run, "high-quality")).hasSize(2);
    }

    @Test
    void thePathLengthOfARunIsMeasuredWhileItTrainsAndAfterwards() throws IOException {
        Path run = temp.resolve("run");
        String[] measured = {"--metrics", "ppl,fid", "--samples", "20"};
        Cli.Result trained =
                Cli.train(run, concat(measured, "--steps", "1", "--evaluate-every", "1", "--best-by", "ppl"));
        assertThat(trained.code()).as(trained.err()).isZero();
        JsonNode during = rows(run, "ppl").get(0);
        assertThat(during.get("value").asDouble()).isPositive();
        assertThat(during.get("standardError").asDouble()).isPositive();
        assertThat(during.at("/protocol/extractor").asText()).isEqualTo("digits");
        assertThat(during.at("/protocol/quantised").asBoolean()).isFalse();
        assertThat(during.at("/protocol/settings").asText()).contains("squared distances", "linear", "1.0E-4");

        Cli.Result alone =
                Cli.run("evaluate", run.toString(), "--metrics", "ppl", "--samples", "20", "--json", "--threads", "1");
        assertThat(alone.code()).as(alone.err()).isZero();
        assertThat(alone.json()).singleElement().satisfies(row -> assertThat(
                        row.get("value").asDouble())
                .as("other metrics beside it change nothing")
                .isEqualTo(during.get("value").asDouble()));
    }

    private static String[] concat(String[] first, String... second) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(second));
        return all.toArray(String[]::new);
    }

    private static List<JsonNode> rows(Path run, String metric) throws IOException {
        return Files.readAllLines(run.resolve("evaluations.jsonl")).stream()
                .map(Cli::parse)
                .filter(row -> row.get("metric").asText().equals(metric))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | --metrics: expected one of fid, kid, is, prdc | evaluate digits --against digits --metrics fud",
                "2 | --resizing: expected one of tf1-bilinear | evaluate digits --against digits --resizing x",
                "2 | unknown extractor \"cats\"; expected digits | evaluate digits --against digits --extractor cats",
                "2 | the extractor inception:x: cannot read x: no such file or folder: x | evaluate digits --against digits --extractor inception:x",
                "2 | the extractor torchscript:x: | evaluate digits --against digits --extractor torchscript:x",
                "2 | --against is needed | evaluate digits",
                "2 | --best: digits is no run | evaluate digits --against digits --best",
                "2 | --samples must be >= 1 but was 0 | evaluate digits --against digits --samples 0",
                "1 | fid needs at least 10 samples but there are 5; ask for more with --samples"
                        + " | evaluate digits --against digits --samples 5",
                "2 | points need none | evaluate ring8 --against ring8 --extractor digits",
                "1 | fid needs images but ring8 gives points | evaluate ring8 --against ring8 --metrics fid",
                "1 | expected the same kind of data | evaluate ring8 --against digits --samples 50",
                "1 | ppl needs a generator whose latents can be chosen, but digits is none; evaluate a run"
                        + " | evaluate digits --against digits --metrics ppl --samples 20",
                "1 | ppl needs images but ring8 gives points | evaluate ring8 --against ring8 --metrics ppl",
                "1 | l1 needs translations with targets, but digits has none"
                        + " | evaluate digits --against digits --metrics l1 --samples 20",
                "2 | need --evaluate-every N | train --metrics fid",
                "2 | --evaluate-every must be >= 1 but was 0 | train --evaluate-every 0",
                "2 | --best-by: the metrics give w1 but not \"fid\" | train --data ring8 --evaluate-every 9 --metrics w1"
                        + " --best-by fid"
            })
    void wrongWordsAreRefused(int code, String message, String words) {
        Cli.Result result = Cli.run((words + " --threads 1").split(" "));
        assertThat(result.err()).startsWith("saddlepoint: ").contains(message).hasLineCount(1);
        assertThat(result.code()).isEqualTo(code);
    }

    @Test
    void withoutAnExtractorItSaysWhereTheOfficialOneComesFrom() throws IOException {
        Path grey = Files.createDirectories(temp.resolve("grey"));
        for (int i = 0; i < 30; i++) {
            BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setSample(i % 28, i % 7, 0, 255);
            ImageIO.write(image, "png", Pictures.picture(grey, i).toFile());
        }
        Cli.Result result = Cli.run("evaluate", grey.toString(), "--against", grey.toString());
        assertThat(result.code()).isEqualTo(Failures.USAGE);
        assertThat(result.err())
                .contains("inception:FILE", InceptionV3.OFFICIAL_ADDRESS, "digits or fashion", "patch-swd needs none");
    }
}
