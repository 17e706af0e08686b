package org.saddlepoint.recipes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GeneratorRegularizer;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.pairs.PairFormat;
import org.saddlepoint.export.OfficialOptions;
import org.saddlepoint.input.Require;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.Inference;
import org.saddlepoint.training.LossWeights;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.TranslationMethod;
import org.saddlepoint.training.TranslationPlayers;
import org.saddlepoint.views.View;

/**
 * The full settings of a method that translates pictures of one kind into another.
 *
 * @param name what it is called on the command line
 * @param summary one line for the list of recipes
 * @param images what pictures are made into
 * @param translator the family of translators and its settings
 * @param discriminator the settings of the discriminators
 * @param method what translators learn from, beside discriminators
 * @param objective what both sides minimize
 * @param weights of the objective's losses
 * @param constraints of the discriminators, by a name for metrics, in the order they are applied
 * @param regularizers of the translators, by a name for metrics
 * @param views of everything that the discriminators see, by name, in this order
 * @param updates on how many pictures each step learns
 * @param generatorOptimizer how translators learn
 * @param discriminatorOptimizer how discriminators learn
 * @param average the moving averages of the translators
 * @param inference how the trained translators are used
 * @param epochs how long it trains, in passes through the data
 * @param steps how long it trains instead, or 0 for the epochs
 * @param logEvery steps from one line of metrics to the next
 * @param sampleEvery steps from one sheet of samples to the next; 0 for steps 1, 10, 50 and 100, then by time
 * @param checkpointEvery steps from one checkpoint to the next
 */
public record TranslationRecipe(
        String name,
        String summary,
        Images images,
        TranslatorConfig translator,
        DiscriminatorConfig discriminator,
        TranslationMethod method,
        Objective objective,
        LossWeights weights,
        Map<String, Constraint> constraints,
        Map<String, GeneratorRegularizer> regularizers,
        Map<String, View> views,
        Updates updates,
        OptimizerConfig generatorOptimizer,
        OptimizerConfig discriminatorOptimizer,
        AverageConfig average,
        Inference inference,
        int epochs,
        long steps,
        int logEvery,
        int sampleEvery,
        int checkpointEvery)
        implements Recipe {

    /**
     * What pictures are made into.
     *
     * @param load side of the square they are resized to
     * @param crop side of the square cut from it at random
     * @param flip whether half of them are mirrored
     * @param channelsA 1 for grey, 3 for colour, or 0 for the data's choice
     * @param channelsB the same of the other kind
     */
    public record Images(int load, int crop, boolean flip, int channelsA, int channelsB) {
        public Images {
            format(load, crop, flip, channelsA, channelsB);
        }

        /** The same in the words of the data readers. */
        public PairFormat format() {
            return format(load, crop, flip, channelsA, channelsB);
        }

        private static PairFormat format(int load, int crop, boolean flip, int channelsA, int channelsB) {
            return new PairFormat(load, crop, flip, channels(channelsA), channels(channelsB));
        }

        private static OptionalInt channels(int channels) {
            return channels == 0 ? OptionalInt.empty() : OptionalInt.of(channels);
        }
    }

    /**
     * On how many pictures each step learns.
     *
     * @param batchSize pictures of each kind
     * @param pool how many generated pictures each discriminator is shown again
     */
    public record Updates(int batchSize, int pool) {
        public Updates {
            Require.atLeast(1, "batchSize", batchSize);
            Require.atLeast(0, "pool", pool);
        }
    }

    public TranslationRecipe {
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints)); // their order counts
        regularizers = Collections.unmodifiableMap(new LinkedHashMap<>(regularizers));
        views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
        Require.atLeast(1, "epochs", epochs);
        Require.atLeast(0, "steps", steps);
        Require.atLeast(1, "logEvery", logEvery);
        Require.atLeast(0, "sampleEvery", sampleEvery);
        Require.atLeast(1, "checkpointEvery", checkpointEvery);
        if (images.crop() % translator.multiple() != 0) {
            int below = images.crop() / translator.multiple() * translator.multiple();
            throw new IllegalArgumentException("images.crop must be a multiple of " + translator.multiple()
                    + " for these translators but was " + images.crop() + "; the nearest are "
                    + (below == 0 ? "" : below + " and ") + (below + translator.multiple()));
        }
    }

    @Override
    public int examplesPerStep() {
        return updates.batchSize();
    }

    @Override
    public long steps(int examples) {
        return steps > 0 ? steps : ((long) epochs * examples + updates.batchSize() - 1) / updates.batchSize();
    }

    @Override
    public DataOptions dataOptions() {
        return DataOptions.DEFAULT.withPairFormat(images.format());
    }

    @Override
    public TranslationTraining train(Dataset data, TrainingSetup setup) {
        return new TranslationTraining(this, data, setup);
    }

    @Override
    public void requireTrainable() {
        if (method instanceof TranslationMethod.Elsewhere) {
            throw new RecipeException("the recipe " + name + " has translators that were trained elsewhere, and no"
                    + " discriminators to train them on with; use translate, or begin anew with train "
                    + (method.bothWays() ? "cyclegan" : "pix2pix"));
        }
    }

    @Override
    public EvaluationRules evaluationRules() {
        return new TranslationRules(this);
    }

    @Override
    public RunNetworks networks(RunManifest.Data learnt, Device device, long seed) {
        return new TranslationRunNetworks(this, learnt, device, seed);
    }

    @Override
    public boolean bothWays() {
        return method.bothWays();
    }

    @Override
    public List<String> loadingHints(RunManifest.Data learnt, List<String> files) {
        String options = OfficialOptions.of(
                translator,
                TranslationTraining.channels(learnt, Direction.A2B),
                TranslationTraining.channels(learnt, Direction.B2A));
        String file = files.get(0);
        return List.of(
                "in the official code the translator is: " + options,
                "it reads .pth; in Python: torch.save(safetensors.torch.load_file(\"" + file + "\"), \""
                        + file.replace(".safetensors", ".pth") + "\")");
    }

    @Override
    public <T> T asEither(Function<GanRecipe, T> generates, Function<TranslationRecipe, T> translates) {
        return translates.apply(this);
    }

    @Override
    public TranslationRecipe asTranslation() {
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
                AuxiliaryClassification.NONE,
                precision);
    }

    /** The translators between pictures of so many channels. */
    public TranslationPlayers.Networks networks(int channelsA, int channelsB) {
        return new TranslationPlayers.Networks(translator, method, channelsA, channelsB);
    }
}
