package org.saddlepoint.recipes;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.NetworkConditioning;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;

/**
 * The networks of a run as they are used after training: the generator or the translators alone, without discriminators and
 * optimizers. Their weights are for a checkpoint to replace.
 */
public final class TrainedNetworks {
    private static final int IMAGE_AXES = 3;

    private TrainedNetworks() {}

    /**
     * The generator of a run on a device, in evaluation mode.
     *
     * @param data what the run learned from
     */
    public static Generator generator(GanRecipe recipe, RunManifest.Data data, Device device) {
        Shape sample = Shape.of(
                data.exampleShape().stream().mapToLong(Integer::longValue).toArray());
        try (RandomGenerator replaced = new RandomGenerator(0)) {
            Generator generator =
                    conditioning(recipe, data).generator(recipe.generator(), recipe.latent(), sample, replaced);
            generator.to(device);
            generator.train(false);
            return generator;
        }
    }

    /** What the generator of a run can be asked for. */
    public static ConditionShape condition(GanRecipe recipe, RunManifest.Data data) {
        return conditioning(recipe, data).condition();
    }

    private static NetworkConditioning conditioning(GanRecipe recipe, RunManifest.Data data) {
        return recipe.conditioning()
                .networks(data.classNames().size(), data.vectorNames().size());
    }

    /** The shape of the samples of a run that generates. */
    public static ExampleShape sampleShape(RunManifest.Data data) {
        List<Integer> sizes = data.exampleShape();
        return sizes.size() == IMAGE_AXES
                ? new ImageShape(sizes.get(0), sizes.get(1), sizes.get(2))
                : new PointShape(sizes.get(0));
    }

    /**
     * The translators of a run on a device, in the mode of the recipe's {@link Inference}; where one network translates both
     * ways, both directions have the same.
     *
     * @param dropout draws the weights, and then dropout as long as the networks are used
     */
    public static Map<Direction, ImageTranslator> translators(
            TranslationRecipe recipe, RunManifest.Data data, Device device, RandomGenerator dropout) {
        Map<Direction, ImageTranslator> networks = new EnumMap<>(Direction.class);
        ImageTranslator forth = translator(recipe, data, Direction.A2B, dropout);
        networks.put(Direction.A2B, forth);
        if (recipe.method().oneTranslator()) {
            networks.put(Direction.B2A, forth);
        } else if (recipe.method().bothWays()) {
            networks.put(Direction.B2A, translator(recipe, data, Direction.B2A, dropout));
        }
        for (ImageTranslator network : networks.values()) {
            network.to(device);
            network.train(recipe.inference() == Inference.TRAINING);
        }
        return networks;
    }

    private static ImageTranslator translator(
            TranslationRecipe recipe, RunManifest.Data data, Direction direction, RandomGenerator random) {
        return recipe.translator()
                .create(
                        TranslationTraining.channels(data, direction),
                        TranslationTraining.channels(data, direction.back()),
                        random);
    }

    /**
     * The state of the generator of random numbers that dropout begins with for a seed: what is left behind the initial weights
     * of all translators of the training, its moving averages included. So the first picture that {@code translate --seed}
     * translates is the same in every release.
     */
    public static byte[] dropout(TranslationRecipe recipe, RunManifest.Data data, long seed) {
        try (RandomGenerator random = new RandomGenerator(seed)) {
            int sets = recipe.average().isNone() ? 1 : 2;
            for (int set = 0; set < sets; set++) {
                close(translators(recipe, data, Device.CPU, random));
            }
            return random.state();
        }
    }

    /** Frees translators, each once. */
    public static void close(Map<Direction, ImageTranslator> translators) {
        Set<ImageTranslator> distinct = new LinkedHashSet<>(translators.values());
        distinct.forEach(ImageTranslator::close);
    }
}
