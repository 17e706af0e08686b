package org.saddlepoint;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;

/** Runs of networks as small as they can be, trained for a few steps. */
final class SmallRuns {
    private SmallRuns() {}

    static Dataset digits() {
        return DataSources.open("digits", DataOptions.DEFAULT);
    }

    static Recipe images(String name, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "generator.width",
                "4",
                "discriminator.width",
                "4",
                "updates.batchSize",
                "8",
                "steps",
                "3",
                "logEvery",
                "1"));
        settings.putAll(more);
        return Recipes.load(name, settings);
    }

    static Recipe points(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "generator.hidden", "[6]",
                "discriminator.hidden", "[5]",
                "latent.size", "3",
                "updates.batchSize", "8",
                "steps", "4",
                "logEvery", "1",
                "checkpointEvery", "2"));
        settings.putAll(more);
        return Recipes.load("gan", settings);
    }

    /** A run on digits. */
    static Run digits(Path folder, String recipe, Map<String, String> more) {
        try (Dataset digits = digits()) {
            return Run.train(images(recipe, more), digits, folder, RunOptions.DEFAULT.seed(7));
        }
    }

    /** A run on pairs of 64×64 noise, whose translators drop numbers where the recipe does, in colour. */
    static Run pairs(Path folder, String recipe, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "images.load", "64",
                "images.crop", "64",
                "translator.downs", "6",
                "translator.width", "2",
                "discriminator.width", "2",
                "discriminator.layers", "1",
                "updates.batchSize", "2",
                "steps", "2"));
        settings.putAll(more);
        return Run.train(Recipes.load(recipe, settings), new Pairs(4, 64), folder, RunOptions.DEFAULT.seed(7));
    }

    /** Pairs of noise that no word of the command line opens. */
    record Pairs(int size, int side) implements Dataset {
        @Override
        public String name() {
            return "pairs of noise";
        }

        @Override
        public ExampleShape shape() {
            return new PairShape(new ImageShape(3, side, side), new ImageShape(3, side, side));
        }

        @Override
        public void read(int index, float[] target, int offset) {
            Random random = new Random(index);
            for (int i = 0; i < shape().elements(); i++) {
                target[offset + i] = 2 * random.nextFloat() - 1;
            }
        }

        @Override
        public OptionalInt label(int index) {
            return OptionalInt.empty();
        }

        @Override
        public List<String> classNames() {
            return List.of();
        }

        @Override
        public String fingerprint() {
            return "noise of " + size + " " + side;
        }

        @Override
        public List<Skipped> skipped() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
