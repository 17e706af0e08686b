package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.LeakCheck;
import picocli.CommandLine.Command;

@ExtendWith(LeakCheck.class)
class InformingCommandsTest {
    @Test
    void recipesAreListedAndShown() {
        Cli.Result list = Cli.run("recipes");
        assertThat(list.code()).isZero();
        assertThat(list.out())
                .contains(Recipes.names())
                .containsSubsequence(
                        "pictures, in minutes on two cores:\n  dcgan-quick ",
                        "translation of pictures, in half an hour:\n  pix2pix-small ",
                        "points:\n  gan-points ",
                        "papers in full, for a GPU or patience:\n  dcgan ");
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

    private static Stream<String> commands() {
        return Main.COMMANDS.stream()
                .map(type -> type.getAnnotation(Command.class))
                .filter(command -> !command.hidden() && !command.name().equals("help"))
                .map(Command::name);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(String command) {
        Cli.Result help = Cli.run(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.err()).as("warnings").isEmpty();
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
