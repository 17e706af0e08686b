package org.saddlepoint.benchmarks;

import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingSetup;

/**
 * Steps of a recipe's training on one batch of noise. {@code gan_step.py}, {@code modern_step.py} and {@code
 * translation_step.py} beside this class do the same work in PyTorch; whoever changes the recipes or one of the two sides changes the others.
 */
public final class RecipeWorkload implements Workload {
    private final Training training;
    private final Batch batch;

    /**
     * Networks and examples from a seed.
     *
     * @param shape of the examples
     * @param precision of the networks' forward passes
     */
    public RecipeWorkload(Recipe recipe, ExampleShape shape, Precision precision, long seed) {
        this(recipe, shape, TrainingSetup.of(seed, Device.CPU, precision));
    }

    /**
     * As one of several processes, if the setup has them: with its part of the examples.
     *
     * @param shape of the examples
     */
    public RecipeWorkload(Recipe recipe, ExampleShape shape, TrainingSetup setup) {
        NoiseExamples examples = new NoiseExamples(shape, recipe.examplesPerStep(), setup.seed());
        training = recipe.train(examples, setup);
        batch = setup.processes().isEmpty()
                ? examples.batch()
                : training.loader().next();
    }

    @Override
    public StepReport step() {
        StepReport report = training.state().ranks().step(() -> training.step().run(batch, training.state()));
        training.state().advance(training.step().examplesPerStep()); // lazy penalties and schedules follow the count
        return report;
    }

    @Override
    public Weights weights() {
        return new Weights(training.generatorWeights(), training.discriminatorWeights());
    }

    @Override
    public void close() {
        training.close();
    }
}
