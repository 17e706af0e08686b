package org.saddlepoint.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.training.TrainingSetup;

/** The recipes that docs/results.md compares. */
@ExtendWith(LeakCheck.class)
class ComparisonRecipesTest {
    private static final Path FOLDER = Path.of("comparisons");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void allFolders() throws IOException {
        assertThat(files().stream().map(file -> file.getParent().getFileName().toString()))
                .contains("conditional", "gn-ablations", "small", "stacked");
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachTrainsOnItsData(Path file) {
        Recipe recipe = Recipes.read(file, Map.of("updates.batchSize", "4"));
        Dataset data = DataSources.open(
                file.getParent().endsWith("stacked") ? "stacked-digits" : "digits", recipe.dataOptions());
        Dataset prepared = recipe.prepare(data, 0, note -> {}).dataset();
        try (Training training = recipe.train(prepared, TrainingSetup.of(0))) {
            training.trainer(List.of()).runUntil(1);
            assertThat(training.state().step()).isEqualTo(1);
        }
    }
}
