package org.saddlepoint.recipes;

import java.util.OptionalInt;
import org.saddlepoint.data.ImageFormat;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.NetworkConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.training.AdversarialConfig;
import org.saddlepoint.training.Precision;

/**
 * The full settings of one method: with data and a seed it determines a training.
 *
 * @param name what it is called on the command line
 * @param summary one line for the list of recipes
 * @param images what pictures are made into; points ignore it
 * @param network the family of networks and its settings
 * @param latent the prior of the generator
 * @param objective what the two players minimize
 * @param batchSize real examples, and as many generated, in each update
 * @param discriminatorSteps updates of the discriminator for one of the generator
 * @param generatorOptimizer how the generator learns
 * @param discriminatorOptimizer how the discriminator learns
 * @param averageDecay decay of the generator's moving average, 0 for none
 * @param steps how long it trains unless the user says otherwise
 * @param logEvery steps from one line of metrics to the next
 * @param sampleEvery steps from one sheet of samples to the next
 * @param checkpointEvery steps from one checkpoint to the next
 */
public record Recipe(
        String name,
        String summary,
        Images images,
        NetworkConfig network,
        Latent latent,
        Objective objective,
        int batchSize,
        int discriminatorSteps,
        OptimizerConfig generatorOptimizer,
        OptimizerConfig discriminatorOptimizer,
        double averageDecay,
        long steps,
        int logEvery,
        int sampleEvery,
        int checkpointEvery) {

    /**
     * What pictures are made into.
     *
     * @param size side of the square in pixels, or 0 for the data's choice
     * @param channels 1 for grey, 3 for colour, or 0 for the data's choice
     * @param upscale whether smaller pictures are enlarged, or refused
     */
    public record Images(int size, int channels, boolean upscale) {
        public Images {
            format(size, channels, upscale);
        }

        /** The same in the words of the data readers. */
        public ImageFormat format() {
            return format(size, channels, upscale);
        }

        private static ImageFormat format(int size, int channels, boolean upscale) {
            return new ImageFormat(
                    channels == 0 ? OptionalInt.empty() : OptionalInt.of(channels),
                    size == 0 ? OptionalInt.empty() : OptionalInt.of(size),
                    upscale);
        }
    }

    public Recipe {
        step(
                batchSize,
                discriminatorSteps,
                generatorOptimizer,
                discriminatorOptimizer,
                averageDecay,
                Precision.FLOAT32);
        requirePositive("steps", steps);
        requirePositive("logEvery", logEvery);
        requirePositive("sampleEvery", sampleEvery);
        requirePositive("checkpointEvery", checkpointEvery);
    }

    /** Real examples that one step takes. */
    int examplesPerStep() {
        return Math.multiplyExact(batchSize, discriminatorSteps);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be >= 1 but was " + value);
        }
    }

    /** The settings of a training step with this arithmetic. */
    public AdversarialConfig step(Precision precision) {
        return step(batchSize, discriminatorSteps, generatorOptimizer, discriminatorOptimizer, averageDecay, precision);
    }

    private static AdversarialConfig step(
            int batchSize,
            int discriminatorSteps,
            OptimizerConfig generatorOptimizer,
            OptimizerConfig discriminatorOptimizer,
            double averageDecay,
            Precision precision) {
        return new AdversarialConfig(
                batchSize, discriminatorSteps, generatorOptimizer, discriminatorOptimizer, averageDecay, precision);
    }
}
