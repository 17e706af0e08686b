package org.saddlepoint.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.SampleSheet;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.Precision;

/** Trains a recipe from code and writes a sheet of pictures. */
public final class DcganOnDigits {
    private DcganOnDigits() {}

    /** Arguments: how many steps, and the file of the sheet. */
    public static void main(String[] arguments) {
        run(Long.parseLong(arguments[0]), Path.of(arguments[1]));
    }

    static void run(long steps, Path sheet) {
        // snippet: train
        GanRecipe recipe = Recipes.gan("dcgan-quick", Map.of("network.width", "16"));
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT);
                GanTraining training = new GanTraining(recipe, digits, 7, Device.CPU, Precision.FLOAT32)) {
            training.trainer(List.of()).runUntil(steps);

            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(1)) {
                Tensor pictures = training.networks().sample(recipe.latent().sample(64, random));
                SampleSheet.of(64, 1, 28, 28).write(pictures.toFloatArray(), sheet);
            }
        }
        // end
    }
}
