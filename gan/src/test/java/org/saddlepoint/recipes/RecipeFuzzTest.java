package org.saddlepoint.recipes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** Recipes, values of {@code --set} and plans of evaluations, mutated. */
class RecipeFuzzTest {
    private static final String[] YAML = {
        "&a ",
        "*a",
        "*a,",
        "!!java.net.URL ",
        "!x ",
        "? ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "{a: ",
        "\n",
        "\n  ",
        "\n- ",
        ": ",
        "|\n",
        ">\n",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\"",
        "'",
        "\\u0000",
        "#",
        "\t",
        "<<: ",
        "&a [*a, *a]",
        "~",
        "0x7f",
        "1:30",
        "yes",
        "\u00ff\u00fe"
    };

    private static final Path FILE = Scratch.file("fuzzed.yaml");

    private static final Fuzzing RECIPE = new Fuzzing(Format.of(
                    List.of(recipe("dcgan-quick"), recipe("wgan-gp-conditional"), recipe("gngan")),
                    file -> Recipes.format(Recipes.read(Files.write(FILE, file), Map.of())),
                    RecipeException.class)
            .words(YAML));

    private static final Fuzzing SETTING =
            new Fuzzing(Format.of(List.of(bytes("64"), bytes("0x40")), RecipeFuzzTest::set, RecipeException.class)
                    .words(YAML));

    private static final RunFolder RUN = RunFolder.create(Scratch.folder().resolve("run"));

    private static final Fuzzing PLAN =
            new Fuzzing(Format.of(List.of(plan()), RecipeFuzzTest::readPlan, RunException.class)
                    .words("{", "}", "[", "]", "[[", "{\"a\":", "\"", "\\n", ",", ":", "null"));

    @Property
    void recipes(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        RECIPE.check(mutation);
    }

    @Property
    void settings(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        SETTING.check(mutation);
    }

    @Property
    void plans(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        PLAN.check(mutation);
    }

    private static void set(byte[] value) {
        Recipes.load("dcgan-quick", Map.of("updates.batchSize", new String(value, StandardCharsets.UTF_8)));
    }

    private static void readPlan(byte[] file) throws IOException {
        Files.write(RUN.evaluationPlanFile(), file);
        EvaluationPlan.of(RUN);
    }

    private static byte[] plan() {
        try {
            Metric metric = Metrics.ALL.get(0);
            EvaluationConfig config = new EvaluationConfig(
                    java.util.Set.of(metric), 1000, EvaluationConfig.BATCH, Resizing.values()[0], true, 7);
            new EvaluationPlan(100, config, "digits", metric.quantities().get(0).name(), "").write(RUN);
            return Files.readAllBytes(RUN.evaluationPlanFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] recipe(String name) {
        return bytes(Recipes.text(name));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
