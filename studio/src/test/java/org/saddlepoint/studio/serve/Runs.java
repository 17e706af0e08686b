package org.saddlepoint.studio.serve;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.studio.serve.ServeOptions.Limits;

/** Runs of a few steps. */
final class Runs {
    /** On this machine, and patient: on one that is slow or busy no honest request is given up. */
    static final ServeOptions SERVED = ServeOptions.DEFAULT
            .at("127.0.0.1", 0)
            .limits(Limits.DEFAULT.timeout(Duration.ofMinutes(10)).patience(Duration.ofMinutes(5)));

    private Runs() {}

    static Path train(Path folder, String recipeName, String spec, int steps) {
        Recipe recipe = Recipes.load(recipeName, Map.of("steps", Integer.toString(steps), "checkpointEvery", "1"));
        try (Dataset data = DataSources.open(spec, recipe.dataOptions())) {
            Run.train(recipe, data, folder, RunOptions.DEFAULT.threads(1));
        }
        return folder;
    }
}
