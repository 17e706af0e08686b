package org.saddlepoint.recipes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GeneratorRegularizer;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.HeldOut;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.input.Require;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.AdversarialPlayers;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.LossWeights;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.UpdatePlan;
import org.saddlepoint.views.View;

/**
 * The full settings of a method with a generator from latents.
 *
 * @param name what it is called on the command line
 * @param summary one line for the list of recipes
 * @param images what pictures are made into; points ignore it
 * @param generator the family of generators and its settings
 * @param discriminator the family of discriminators and its settings
 * @param conditioning what the networks are asked for, and how they take it
 * @param latent the prior of the generator
 * @param objective what the two players minimize
 * @param weights of the objective's losses
 * @param constraints of the discriminator, by a name for metrics, in the order they are applied
 * @param regularizers of the generator, by a name for metrics
 * @param views of everything that the discriminator sees, by name, in this order
 * @param updates who is updated when, and on how many samples
 * @param generatorOptimizer how the generator learns
 * @param discriminatorOptimizer how the discriminator learns
 * @param average the generator's moving average
 * @param heldOut share of the examples that nothing learns from, by which a diagnosis sees overfitting, see {@link HeldOut}
 * @param steps how long it trains unless the user says otherwise, in updates of the generator
 * @param logEvery steps from one line of metrics to the next
 * @param sampleEvery steps from one sheet of samples to the next; 0 for steps 1, 10, 50 and 100, then by time
 * @param checkpointEvery steps from one checkpoint to the next
 */
public record GanRecipe(
        String name,
        String summary,
        Images images,
        GeneratorConfig generator,
        DiscriminatorConfig discriminator,
        ConditioningConfig conditioning,
        Latent latent,
        Objective objective,
        LossWeights weights,
        Map<String, Constraint> constraints,
        Map<String, GeneratorRegularizer> regularizers,
        Map<String, View> views,
        UpdatePlan updates,
        OptimizerConfig generatorOptimizer,
        OptimizerConfig discriminatorOptimizer,
        AverageConfig average,
        double heldOut,
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

    public GanRecipe {
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints)); // their order counts
        regularizers = Collections.unmodifiableMap(new LinkedHashMap<>(regularizers));
        views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
        Require.within(0, 0.5, "heldOut", heldOut);
        Require.atLeast(1, "steps", steps);
        Require.atLeast(1, "logEvery", logEvery);
        Require.atLeast(0, "sampleEvery", sampleEvery);
        Require.atLeast(1, "checkpointEvery", checkpointEvery);
    }

    @Override
    public long steps(int examples) {
        return steps;
    }

    @Override
    public int examplesPerStep() {
        return AdversarialStep.examplesPerStep(updates, objective);
    }

    @Override
    public List<String> loadingHints(RunManifest.Data learnt, List<String> files) {
        return List.of("load with: safetensors.torch.load_file(FILE)");
    }

    @Override
    public DataOptions dataOptions() {
        return DataOptions.DEFAULT.withImageFormat(images.format());
    }

    @Override
    public PreparedData prepare(Dataset data, long seed, Consumer<String> notes) {
        return conditioning.on() == ConditioningConfig.On.CLUSTERS
                ? new ClusterSearch(name, data).prepare(seed, notes)
                : PreparedData.asItIs(data);
    }

    @Override
    public PreparedData prepared(Dataset data, RunFolder run) {
        return conditioning.on() == ConditioningConfig.On.CLUSTERS
                ? PreparedData.of(data, SavedClusters.read(run, data))
                : PreparedData.asItIs(data);
    }

    @Override
    public GanTraining train(Dataset data, TrainingSetup setup) {
        return new GanTraining(this, data, setup);
    }

    @Override
    public EvaluationRules evaluationRules() {
        return new GanRules(Optional.of(this));
    }

    @Override
    public RunNetworks networks(RunManifest.Data learnt, Device device, long seed) {
        return new GanRunNetworks(this, learnt, device);
    }

    @Override
    public <T> T asEither(Function<GanRecipe, T> generates, Function<TranslationRecipe, T> translates) {
        return generates.apply(this);
    }

    @Override
    public GanRecipe asGan() {
        return this;
    }

    /** What is played, in this arithmetic. */
    public Game game(Precision precision) {
        return new Game(
                objective,
                weights,
                constraints,
                regularizers,
                views,
                updates.pool(),
                conditioning.classification(),
                precision);
    }

    /**
     * What the networks are.
     *
     * @param classes how many classes the data has; counts only where the recipe has labels as condition
     * @param vectorSize how many numbers describe an example; counts only where the recipe has vectors as condition
     */
    public AdversarialPlayers.Networks networks(int classes, int vectorSize) {
        return new AdversarialPlayers.Networks(
                generator, discriminator, conditioning.networks(classes, vectorSize), latent, constraints.values());
    }

    /** How the networks learn. */
    public AdversarialPlayers.Learning learning() {
        return new AdversarialPlayers.Learning(generatorOptimizer, discriminatorOptimizer, average);
    }
}
