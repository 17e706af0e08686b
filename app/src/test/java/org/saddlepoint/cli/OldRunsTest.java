package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Runs that earlier releases made draw what they drew there and go on as they went on there. Each folder two levels below
 * {@code runs} in the test resources is one; {@code make.sh} there says what it holds and made it.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("fixtures")
@ExtendWith(LeakCheck.class)
class OldRunsTest {
    private static final Path RUNS = Path.of("src", "test", "resources", "runs");
    private static final Path DATA = RUNS.resolve("data");

    /** What the runs and the commands call the folder of data. */
    private static final String PLACEHOLDER = "DATA/";

    private static final String STEPS = "7";

    /** Other processors may round otherwise. */
    private static final double GREY_LEVELS = 2;

    private static final double WEIGHTS = 1e-3;

    @Parameter
    private Path fixture = RUNS;

    @TempDir
    private Path temp;

    private Path run;

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> formats = Files.list(RUNS)) {
            List<Path> found = new ArrayList<>();
            for (Path format : formats.filter(Files::isDirectory)
                    .filter(each -> !each.equals(DATA))
                    .sorted()
                    .toList()) {
                try (Stream<Path> kinds = Files.list(format)) {
                    kinds.sorted().forEach(found::add);
                }
            }
            return found;
        }
    }

    private static String data() {
        return DATA.toAbsolutePath().toString().replace('\\', '/') + "/";
    }

    /** What format 1 kept of the loss for every schedule; now only one that waits for a plateau keeps it. */
    private static final String WATCHED_LOSS = "schedule.safetensors";

    @BeforeEach
    void copy() throws IOException {
        run = temp.resolve("run");
        Path original = fixture.resolve("run");
        for (String file : Cli.tree(original)) {
            Path copy = run.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(original.resolve(file), copy);
        }
        Path manifest = run.resolve("run.json");
        Files.writeString(manifest, Files.readString(manifest).replace(PLACEHOLDER, data()));
    }

    @Test
    void itsRecipeIsRead() throws IOException {
        Path recipe = run.resolve("recipe.yaml");
        String name = Cli.parse(run.resolve("run.json")).path("recipe").asText();
        assertThat(Recipes.read(recipe, Map.of()).name()).isEqualTo(name);
        assertThat(Files.readString(recipe)).contains("name: " + name + "\n");
    }

    @Test
    void drawsWhatItDrew() throws IOException {
        Path drawn = Files.createDirectory(temp.resolve("drawn"));
        for (String line : Files.readAllLines(fixture.resolve("commands"))) {
            List<String> words = new ArrayList<>();
            for (String word : line.split(" ")) {
                words.add(
                        word.equals("RUN")
                                ? run.toString()
                                : word.replace(PLACEHOLDER, data())
                                        .replaceFirst("^OUT", drawn.toString().replace('\\', '/')));
            }
            words.addAll(List.of("--threads", "1"));
            Cli.Result result = Cli.run(words.toArray(String[]::new));
            assertThat(result.code()).as(result.err()).isZero();
        }
        Path expected = fixture.resolve("drawn");
        List<String> files = Cli.tree(expected);
        assertThat(files).isNotEmpty();
        assertThat(Cli.tree(drawn)).isEqualTo(files);
        for (String file : files) {
            if (file.endsWith(".csv")) {
                assertSamePoints(drawn.resolve(file), expected.resolve(file));
            } else {
                assertSamePicture(drawn.resolve(file), expected.resolve(file));
            }
        }
    }

    private static void assertSamePicture(Path file, Path expected) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        BufferedImage right = ImageIO.read(expected.toFile());
        assertThat(List.of(image.getWidth(), image.getHeight()))
                .as(file.toString())
                .isEqualTo(List.of(right.getWidth(), right.getHeight()));
        assertThat(samples(image)).as(file.toString()).containsExactly(samples(right), within(GREY_LEVELS));
    }

    private static double[] samples(BufferedImage image) {
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (double[]) null);
    }

    private static void assertSamePoints(Path file, Path expected) throws IOException {
        assertThat(numbers(file)).as(file.toString()).containsExactly(numbers(expected), within(WEIGHTS));
    }

    private static double[] numbers(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void goesOnAsItWentOn() throws IOException {
        Cli.Result result = Cli.run("resume", run.toString(), "--steps", STEPS, "--threads", "1");
        assertThat(result.code()).as(result.err()).isZero();
        Path after = run.resolve("checkpoints/00000" + STEPS);
        Path expected = fixture.resolve("after");
        assertThat(randomState(after)).as("as many random numbers are drawn").isEqualTo(randomState(expected));
        List<String> parts = Cli.tree(expected).stream()
                .filter(file -> file.endsWith(".safetensors") && !file.equals(WATCHED_LOSS))
                .toList();
        assertThat(parts).isNotEmpty();
        for (String part : parts) {
            assertSameWeights(after.resolve(part), expected.resolve(part));
        }
    }

    /** Earlier releases kept relative paths as they were typed; the data may lie in a folder around the run by now. */
    @Test
    void goesOnWithDataThatMovedWithIt() throws IOException {
        Path manifest = run.resolve("run.json");
        String text = Files.readString(manifest);
        if (!text.contains(data())) {
            assertThat(Cli.parse(manifest).path("data").path("spec").asText())
                    .as("data that lies in no file")
                    .matches("\\w+");
            return;
        }
        Files.writeString(manifest, text.replace(data(), "data/"));
        for (String file : Cli.tree(DATA)) {
            Path copy = temp.resolve("data").resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(DATA.resolve(file), copy);
        }
        Cli.Result result = Cli.run("resume", run.toString(), "--steps", STEPS, "--threads", "1");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Cli.parse(manifest).path("data").path("spec").asText())
                .contains(temp.resolve("data").toString());
    }

    private static byte[] randomState(Path checkpoint) throws IOException {
        JsonNode random = Cli.parse(checkpoint.resolve("state.json")).path("random");
        assertThat(random.asText()).isNotEmpty();
        return random.binaryValue();
    }

    private static void assertSameWeights(Path part, Path expected) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> tensors = SafeTensors.read(part);
            Map<String, Tensor> right = SafeTensors.read(expected);
            assertThat(tensors.keySet()).as(part.toString()).isEqualTo(right.keySet());
            right.forEach((name, tensor) -> assertThat(
                            Objects.requireNonNull(tensors.get(name)).toFloatArray())
                    .as("%s %s", part, name)
                    .containsExactly(tensor.toFloatArray(), within((float) WEIGHTS)));
        }
    }
}
