package org.saddlepoint.examples;

import java.nio.file.Path;
import java.util.Map;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.Samples;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;

/** Trains a recipe from code and writes a sheet of images. */
public final class DcganOnDigits {
    private DcganOnDigits() {}

    /** Arguments: how many steps, the folder of the run, which is new, and the file of the sheet. */
    public static void main(String[] arguments) {
        run(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]));
    }

    static void run(String steps, Path folder, Path sheet) {
        // snippet: train
        Recipe recipe = Recipes.load(
                "dcgan-quick", Map.of("generator.width", "16", "discriminator.width", "16", "steps", steps));
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT)) {
            Run.train(recipe, digits, folder, RunOptions.DEFAULT.seed(7)); // all commands can use the folder
        }
        try (TrainedGenerator generator = TrainedGenerator.open(folder)) {
            Samples samples = generator.sample(SampleOptions.of(64).seed(1));
            SampleSheet.of(64, 1, 28, 28).write(samples.toFloatArray(), sheet);
        }
        // end
    }
}
