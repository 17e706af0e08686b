package org.saddlepoint.recipes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.DataChecks;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.training.AdversarialPlayers;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.SampleListener;
import org.saddlepoint.training.SamplePicture;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.TrainingState;

/** A {@link GanRecipe} set up on data. */
public final class GanTraining implements Training {
    private final GanRecipe recipe;
    private final Dataset data;
    private final TrainingState state;
    private final AdversarialPlayers players;
    private final AdversarialStep step;
    private final BatchLoader loader;

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
        state = setup.start();
        try {
            LoaderConfig loading = LoaderConfig.of(recipe.examplesPerStep(), setup.seed())
                    .withBalance(recipe.conditioning().balancedBatches());
            Shape example = shape(data.shape().dimensions());
            MemoryNeed.require(
                    recipe.name(),
                    recipe.updates().batchSize(),
                    example.elements(),
                    recipe.discriminator().keptForBackward(example),
                    loading,
                    setup.device());
            Game game = recipe.game(setup.precision());
            game.requireSample(example);
            players = AdversarialPlayers.build(
                    recipe.networks(data.classNames().size(), data.vectorNames().size()),
                    recipe.learning(),
                    example,
                    setup.device(),
                    state.random().networks());
            step = new AdversarialStep(
                    players,
                    recipe.latent(),
                    game,
                    recipe.updates(),
                    recipe.conditioning().plan());
            loader = new BatchLoader(data, loading);
            state.horizon(new Horizon(recipe.steps(), step.examplesPerStep(), data.size()));
        } catch (IllegalArgumentException unfit) {
            state.close();
            throw new RecipeException(
                    "the recipe " + recipe.name() + " does not fit " + data.name() + ": " + unfit.getMessage(), unfit);
        } catch (RuntimeException refused) {
            state.close();
            throw refused;
        }
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
                players.generator().network().parameterCount(),
                players.discriminator().network().parameterCount(),
                recipe.updates().batchSize());
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
    public void close() {
        loader.close();
        step.close();
        state.close();
    }
}
