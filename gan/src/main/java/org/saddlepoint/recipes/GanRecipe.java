package org.saddlepoint.recipes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.InstanceNoise;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageFormat;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.NetworkConfig;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.AdversarialConfig;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.LearningRates;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.UpdatePlan;

/**
 * The full settings of a method with a generator from latents.
 *
 * @param name what it is called on the command line
 * @param summary one line for the list of recipes
 * @param images what pictures are made into; points ignore it
 * @param network the family of networks and its settings
 * @param conditioning what the networks are asked for, and how they take it
 * @param latent the prior of the generator
 * @param objective what the two players minimize
 * @param constraints of the discriminator, by a name for metrics, in the order they are applied
 * @param instanceNoise what blurs all that the discriminator sees
 * @param updates who is updated when, and on how many samples
 * @param generatorOptimizer how the generator learns
 * @param discriminatorOptimizer how the discriminator learns
 * @param learningRates how the learning rates change
 * @param average the generator's moving average
 * @param steps how long it trains unless the user says otherwise, in updates of the generator
 * @param logEvery steps from one line of metrics to the next
 * @param sampleEvery steps from one sheet of samples to the next
 * @param checkpointEvery steps from one checkpoint to the next
 */
public record GanRecipe(
        String name,
        String summary,
        Images images,
        NetworkConfig network,
        ConditioningConfig conditioning,
        Latent latent,
        Objective objective,
        Map<String, Constraint> constraints,
        InstanceNoise instanceNoise,
        UpdatePlan updates,
        OptimizerConfig generatorOptimizer,
        OptimizerConfig discriminatorOptimizer,
        LearningRates learningRates,
        AverageConfig average,
        long steps,
        int logEvery,
        int sampleEvery,
        int checkpointEvery)
        implements Recipe {

    /**
     * What pictures are made into.
     *
     * @param size side of the square in pixels, or 0 for the data's choice
     * @param channels 1 for grey, 3 for colour, or 0 for the data's choice
     * @param upscale whether smaller pictures are enlarged, or refused
     * @param dequantize whether training adds noise of one level of 8-bit pixels
     */
    public record Images(int size, int channels, boolean upscale, boolean dequantize) {
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

    public GanRecipe {
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints)); // their order counts
        requirePositive("steps", steps);
        requirePositive("logEvery", logEvery);
        requirePositive("sampleEvery", sampleEvery);
        requirePositive("checkpointEvery", checkpointEvery);
    }

    @Override
    public long steps(int examples) {
        return steps;
    }

    @Override
    public DataOptions dataOptions() {
        return DataOptions.DEFAULT.withImageFormat(images.format());
    }

    @Override
    public GanTraining train(Dataset data, long seed, Device device, Precision precision) {
        return new GanTraining(this, data, seed, device, precision);
    }

    @Override
    public GanRecipe asGan() {
        return this;
    }

    /** Real examples that one step takes. */
    int examplesPerStep() {
        return AdversarialStep.examplesPerStep(updates, objective);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be >= 1 but was " + value);
        }
    }

    /** The settings of a training step with this arithmetic. */
    public AdversarialConfig step(Precision precision) {
        return new AdversarialConfig(
                updates,
                images.dequantize(),
                instanceNoise,
                conditioning.plan(),
                constraints,
                generatorOptimizer,
                discriminatorOptimizer,
                learningRates,
                steps,
                average,
                precision);
    }
}
