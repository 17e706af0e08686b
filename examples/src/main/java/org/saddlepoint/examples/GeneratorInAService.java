package org.saddlepoint.examples;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.SampleSheet;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.Checkpoint;
import org.saddlepoint.training.TrainingState;

/** Loads the generator of a finished run and draws single pictures, as a service would. */
public final class GeneratorInAService implements AutoCloseable {
    private final TrainingState state = new TrainingState(0);
    private final GanRecipe recipe;
    private final int[] example;
    private final AdversarialPair networks;

    /** Loads the last checkpoint of a run of pictures. */
    public GeneratorInAService(Path run) {
        // snippet: load
        RunFolder folder = RunFolder.open(run);
        recipe = Recipes.parse(folder.recipe(), "recipe.yaml", Map.of()).asGan();
        example = folder.manifest().data().exampleShape().stream()
                .mapToInt(size -> size)
                .toArray();
        networks = GanTraining.networks(recipe, folder.manifest().data(), Device.CPU, state);
        Checkpoint.restoreNetworks(folder.latestCheckpoint().orElseThrow().path(), networks);
        // end
    }

    /** A picture; the same seed gives the same one. */
    public BufferedImage draw(long seed) {
        // snippet: draw
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            float[] pixels = networks.sample(recipe.latent().sample(1, random)).toFloatArray();
            return SampleSheet.single(pixels, example[0], example[1], example[2]);
        }
        // end
    }

    @Override
    public void close() {
        networks.close();
        state.close();
    }
}
