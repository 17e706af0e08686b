package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.tensor.LeakCheck;

/** Each wrong input gives one line that names it, the stated exit code, and leaves nothing on disk. */
@ExtendWith(LeakCheck.class)
class BadInputTest {
    @TempDir
    private static Path data;

    @TempDir
    private Path temp;

    @BeforeAll
    static void write() throws IOException {
        Files.createDirectory(data.resolve("empty"));
        Files.createDirectory(data.resolve("texts"));
        Files.writeString(data.resolve("texts/a.txt"), "a");
        Files.createDirectory(data.resolve("broken"));
        Files.writeString(data.resolve("broken/0.png"), "no picture");
        Pictures.folder(data.resolve("small"), 3, 20);
        Pictures.folder(data.resolve("odd"), 3, 27);
        Files.write(
                data.resolve("cut.idx"),
                ByteBuffer.allocate(100)
                        .putInt(0x803)
                        .putInt(50)
                        .putInt(28)
                        .putInt(28)
                        .array());
        Files.writeString(data.resolve("bad.csv"), "1,2\n3,x\n");
        Files.writeString(data.resolve("points.csv"), "1,2\n3,4\n");
        Files.writeString(data.resolve("list.yaml"), "- 1\n");
        Files.writeString(data.resolve("torn.yaml"), "a: [1,\n b");
        String recipe = org.saddlepoint.recipes.Recipes.text("dcgan-quick");
        Files.writeString(data.resolve("missing.yaml"), recipe.replaceFirst("(?m)^steps:", "#"));
        Files.writeString(data.resolve("unknown.yaml"), recipe + "\ncolour: red\n");
        Files.writeString(data.resolve("word.yaml"), recipe.replaceFirst("(?m)^steps: \\d+", "steps: many"));
    }

    private static Arguments bad(int code, String message, String... arguments) {
        return arguments(code, message, Arrays.asList(arguments));
    }

    static Stream<Arguments> trainings() {
        return Stream.of(
                bad(2, "unknown data \"digts\"; did you mean digits?", "--data", "digts"),
                bad(2, "unknown data \"\"", "--data", ""),
                bad(2, "the folder @/nosuch does not exist; check the path", "--data", "@/nosuch"),
                bad(2, "the zip @/nosuch.zip does not exist", "--data", "@/nosuch.zip"),
                bad(2, "the IDX file @/nosuch does not exist", "--data", "idx:@/nosuch"),
                bad(2, "the CSV file @/nosuch does not exist", "--data", "csv:@/nosuch"),
                bad(2, "@/bad.csv is a file; expected a folder", "--data", "@/bad.csv"),
                bad(1, "folder @/empty holds no pictures; it is empty", "--data", "@/empty"),
                bad(1, "it has 1 other file (.txt)", "--data", "@/texts"),
                bad(1, "folder @/broken has no picture that can be read, but 1 damaged: 0.png", "--data", "@/broken"),
                bad(1, "cut.idx is cut off: its header announces 50x28x28", "--data", "idx:@/cut.idx"),
                bad(1, "line 2 has the field \"x\"; expected a finite number", "--data", "csv:@/bad.csv"),
                bad(
                        1,
                        "3 of 3 images in folder @/small are smaller than the 64x64",
                        "--data",
                        "@/small",
                        "--set",
                        "images.size=64"),
                bad(2, "the recipe dcgan-quick does not fit folder @/odd: this network needs", "--data", "@/odd"),
                bad(2, "for points use the recipe gan", "dcgan", "--data", "ring8"),
                bad(2, "unknown recipe \"dcgn\" (did you mean dcgan?)", "dcgn"),
                bad(2, "Unmatched argument at index 2: 'more'", "dcgan", "more"),
                bad(2, "Unknown option: '--stps' (did you mean --steps", "--stps", "3"),
                bad(
                        2,
                        "'--steps': expected a whole number but was 'abc'; see saddlepoint train --help",
                        "--steps",
                        "abc"),
                bad(2, "expected a number from -2147483648", "--batch-size", "99999999999"),
                bad(2, "steps must be >= 1 but was 0", "--steps", "0"),
                bad(2, "steps must be >= 1 but was -1", "--steps", "-1"),
                bad(2, "batchSize must be >= 1 but was 0", "--batch-size", "0"),
                bad(1, "not enough memory for batchSize 200,000,000", "--batch-size", "200000000"),
                bad(
                        2,
                        "unknown setting \"generato.width\" (did you mean generator.width?)",
                        "--set",
                        "generato.width=4"),
                bad(2, "generator.width: expected a whole number but was \"abc\"", "--set", "generator.width=abc"),
                bad(2, "width must be >= 1 but was 0", "--set", "generator.width=0"),
                bad(
                        2,
                        "generator: expected settings with family, one of mlp, dcgan, cnn, resnet, biggan, fastgan, r3gan, stylegan2, but was 3",
                        "--set",
                        "generator=3"),
                bad(2, "network.width is now generator.width and discriminator.width", "--set", "network.width=64"),
                bad(2, "the setting generator.width was given nothing", "--set", "generator.width="),
                bad(
                        2,
                        "loss: expected one of minimax, non-saturating, least-squares, hinge",
                        "--set",
                        "objective.loss=hinges"),
                bad(
                        2,
                        "method: expected one of sgd, rmsprop, adam but was \"x\"",
                        "--set",
                        "generatorOptimizer.method=x"),
                bad(
                        2,
                        "does not fit digits: the gradient penalty cannot work with the layer layers.3 (BatchNorm)",
                        "wgan-gp",
                        "--set",
                        "discriminator.normalization=batch"),
                bad(
                        2,
                        "spectral normalization cannot work with the layer layers.3 (BatchNorm)",
                        "wgan",
                        "--set",
                        "constraints={sn: {method: spectral-normalization, iterations: 1, initialIterations: 0}}"),
                bad(2, "weight must be >= 0 and finite but was -1.0", "wgan-gp", "--set", "constraints.gp.weight=-1"),
                bad(2, "bound must be > 0 and finite but was 0.0", "wgan", "--set", "constraints.clipping.bound=0"),
                bad(2, "discriminatorSteps must be >= 1 but was 0", "wgan", "--set", "updates.discriminatorSteps=0"),
                bad(
                        2,
                        "mirrors and moves images [C, H, W] but the data is [2]",
                        "gngan-points",
                        "--data",
                        "ring8",
                        "--set",
                        "constraints={cr: {method: consistency-regularization, weight: 5, flip: true, translation:"
                                + " 0.2}}"),
                bad(
                        2,
                        "constraints.cr: expected settings with method, one of weight-clipping, gradient-penalty",
                        "wgan",
                        "--set",
                        "constraints={cr: 5}"),
                bad(2, "beta1 must be in [0, 1) but was 2.0", "--set", "generatorOptimizer.beta1=2"),
                bad(2, "'--set' (KEY=VALUE) should be in KEY=VALUE format but was foo", "--set", "foo"),
                bad(2, "expected auto, float32 or bfloat16 but was 'half'", "--precision", "half"),
                bad(2, "unknown device \"tpu\"; known are cpu, cuda and cuda:N", "--device", "tpu"),
                bad(2, "--threads must be >= 1 but was 0", "--threads", "0"),
                bad(2, "both --minutes and --steps", "--minutes", "2", "--steps", "10"),
                bad(2, "both --minutes and --steps", "--minutes", "2", "--set", "steps=10"),
                bad(2, "--minutes must be > 0 and at most 600000 but was 0.0", "--minutes", "0"),
                bad(2, "--minutes must be > 0 and at most 600000 but was -1.0", "--minutes", "-1"),
                bad(2, "--minutes must be > 0 and at most 600000 but was NaN", "--minutes", "NaN"),
                bad(2, "expected a number but was 'two'", "--minutes", "two"),
                bad(2, "0.0001 minutes are too short: ", "--minutes", "0.0001", "--threads", "1"),
                bad(2, "cannot read the recipe @/nosuch: no such file", "--recipe-file", "@/nosuch"),
                bad(2, "list.yaml is no recipe: expected settings", "--recipe-file", "@/list.yaml"),
                bad(2, "torn.yaml is no recipe: ", "--recipe-file", "@/torn.yaml"),
                bad(2, "steps: expected a value but there is none", "--recipe-file", "@/missing.yaml"),
                bad(2, "colour: there is no such setting", "--recipe-file", "@/unknown.yaml"),
                bad(2, "steps: expected a whole number but was \"many\"", "--recipe-file", "@/word.yaml"),
                bad(2, "both the recipe gan and --recipe-file", "gan", "--recipe-file", "@/list.yaml"));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void refusedTrainingsLeaveNothing(int code, String message, List<String> arguments) throws IOException {
        Path out = temp.resolve("run");
        List<String> all = new ArrayList<>(List.of("train"));
        arguments.forEach(each -> all.add(each.replace("@", data.toString())));
        all.addAll(List.of("--out", out.toString()));
        Cli.Result result = Cli.run(all.toArray(String[]::new));

        assertThat(result.err()).startsWith("saddlepoint: ").contains(message.replace("@", data.toString()));
        assertThat(result.err()).hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(code);
        assertThat(out).doesNotExist();
    }

    @Test
    void anOutThatCannotBeUsedIsRefusedAndStaysAsItWas() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "mine");
        assertFails("it is a file; choose another folder with --out", file);
        assertFails("a file is in the way", file.resolve("below"));
        assertThat(file).hasContent("mine");

        Path run = temp.resolve("run");
        assertThat(Cli.train(run, "--steps", "1").code()).isZero();
        List<String> before = Cli.tree(run);
        assertFails("already holds a run; go on with it by: saddlepoint resume " + run, run);
        assertThat(Cli.tree(run)).isEqualTo(before);

        Path part = Files.createDirectories(temp.resolve("part/samples"));
        assertFails("already holds samples but no run.json", temp.resolve("part"));
        assertThat(part).isEmptyDirectory();
        assertThat(Cli.run("train", "--out", "").code()).isEqualTo(Failures.USAGE);
    }

    private static void assertFails(String message, Path out) {
        Cli.Result result = Cli.train(out, "--steps", "1");
        assertThat(result.code()).isEqualTo(Failures.FAILED);
        assertThat(result.err()).contains(message).hasLineCount(1);
    }

    @Test
    void aTrainingThatFailsBeforeItsFirstStepTakesItsFolderBack() throws IOException {
        Path pictures = Pictures.folder(temp.resolve("pictures"), 2, 32);
        // whole headers, so that the damage shows only when the first batch is read
        Pictures.cutOff(Pictures.picture(pictures, 0));
        Pictures.cutOff(Pictures.picture(pictures, 1));
        Path out = temp.resolve("run");
        Cli.Result result = Cli.train(out, "--data", pictures.toString());

        assertThat(result.code()).isEqualTo(Failures.FAILED);
        assertThat(result.err()).contains("none of the 2 examples").hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void stackTracesComeWhenAskedFor() {
        Cli.Result result = Cli.run("train", "nosuch", "--stacktrace");
        assertThat(result.code()).isEqualTo(Failures.USAGE);
        assertThat(result.err()).contains("RecipeException", "\tat org.saddlepoint.");
    }
}
