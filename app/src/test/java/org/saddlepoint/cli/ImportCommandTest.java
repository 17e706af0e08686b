package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.io.PickledStateDict;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Weights of the official code become runs, and files again that the official code reads. */
@ExtendWith(LeakCheck.class)
class ImportCommandTest {
    @TempDir
    private static Path files;

    @TempDir
    private Path temp;

    @BeforeAll
    static void write() throws IOException {
        byte[] unet = Files.readAllBytes(Translations.official("unet"));
        Files.write(files.resolve("cut_net_G.pth"), Arrays.copyOf(unet, unet.length / 2));
        Files.writeString(files.resolve("text.pth"), "hello");
        // pickle.dumps of an object whose __reduce__ is (os.system, ("true",))
        Files.writeString(files.resolve("program.pth"), "cposix\nsystem\n(S'true'\ntR.");
        ResNetTranslatorConfig config =
                new ResNetTranslatorConfig(1, 2, Normalization.INSTANCE, false, false, new InitialWeights.Normal(0.02));
        for (String name : List.of("G_A", "G_B")) {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(name.hashCode());
                    ImageTranslator translator = config.create(3, 3, random);
                    OutputStream out = Files.newOutputStream(files.resolve("latest_net_" + name + ".safetensors"))) {
                SafeTensors.write(out, translator.stateDict(), Map.of());
            }
        }
    }

    private Cli.Result importing(Path run, Object... words) {
        Stream<String> all = Stream.concat(
                Stream.of("import"),
                Stream.concat(
                        Arrays.stream(words).map(String::valueOf),
                        Stream.of("--threads", "1", "--out", run.toString())));
        return Cli.run(all.toArray(String[]::new));
    }

    private static Map<String, Tensor> read(Path file) throws IOException {
        return file.toString().endsWith(".pth") ? PickledStateDict.read(file) : SafeTensors.read(file);
    }

    private static void assertSameTensors(Path actual, Path expected) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> exported = read(actual);
            Map<String, Tensor> official = read(expected);
            assertThat(exported.keySet()).containsExactlyInAnyOrderElementsOf(official.keySet());
            official.forEach((name, value) -> {
                assertThat(exported.get(name).shape()).as(name).isEqualTo(value.shape());
                assertThat(exported.get(name).toByteArray()).as(name).isEqualTo(value.toByteArray());
            });
        }
    }

    @Test
    void aUNetIsTranslatedWithAndExportedAsItWas() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result result = importing(run, "official:pix2pix", Translations.official("unet"));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Cli.tree(run))
                .containsExactly(
                        "checkpoints/000000/recipe.yaml",
                        "checkpoints/000000/state.json",
                        "checkpoints/000000/translator_a2b.safetensors",
                        "recipe.yaml",
                        "run.json");

        Cli.Result exported =
                Cli.run("export", run.toString(), temp.resolve("out").toString());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out()).contains("torch.save(safetensors.torch.load_file(\"latest_net_G.safetensors\")");
        assertThat(Cli.tree(temp.resolve("out"))).containsExactly("latest_net_G.safetensors");
        assertSameTensors(temp.resolve("out/latest_net_G.safetensors"), Translations.official("unet"));
    }

    @Test
    void twoResidualTranslatorsAreARunBothWays() throws IOException {
        Path run = temp.resolve("run");
        Path forth = files.resolve("latest_net_G_A.safetensors");
        Path back = files.resolve("latest_net_G_B.safetensors");
        assertThat(importing(run, "official:cyclegan", forth, back).code()).isZero();
        Path out = temp.resolve("out");
        assertThat(Cli.run("export", run.toString(), out.toString()).code()).isZero();
        assertThat(Cli.tree(out)).containsExactly("latest_net_G_A.safetensors", "latest_net_G_B.safetensors");
        assertSameTensors(out.resolve("latest_net_G_B.safetensors"), back);
        assertSameTensors(out.resolve("latest_net_G_A.safetensors"), forth);
        // What was exported can be imported again.
        assertThat(importing(temp.resolve("again"), "official:cyclegan", out.resolve("latest_net_G_A.safetensors"))
                        .code())
                .isZero();
    }

    @Test
    void oneOfTwoTranslatorsTellsOfTheOther() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result result = importing(run, "official:cyclegan", files.resolve("latest_net_G_A.safetensors"));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "for both: saddlepoint import official:cyclegan " + files.resolve("latest_net_G_A.safetensors")
                                + " " + files.resolve("latest_net_G_B.safetensors"));
        Cli.Result back = Cli.run(
                "translate",
                run.toString(),
                Pictures.folder(temp.resolve("in"), 1, 8).toString(),
                temp.resolve("out").toString(),
                "--direction",
                "b2a");
        assertThat(back.code()).isEqualTo(2);
        assertThat(back.err()).contains("translates only from A to B");
    }

    @Test
    void itsTrainingCannotGoOn() throws IOException {
        Path run = temp.resolve("run");
        assertThat(importing(run, "official:cyclegan", files.resolve("latest_net_G_A.safetensors"))
                        .code())
                .isZero();
        List<String> before = Cli.tree(run);
        Cli.Result resumed = Cli.run("resume", run.toString());
        assertThat(resumed.code()).isEqualTo(2);
        assertThat(resumed.err()).contains("trained elsewhere", "use translate").hasLineCount(1);
        Cli.Result evaluated = Cli.run("evaluate", run.toString());
        assertThat(evaluated.code()).isEqualTo(2);
        assertThat(evaluated.err()).contains("--against is needed").hasLineCount(1);
        assertThat(Cli.tree(run)).isEqualTo(before);
    }

    @Test
    void aFolderThatIsThereIsLeftAlone() throws IOException {
        Path run = temp.resolve("run");
        Path file = files.resolve("latest_net_G_A.safetensors");
        assertThat(importing(run, "official:cyclegan", file).code()).isZero();
        byte[] manifest = Files.readAllBytes(run.resolve("run.json"));
        Cli.Result again = importing(run, "official:cyclegan", file);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("already holds a run");
        assertThat(Files.readAllBytes(run.resolve("run.json"))).isEqualTo(manifest);
        Cli.Result exported = Cli.run("export", run.toString(), files.toString());
        assertThat(exported.code()).isEqualTo(1);
        assertThat(exported.err()).contains("is there already; give a folder that is new or empty");
    }

    static Stream<Arguments> refusals() {
        String unet = Translations.official("unet").toString();
        return Stream.of(
                refused(2, "unknown source \"official:vae\"; known are official:pix2pix and", "official:vae", unet),
                refused(2, "@/nosuch.pth does not exist", "official:pix2pix", "@/nosuch.pth"),
                refused(2, "takes one file", "official:pix2pix", unet, unet),
                refused(
                        2,
                        "wrong order; give @/latest_net_G_A.safetensors first",
                        "official:cyclegan",
                        "@/latest_net_G_B.safetensors",
                        "@/latest_net_G_A.safetensors"),
                refused(1, "official_discriminator.pth: ", "official:pix2pix", official("discriminator")),
                refused(1, "of a discriminator; give latest_net_G.pth", "official:pix2pix", official("discriminator")),
                refused(1, "@/cut_net_G.pth is no state dict", "official:pix2pix", "@/cut_net_G.pth"),
                refused(1, "@/text.pth is no state dict", "official:pix2pix", "@/text.pth"),
                refused(1, "@/program.pth is no state dict", "official:pix2pix", "@/program.pth"),
                refused(1, "does not translate back what", "official:cyclegan", official("resnet"), official("unet")));
    }

    private static String official(String name) {
        return Translations.official(name).toString();
    }

    private static Arguments refused(int code, String message, String... words) {
        return arguments(code, message, Arrays.asList(words));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNoTranslatorIsRefusedByNameAndLeavesNothing(int code, String message, List<String> words)
            throws IOException {
        Path run = temp.resolve("run");
        Cli.Result result = importing(
                run,
                words.stream().map(word -> word.replace("@", files.toString())).toArray());
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err())
                .contains(message.replace("@", files.toString()))
                .hasLineCount(1);
        assertThat(Cli.tree(temp)).isEmpty();
        assertThat(run).doesNotExist();
    }
}
