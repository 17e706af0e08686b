package org.saddlepoint.recipes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.DataChecks;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.HeldOut;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.data.Shard;
import org.saddlepoint.diagnostics.Facts;
import org.saddlepoint.diagnostics.GanProbe;
import org.saddlepoint.diagnostics.Probe;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.distributed.Ranks;
import org.saddlepoint.training.AdversarialPlayers;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.SampleListener;
import org.saddlepoint.training.SamplePicture;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.UpdatePlan;

/** A {@link GanRecipe} set up on data. */
public final class GanTraining implements Training {
    private final GanRecipe recipe;
    private final Dataset data;
    private final HeldOut parts;
    private final TrainingState state;
    private final AdversarialPlayers players;
    private final AdversarialStep step;
    private final BatchLoader loader;
    private final List<String> idle;
    private final UpdatePlan plan;

    /**
     * Sets a recipe up; the data stays the caller's.
     *
     * @throws RecipeException if the networks do not fit the data, or it lacks what they are conditioned on
     * @throws TensorException if the batch does not fit the memory
     */
    public GanTraining(GanRecipe recipe, Dataset data, TrainingSetup setup) {
        DataChecks.requireUsable(data);
        recipe.conditioning().require(recipe.name(), data);
        this.recipe = recipe;
        this.data = data;
        parts = HeldOut.of(data, recipe.heldOut());
        state = setup.start();
        try {
            Ranks ranks = setup.ranks(recipe.updates().batchSize());
            plan = ranks.isAlone() ? recipe.updates() : recipe.updates().withBatchSize(ranks.examples());
            LoaderConfig loading = LoaderConfig.of(
                            AdversarialStep.examplesPerStep(plan, recipe.objective()), setup.seed())
                    .withBalance(recipe.conditioning().balancedBatches())
                    .withShard(new Shard(ranks.first(), ranks.examples(), ranks.batch()));
            Shape example = shape(data.shape().dimensions());
            MemoryNeed.require(
                    recipe.name(),
                    plan.batchSize(),
                    example.elements(),
                    recipe.discriminator().keptForBackward(example),
                    loading,
                    setup.device());
            Game game = recipe.game(setup.precision());
            game.requireSample(example);
            recipe.discriminator().requireBatch(plan.batchSize());
            idle = game.idle(example);
            players = AdversarialPlayers.build(
                    recipe.networks(data.classNames().size(), data.vectorNames().size()),
                    recipe.learning(),
                    example,
                    setup.device(),
                    state.random().networks());
            step = new AdversarialStep(
                    players, recipe.latent(), game, plan, recipe.conditioning().plan());
            requireStyles();
            setup.join(step, state, ranks);
            loader = new BatchLoader(parts.training(), loading);
            state.horizon(new Horizon(
                    recipe.steps(),
                    ranks.ofAll(step.examplesPerStep()),
                    parts.training().size()));
        } catch (IllegalArgumentException unfit) {
            state.close();
            throw new RecipeException(
                    "the recipe " + recipe.name() + " does not fit " + data.name() + ": " + unfit.getMessage(), unfit);
        } catch (RuntimeException refused) {
            state.close();
            throw refused;
        }
    }

    /** Frees the networks where a regularizer needs styles that there are none of. */
    private void requireStyles() {
        if (players.generator().network().byStyles().isPresent()) {
            return;
        }
        recipe.regularizers().forEach((name, regularizer) -> {
            if (regularizer.needsStyles()) {
                step.close();
                throw new IllegalArgumentException(
                        "regularizers." + name + " needs a generator that goes through styles;"
                                + " leave it out, or set generator.family: stylegan2, with conditioning.generator.way: mapping"
                                + " if it is conditional");
            }
        });
    }

    private static Shape shape(int[] example) {
        return Shape.of(Arrays.stream(example).asLongStream().toArray());
    }

    /** The settings. */
    public GanRecipe recipe() {
        return recipe;
    }

    @Override
    public TrainingState state() {
        return state;
    }

    /** The players. */
    public AdversarialPlayers players() {
        return players;
    }

    @Override
    public AdversarialStep step() {
        return step;
    }

    @Override
    public BatchLoader loader() {
        return loader;
    }

    @Override
    public String description() {
        return String.format(
                        Locale.ROOT,
                        "generator %,d weights, discriminator %,d; batch %,d",
                        generatorWeights(),
                        discriminatorWeights(),
                        recipe.updates().batchSize())
                + parts.heldOut()
                        .map(held -> "; " + held.size() + " examples held out for the diagnosis")
                        .orElse("")
                + idle.stream().map(line -> "; " + line).collect(Collectors.joining());
    }

    @Override
    public long generatorWeights() {
        return players.generator().network().parameterCount();
    }

    @Override
    public long discriminatorWeights() {
        return players.discriminator().network().parameterCount();
    }

    @Override
    public String useWith(Path run) {
        return "draw more with: saddlepoint sample " + ShellWord.quote(run);
    }

    @Override
    public SampleListener samples(RunFolder folder, String title, long seed) {
        SamplePicture picture = new SamplePicture(players, recipe.latent(), data, seed);
        if (onClusters()) {
            picture = picture.ofMixedClasses();
        }
        return new SampleListener(picture, title, folder, recipe.sampleEvery());
    }

    private boolean onClusters() {
        return recipe.conditioning().on() == ConditioningConfig.On.CLUSTERS;
    }

    @Override
    public long steps() {
        return recipe.steps();
    }

    @Override
    public Evaluation evaluation(Evaluator evaluator, Dataset against) {
        GeneratorSamples samples = new GeneratorSamples(
                players::sample,
                players.hasAverage(),
                players.condition(),
                recipe.latent(),
                data.shape().dimensions(),
                data.classNames(),
                onClusters() ? DataDifference.summary(data).classCounts() : List.of());
        return new GanEvaluation(samples, "the generator", evaluator, against);
    }

    @Override
    public Probe probe(long seed) {
        return new GanProbe(players, step, recipe.latent(), plan.batchSize(), parts, seed);
    }

    @Override
    public Facts facts() {
        return RecipeFacts.of(
                recipe, parts.training().size(), !data.shape().images().isEmpty());
    }

    @Override
    public void close() {
        loader.close();
        step.close();
        state.close();
    }
}
