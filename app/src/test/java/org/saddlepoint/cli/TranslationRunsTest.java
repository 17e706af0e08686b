package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

/** Runs that translate, from training to measuring and exporting. */
@ExtendWith(LeakCheck.class)
class TranslationRunsTest {
    @TempDir
    private Path temp;

    private static List<String> rows(Path run) throws IOException {
        return Files.readAllLines(run.resolve("evaluations.jsonl")).stream()
                .map(Cli::parse)
                .map(row -> row.path("direction").asText() + " "
                        + row.path("metric").asText())
                .toList();
    }

    private static double value(Path run, String metric) throws IOException {
        return row(run, metric).path("value").asDouble();
    }

    private static JsonNode row(Path run, String metric) throws IOException {
        for (String line : Files.readAllLines(run.resolve("evaluations.jsonl"))) {
            JsonNode row = Cli.parse(line);
            if (row.path("metric").asText().equals(metric)) {
                return row;
            }
        }
        throw new AssertionError(metric + " is not among " + rows(run));
    }

    private static void evaluate(Path run) {
        Cli.Result result = Cli.run(
                "evaluate", run.toString(), "--metrics", "fid", "--extractor", "digits", "--threads", "1", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json()).isNotEmpty();
    }

    @Test
    void pairsAreTrainedOnResumedMeasuredAndExported() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result trained = Translations.train(run, "paired");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("pix2pix-small on", "translate with: saddlepoint translate " + run);
        Cli.Result resumed = Cli.run("resume", run.toString(), "--steps", "4", "--threads", "1");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(Cli.parse(run.resolve("run.json")).path("steps").asInt()).isEqualTo(4);

        evaluate(run);
        assertThat(rows(run))
                .contains("a2b l1", "a2b l1-identity", "a2b l1-mean-colour", "a2b fid", "a2b fid-identity");
        // Pictures of both folders are equal, so that doing nothing is best.
        assertThat(value(run, "l1-identity")).isZero();
        assertThat(value(run, "l1")).isBetween(0.05, 2.0);
        assertThat(value(run, "fid-identity")).isBetween(-1e-3, 1e-3);

        Path out = temp.resolve("out");
        assertThat(Cli.run("export", run.toString(), out.toString()).code()).isZero();
        assertThat(Cli.tree(out)).containsExactly("latest_net_D.safetensors", "latest_net_G.safetensors");
        assertThat(Files.readAllBytes(out.resolve("latest_net_D.safetensors")))
                .isEqualTo(Files.readAllBytes(run.resolve("checkpoints/000004/discriminator.safetensors")));
    }

    @Test
    void twoKindsAreTrainedOnMeasuredBothWaysAndExported() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result trained = Translations.train(run, "unpaired");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("cyclegan-small on");
        evaluate(run);
        assertThat(rows(run)).contains("a2b cycle-l1", "b2a cycle-l1", "a2b fid", "b2a fid-identity");
        assertThat(rows(run).stream().filter(row -> row.endsWith(" l1")).collect(Collectors.toList()))
                .as("without pairs nothing says what is right")
                .isEmpty();
        Path out = temp.resolve("out");
        assertThat(Cli.run("export", run.toString(), out.toString()).code()).isZero();
        assertThat(Cli.tree(out))
                .containsExactly(
                        "latest_net_D_A.safetensors",
                        "latest_net_D_B.safetensors",
                        "latest_net_G_A.safetensors",
                        "latest_net_G_B.safetensors");
        assertThat(Files.readAllBytes(out.resolve("latest_net_D_A.safetensors")))
                .as("in the official code D_A judges B")
                .isEqualTo(Files.readAllBytes(run.resolve("checkpoints/000003/discriminator_b.safetensors")));
        Path in = temp.resolve("in");
        Pictures.folder(in, 1, 20);
        for (String direction : List.of("a2b", "b2a")) {
            Path to = temp.resolve(direction);
            assertThat(Cli.run("translate", run.toString(), in.toString(), to.toString(), "--direction", direction)
                            .code())
                    .isZero();
        }
        assertThat(Files.readAllBytes(temp.resolve("a2b/00.png")))
                .isNotEqualTo(Files.readAllBytes(temp.resolve("b2a/00.png")));
    }

    @Test
    void theMovingAverageOfATranslatorIsMeasuredAndExported() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result trained = Translations.train(run, "paired", "--set", "average.decay=0.5");
        assertThat(trained.code()).as(trained.err()).isZero();
        evaluate(run);
        assertThat(row(run, "fid").path("protocol").path("weights").asText()).isEqualTo("moving average");
        Path out = temp.resolve("out");
        assertThat(Cli.run("export", run.toString(), out.toString()).code()).isZero();
        assertThat(Cli.tree(out)).containsExactly("latest_net_D.safetensors", "latest_net_G.safetensors");
        Path checkpoint = run.resolve("checkpoints/000003");
        assertThat(Files.readAllBytes(out.resolve("latest_net_G.safetensors")))
                .isEqualTo(Files.readAllBytes(checkpoint.resolve("translator_a2b_ema.safetensors")))
                .isNotEqualTo(Files.readAllBytes(checkpoint.resolve("translator_a2b.safetensors")));
    }

    private static List<JsonNode> during(Path run, String metric) throws IOException {
        return Files.readAllLines(run.resolve("evaluations.jsonl")).stream()
                .map(Cli::parse)
                .filter(row -> row.path("when").asText().equals("training"))
                .filter(row -> row.path("metric").asText().equals(metric))
                .toList();
    }

    @Test
    void pairsAreMeasuredWhileTheyAreLearntAndTheBestIsKept() throws IOException {
        Path plain = temp.resolve("plain");
        Path watched = temp.resolve("watched");
        assertThat(Translations.train(plain, "paired").code()).isZero();
        Cli.Result trained = Translations.train(watched, "paired", "--evaluate-every", "2", "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        String generator = "checkpoints/000003/translator_a2b.safetensors";
        assertThat(watched.resolve(generator))
                .as("measuring does not change the training")
                .hasSameBinaryContentAs(plain.resolve(generator));
        assertThat(rows(watched))
                .containsExactly(
                        "a2b l1",
                        "a2b l1-identity",
                        "a2b l1-mean-colour",
                        "a2b l1",
                        "a2b l1-identity",
                        "a2b l1-mean-colour");
        List<JsonNode> l1 = during(watched, "l1");
        assertThat(l1).extracting(row -> row.get("step").asInt()).containsExactly(2, 3);
        double second = l1.get(0).get("value").asDouble();
        double third = l1.get(1).get("value").asDouble();
        JsonNode best = Cli.parse(watched.resolve("best/state.json"));
        assertThat(best.get("step").asInt()).isEqualTo(third < second ? 3 : 2);
        assertThat(best.get("best").asDouble()).isEqualTo(Math.min(second, third));
        assertThat(trained.json()).anyMatch(row -> row.path("event").asText().equals("evaluation"));

        Cli.Result afterwards = Cli.run("evaluate", watched.toString(), "--threads", "1", "--json");
        assertThat(afterwards.code()).as(afterwards.err()).isZero();
        assertThat(afterwards.json().get(0).get("metric").asText()).isEqualTo("l1");
        assertThat(afterwards.json().get(0).get("value").asDouble())
                .as("the same translators, used the same way")
                .isEqualTo(third);
    }

    @Test
    void aPartThatIsHeldOutIsWhatIsMeasuredAgainst() throws IOException {
        Path run = temp.resolve("run");
        Path a = Pictures.folder(temp.resolve("a"), 40, 36);
        Path b = Pictures.folder(temp.resolve("b"), 40, 36);
        String spec = "paired:" + a + "," + b;
        Cli.Result trained = Translations.trainOn(run, spec + ",train", "--evaluate-every", "3");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Cli.parse(run.resolve("evaluation.json")).get("against").asText())
                .isEqualTo(spec + ",test");
        int held = during(run, "l1").get(0).get("samples").asInt();
        assertThat(held).isBetween(1, 20);
        Cli.Result all = Cli.run("evaluate", run.toString(), "--against", spec, "--threads", "1", "--json");
        assertThat(all.json().get(0).get("samples").asInt()).isEqualTo(40);
        Cli.Result resumed = Cli.run("resume", run.toString(), "--steps", "6", "--threads", "1");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(during(run, "l1"))
                .extracting(row -> row.get("samples").asInt())
                .containsExactly(held, held);
    }

    @Test
    void cyclesAreMeasuredBothWaysWhileTheyAreLearnt() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result trained = Translations.train(
                run,
                "unpaired",
                "--evaluate-every",
                "3",
                "--metrics",
                "fid",
                "--extractor",
                "digits",
                "--samples",
                "10");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(rows(run)).containsExactly("a2b fid", "a2b cycle-l1", "b2a fid", "b2a cycle-l1");
        List<JsonNode> fid = during(run, "fid");
        double mean =
                (fid.get(0).get("value").asDouble() + fid.get(1).get("value").asDouble()) / 2;
        assertThat(Cli.parse(run.resolve("best/state.json")).get("best").asDouble())
                .as("both directions decide")
                .isEqualTo(mean);
    }

    @Test
    void exportSaysWhatTheOfficialCodeDoesNotDo() throws IOException {
        Path run = temp.resolve("run");
        assertThat(Translations.train(run, "paired", "--set", "translator.globalSkip=true")
                        .code())
                .isZero();
        assertThat(Cli.run("export", run.toString(), temp.resolve("out").toString())
                        .out())
                .contains("UnetGenerator(3, 3, 5, ngf=2")
                .contains("), whose output is added to its input and clamped to [-1, 1]");
    }

    @Test
    void theMovingAverageOfAGanIsExported() throws IOException {
        Path run = temp.resolve("run");
        assertThat(Cli.train(run, "--steps", "1", "--set", "average.decay=0.5").code())
                .isZero();
        Path out = temp.resolve("out");
        Cli.Result exported = Cli.run("export", run.toString(), out.toString(), "--json");
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(Cli.tree(out)).containsExactly("discriminator.safetensors", "generator.safetensors");
        assertThat(Files.readAllBytes(out.resolve("generator.safetensors")))
                .isEqualTo(Files.readAllBytes(run.resolve("checkpoints/000001/generator_ema.safetensors")))
                .isNotEqualTo(Files.readAllBytes(run.resolve("checkpoints/000001/generator.safetensors")));
        assertThat(exported.json().get(0).path("files").path("generator_ema").asText())
                .isEqualTo(out.resolve("generator.safetensors").toString());
    }

    @Test
    void whatARunOfTranslationCannotDoIsSaid() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result crop = Translations.train(run, "paired", "--set", "images.load=48", "--set", "images.crop=48");
        assertThat(crop.code()).isEqualTo(2);
        assertThat(crop.err()).contains("multiple of 32", "but was 48; the nearest are 32 and 64");
        Cli.Result digits = Cli.run("train", "pix2pix-small", "--out", run.toString());
        assertThat(digits.code()).isEqualTo(1);
        assertThat(digits.err()).contains("digits holds single examples", "paired:A,B");
        assertThat(run).doesNotExist();
        assertThat(Translations.train(run, "paired").code()).isZero();
        Cli.Result sample = Cli.run("sample", run.toString());
        assertThat(sample.code()).isEqualTo(2);
        assertThat(sample.err()).contains("use translate");
        Cli.Result compare =
                Cli.run("compare", "pix2pix-small", "--out", temp.resolve("c").toString());
        assertThat(compare.code()).isEqualTo(1);
        assertThat(compare.err()).contains("digits holds single examples", "paired:A,B");
        assertThat(temp.resolve("c")).doesNotExist();
    }
}
