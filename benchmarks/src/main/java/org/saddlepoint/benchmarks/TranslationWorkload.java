package org.saddlepoint.benchmarks;

import java.util.Map;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.TranslationRecipe;
import org.saddlepoint.recipes.TranslationTraining;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingSetup;

/**
 * Steps of the recipe for image translation that has the method's name, on one pair of pictures of noise, in the recipe's
 * size and in colour. {@code translation_step.py} beside this class does the same work in PyTorch; whoever changes the
 * recipes or one of the two changes the others.
 */
public final class TranslationWorkload implements Workload {
    /** The authors of both methods train on one picture of each kind a step. */
    static final int BATCH_SIZE = 1;

    private static final int CHANNELS = 3;

    private final TranslationTraining training;
    private final Batch batch;

    /**
     * Networks and a pair of pictures from a seed.
     *
     * @param method one that {@link Method#translates}
     * @param precision of the networks' forward passes
     */
    public TranslationWorkload(Method method, Precision precision, long seed) {
        Map<String, String> settings = Map.of("updates.batchSize", Integer.toString(BATCH_SIZE));
        TranslationRecipe recipe = Recipes.load(method.toString(), settings).asTranslation();
        int side = recipe.images().crop();
        ImageShape image = new ImageShape(CHANNELS, side, side);
        NoisePairs pairs = new NoisePairs(new PairShape(image, image), seed);
        batch = pairs.batch();
        training = recipe.train(pairs, TrainingSetup.of(seed, Device.CPU, precision));
    }

    @Override
    public StepReport step() {
        return training.step().run(batch, training.state());
    }

    /** The networks and their sizes in one line. */
    String description() {
        return training.description();
    }

    @Override
    public void close() {
        training.close();
    }
}
