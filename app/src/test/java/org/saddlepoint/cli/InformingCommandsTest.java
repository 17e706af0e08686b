package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class InformingCommandsTest {
    @TempDir
    private Path temp;

    @Test
    void recipesAreListedAndShown() {
        Cli.Result list = Cli.run("recipes");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains(Recipes.names());
        assertThat(Cli.run("recipes", "gan").out())
                .contains(
                        "# Sources: [paper] the article",
                        "  maxoutPieces: 5                     # own: [code]",
                        "  generatorBatches: 1                 # default: as many samples")
                .satisfies(shown ->
                        assertThat(Recipes.parse(shown, "shown", Map.of())).isEqualTo(Recipes.load("gan", Map.of())));
        JsonNode shown = Cli.run("recipes", "gan", "--json").json().get(0);
        assertThat(shown.at("/settings/latent/size").asInt()).isEqualTo(100);
        assertThat(shown.get("own").get("discriminator.maxoutPieces").asText()).isEqualTo("[code]");
        assertThat(shown.get("own").has("latent.size")).isFalse();
        JsonNode json = Cli.run("recipes", "--json").json().get(0);
        assertThat(json).hasSameSizeAs(Recipes.names());
        assertThat(json.get(0).at("/generator/family").asText()).isEqualTo("dcgan");
        assertThat(json.get(0).get("objective").get("loss").asText()).isEqualTo("non-saturating");
        assertThat(Cli.run("recipes", "gann").code()).isEqualTo(Failures.USAGE);
    }

    @Test
    void twoRecipesAreComparedSettingBySetting() {
        Cli.Result shown = Cli.run("recipes", "wgan", "--diff", "wgan-gp");
        assertThat(shown.code()).isZero();
        assertThat(shown.out().lines())
                .startsWith(
                        "setting                              wgan             wgan-gp",
                        "discriminator.normalization          batch            none")
                .contains(
                        "constraints.clipping.bound           0.01             none",
                        "generatorOptimizer.method            rmsprop          adam")
                .noneMatch(line -> line.startsWith("name ") || line.startsWith("objective"));
        JsonNode json =
                Cli.run("recipes", "wgan", "--diff", "wgan-gp", "--json").json().get(0);
        assertThat(json.at("/differences/0").toString())
                .isEqualTo("{\"setting\":\"discriminator.normalization\",\"first\":\"batch\",\"second\":\"none\"}");
        assertThat(Cli.run("recipes", "gan", "--diff", "gan").out()).contains("gan and gan have the same settings");
        assertThat(Cli.run("recipes", "gan", "--diff", "gann").err())
                .contains("did you mean gan?")
                .hasLineCount(1);
        assertThat(Cli.run("recipes", "--diff", "gan").code()).isEqualTo(Failures.USAGE);
    }

    @Test
    void doctorSaysWhatTheMachineCanDo() {
        JsonNode facts = Cli.run("doctor", "--json", "--threads", "1").json().get(0);
        assertThat(facts.get("threads").asInt()).isEqualTo(1);
        assertThat(facts.get("gflopsFloat32").asDouble()).isPositive();
        assertThat(facts.get("libtorch").asText()).isNotBlank();
    }

    @Test
    void dataInspectCountsClassesAndNamesDamagedFiles() throws IOException {
        Path photos = temp.resolve("photos");
        Pictures.folder(photos.resolve("cats"), 3, 32);
        Pictures.folder(photos.resolve("dogs"), 4, 32);
        Pictures.cutOff(Pictures.picture(photos.resolve("dogs"), 1));
        Files.writeString(Pictures.picture(photos.resolve("dogs"), 2), "no picture");
        JsonNode facts =
                Cli.run("data", "inspect", photos.toString(), "--json").json().get(0);
        assertThat(facts.get("examples").asInt()).isEqualTo(5);
        assertThat(facts.get("classes").toString()).isEqualTo("{\"cats\":3,\"dogs\":2}");
        assertThat(facts.get("skipped")).hasSize(2);
        assertThat(facts.get("shape").toString()).isEqualTo("[3,32,32]");
        assertThat(Cli.run("data", "inspect", photos.toString()).out())
                .contains(
                        "5 examples, 32x32 colour",
                        "class cats       3 ########################################",
                        "class dogs       2 ###########################",
                        "left out: dogs/01.png");
        assertThat(Cli.run("data", "inspect", "nosuch").code()).isEqualTo(Failures.USAGE);
    }

    @Test
    void dataInspectWarnsOfRareClassesAndShowsVectors() throws IOException {
        Path photos = temp.resolve("photos");
        Pictures.folder(photos, 24, 8);
        StringBuilder table = new StringBuilder("file,label,height\n");
        for (int i = 0; i < 24; i++) {
            String label = i < 21 ? "many" : i < 23 ? "two" : "one";
            table.append("%02d.png,%s,%d\n".formatted(i, label, i - 3));
        }
        Path csv = Files.writeString(photos.resolve("table.csv"), table);
        JsonNode facts =
                Cli.run("data", "inspect", "csv:" + csv, "--json").json().get(0);
        assertThat(facts.get("classes").toString()).isEqualTo("{\"many\":21,\"one\":1,\"two\":2}");
        assertThat(facts.get("vectors").toString()).isEqualTo("{\"height\":[-3.0,20.0]}");
        assertThat(facts.get("warnings")).hasSize(2);
        assertThat(Cli.run("data", "inspect", "csv:" + csv).out())
                .contains(
                        "warning: 1 class has fewer than 2 examples: one (1)",
                        "warning: the classes are very unequal: many has 21 examples and one 1",
                        "number height: from -3.0 to 20.0");
        assertThat(Cli.run("data", "inspect", "digits", "--json").json().get(0).get("warnings"))
                .isEmpty();
    }

    @Test
    void dataInspectTellsWhatDoesNotFitInPairs() throws IOException {
        Path a = temp.resolve("a");
        Path b = temp.resolve("b");
        Pictures.folder(a, 3, 32);
        Pictures.folder(b, 3, 32);
        ImageIO.write(
                new BufferedImage(16, 20, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                Pictures.picture(b, 2).toFile());
        String spec = "paired:" + a + "," + b;
        JsonNode facts = Cli.run("data", "inspect", spec, "--json").json().get(0);
        assertThat(facts.get("examples").asInt()).isEqualTo(3);
        assertThat(facts.get("shape").toString()).isEqualTo("[3,256,256,3,256,256]");
        assertThat(facts.get("warnings")).hasSize(3);
        assertThat(Cli.run("data", "inspect", spec).out())
                .contains(
                        "3 pictures of 32x32 in folder " + a,
                        "3 pictures of 16 to 32 columns and 20 to 32 rows in folder " + b,
                        "warning: 1 of 3 pairs have halves of different sizes",
                        "warning: 1 of 3 pairs have halves of different aspects",
                        "warning: 1 of 3 pictures of B are grey among coloured ones");
        Files.delete(Pictures.picture(a, 1));
        assertThat(Cli.run("data", "inspect", spec).err())
                .contains("1 of 3 pictures in folder " + b + " has no partner in folder " + a + ": 01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "compare", "resume", "sample", "recipes", "data", "doctor", "bench"})
    void everyCommandHasHelp(String command) {
        Cli.Result help = Cli.run(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: saddlepoint " + command).contains("--stacktrace");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(Cli.run("help", command).out()).isEqualTo(help.out());
        assertThat(Cli.run().out()).contains(command);
    }

    @Test
    void unknownCommandsAreWrongUsage() {
        Cli.Result result = Cli.run("trian");
        assertThat(result.code()).isEqualTo(Failures.USAGE);
        assertThat(result.err()).contains("'trian'", "train").hasLineCount(1);
        assertThat(Cli.run("--version").out()).startsWith("saddlepoint ");
    }
}
