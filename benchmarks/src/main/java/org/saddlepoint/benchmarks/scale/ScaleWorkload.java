package org.saddlepoint.benchmarks.scale;

import java.util.Map;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;

/** What is trained: a recipe, on noise. */
public enum ScaleWorkload {
    /** Radford et al. (2016) at the paper's size. */
    DCGAN("dcgan", new ImageShape(3, 64, 64), 32),

    /** Gulrajani et al. (2017) for CIFAR-10: five updates of the critic a step. */
    WGAN_GP("wgan-gp", new ImageShape(3, 32, 32), 64),

    /** Points in the plane, for tests: next to nothing is computed. */
    POINTS("gan-points", new PointShape(2), 64);

    private final String recipe;

    @SuppressWarnings("ImmutableEnumChecker") // shapes are records of values
    private final ExampleShape shape;

    private final int batchSize;

    ScaleWorkload(String recipe, ExampleShape shape, int batchSize) {
        this.recipe = recipe;
        this.shape = shape;
        this.batchSize = batchSize;
    }

    ExampleShape shape() {
        return shape;
    }

    /** Examples of an update, of all ranks together. */
    int batchSize() {
        return batchSize;
    }

    Recipe recipe(int batch) {
        return Recipes.load(recipe, Map.of("heldOut", "0", "updates.batchSize", Integer.toString(batch)));
    }

    @Override
    public String toString() {
        return recipe;
    }
}
