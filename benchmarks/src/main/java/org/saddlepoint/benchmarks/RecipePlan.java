package org.saddlepoint.benchmarks;

import java.util.List;
import java.util.Map;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;

/**
 * Steps of a recipe.
 *
 * @param recipe its name
 * @param settings of it that are not the recipe's
 * @param shape of the examples
 * @param period steps after which the work of a step repeats
 */
record RecipePlan(String recipe, Map<String, String> settings, ExampleShape shape, int period) implements WorkloadPlan {
    private static final String BATCH_SIZE = "updates.batchSize";

    /** A recipe with a generator from latents, as it is, with nothing held out. */
    static RecipePlan of(String recipe, ExampleShape shape) {
        return new RecipePlan(recipe, Map.of("heldOut", "0"), shape, 1);
    }

    /** A recipe that translates square colour pictures of this side, one of each kind a step as its authors have it. */
    static RecipePlan translating(String recipe, int side) {
        ImageShape image = new ImageShape(3, side, side);
        return new RecipePlan(recipe, Map.of(BATCH_SIZE, "1"), new PairShape(image, image), 1);
    }

    /** The same with penalties that are computed lazily. */
    RecipePlan withPeriod(int steps) {
        return new RecipePlan(recipe, settings, shape, steps);
    }

    private Recipe load() {
        return Recipes.load(recipe, settings);
    }

    /** The one batch size that the recipe states, whatever the settings of the benchmark are. */
    @Override
    public List<Integer> batchSizes(BenchmarkConfig config) {
        int batchSize = load().asEither(
                        gan -> gan.updates().batchSize(),
                        translation -> translation.updates().batchSize());
        return List.of(batchSize);
    }

    @Override
    public RecipeWorkload open(int batchSize, BenchmarkConfig config, long seed) {
        return new RecipeWorkload(load(), shape, config.precision(), seed);
    }
}
