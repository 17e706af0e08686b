package org.saddlepoint.recipes;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.DataChecks;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Shard;
import org.saddlepoint.diagnostics.Facts;
import org.saddlepoint.diagnostics.Probe;
import org.saddlepoint.diagnostics.TranslatorProbe;
import org.saddlepoint.diagnostics.WeightProbe;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.Ranks;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.Player;
import org.saddlepoint.training.SampleListener;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.TrainingStep;
import org.saddlepoint.training.TranslationPicture;
import org.saddlepoint.training.TranslationPlayers;
import org.saddlepoint.training.Translators;

/** A {@link TranslationRecipe} set up on data. */
public final class TranslationTraining implements Training {
    private final TranslationRecipe recipe;
    private final Dataset data;
    private final PairShape shape;
    private final Device device;
    private final TrainingState state;
    private final TranslationPlayers translators;
    private final List<Player<Discriminator>> discriminators;
    private final TrainingStep step;
    private final BatchLoader loader;
    private final long discriminatorWeights;

    /** As {@link TranslationRecipe#train}. */
    TranslationTraining(TranslationRecipe recipe, Dataset data, TrainingSetup setup) {
        recipe.requireTrainable();
        DataChecks.requireUsable(data);
        PairShape pairs = data.shape()
                .pair()
                .orElseThrow(() -> new RecipeException(
                        "the recipe " + recipe.name() + " needs two kinds of pictures, but " + data.name()
                                + " has one; give --data paired:A,B for two folders with the same names, paired-ab:DIR for pictures"
                                + " side by side, colorize:DIR for grey and colour of the same, or unpaired:A,B"));
        this.recipe = recipe;
        this.data = data;
        this.shape = pairs;
        this.device = setup.device();
        this.state = setup.start();
        try {
            Ranks ranks = setup.ranks(recipe.updates().batchSize());
            int batchSize = ranks.isAlone() ? recipe.updates().batchSize() : ranks.examples();
            LoaderConfig loading = LoaderConfig.of(batchSize, setup.seed())
                    .withShard(new Shard(ranks.first(), ranks.examples(), ranks.batch()));
            MemoryNeed.require(
                    recipe.name(), batchSize, pairs.elements(), keptForBackward(recipe, pairs), loading, device);
            translators = TranslationPlayers.build(
                    networks(),
                    recipe.generatorOptimizer(),
                    recipe.average(),
                    device,
                    state.random().networks());
            Game game = recipe.game(setup.precision());
            requireNoStyles();
            discriminators = discriminators(translators, game);
            discriminatorWeights = discriminators.stream()
                    .mapToLong(player -> player.network().parameterCount())
                    .sum();
            step = recipe.method().step(translators, discriminators, game, batchSize);
            setup.join(step, state, ranks);
            loader = new BatchLoader(data, loading);
            state.horizon(new Horizon(recipe.steps(data.size()), ranks.ofAll(step.examplesPerStep()), data.size()));
        } catch (IllegalArgumentException unfit) {
            state.close();
            throw new RecipeException(
                    "the recipe " + recipe.name() + " does not fit " + data.name() + ": " + unfit.getMessage(), unfit);
        } catch (RuntimeException refused) {
            state.close();
            throw refused;
        }
    }

    /** What the translators keep for the backward pass of their update, for one pair, at least. */
    private static long keptForBackward(TranslationRecipe recipe, PairShape pairs) {
        long toB = recipe.translator()
                .keptForBackward(pairs.b().channels(), pairs.a().height());
        long toA = recipe.translator()
                .keptForBackward(pairs.a().channels(), pairs.b().height());
        return recipe.method().passesToB() * toB + recipe.method().passesToA() * toA;
    }

    private void requireNoStyles() {
        recipe.regularizers().forEach((name, regularizer) -> {
            if (regularizer.needsStyles()) {
                translators.close();
                throw new IllegalArgumentException("regularizers." + name
                        + " needs a generator that goes through styles, which translators do not; leave" + " it out");
            }
        });
    }

    private TranslationPlayers.Networks networks() {
        return recipe.networks(shape.a().channels(), shape.b().channels());
    }

    /** Those of the method; where a constraint refuses them, which it does with the first, the translators are freed. */
    private List<Player<Discriminator>> discriminators(TranslationPlayers built, Game game) {
        int a = shape.a().channels();
        int b = shape.b().channels();
        try {
            return recipe.method().bothWays()
                    ? List.of(discriminator("discriminator_a", a, game), discriminator("discriminator_b", b, game))
                    : List.of(discriminator("discriminator", a + b, game));
        } catch (RuntimeException refused) {
            built.close();
            throw refused;
        }
    }

    private Player<Discriminator> discriminator(String name, int channels, Game game) {
        Shape sample = Shape.of(channels, shape.a().height(), shape.a().width());
        game.requireSample(sample);
        Discriminator discriminator = Constraint.applyAll(
                recipe.constraints().values(),
                recipe.discriminator().create(sample, state.random().networks()),
                sample,
                state.random().networks());
        discriminator.to(device);
        return new Player<>(name, discriminator, recipe.discriminatorOptimizer());
    }

    /**
     * The translators of a run, in use; their weights are still to be loaded.
     *
     * @param data what the run learns from
     * @param random draws dropout, where it is in use
     */
    public static Translators translators(
            TranslationRecipe recipe, RunManifest.Data data, Device device, RandomGenerator random) {
        PairShape shape = shape(data);
        return new Translators(
                recipe.networks(shape.a().channels(), shape.b().channels()), recipe.inference(), device, random);
    }

    /** The channels of what a run translates in a direction. */
    public static int channels(RunManifest.Data data, Direction direction) {
        PairShape shape = shape(data);
        return (direction == Direction.A2B ? shape.a() : shape.b()).channels();
    }

    private static PairShape shape(RunManifest.Data data) {
        List<Integer> sizes = data.exampleShape();
        if (sizes.size() != 6) {
            throw new RecipeException("the run learnt from examples of " + sizes
                    + "; expected channels, height and width of A, then of B");
        }
        return new PairShape(
                new ImageShape(sizes.get(0), sizes.get(1), sizes.get(2)),
                new ImageShape(sizes.get(3), sizes.get(4), sizes.get(5)));
    }

    @Override
    public TrainingState state() {
        return state;
    }

    @Override
    public TrainingStep step() {
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
                "%s %,d weights, %s %,d; batch %,d",
                translators.directions().size() == 1 ? "translator" : "translators",
                translators.parameterCount(),
                translators.directions().size() == 1 ? "discriminator" : "discriminators",
                discriminatorWeights,
                recipe.updates().batchSize());
    }

    @Override
    public long generatorWeights() {
        return translators.parameterCount();
    }

    @Override
    public long discriminatorWeights() {
        return discriminatorWeights;
    }

    @Override
    public String useWith(Path run) {
        return "translate with: saddlepoint translate " + ShellWord.quote(run) + " IN OUT";
    }

    @Override
    public SampleListener samples(RunFolder folder, String title, long seed) {
        TranslationPicture picture = new TranslationPicture(
                translators, random -> new Translators(networks(), recipe.inference(), device, random), data, seed);
        return new SampleListener(picture, title, folder, recipe.sampleEvery());
    }

    @Override
    public long steps() {
        return recipe.steps(data.size());
    }

    @Override
    public Evaluation evaluation(Evaluator evaluator, Dataset against) {
        return new TranslationEvaluation(
                work -> {
                    try (TensorScope scope = TensorScope.open();
                            RandomGenerator random =
                                    new RandomGenerator(evaluator.config().seed());
                            Translators used = new Translators(networks(), recipe.inference(), device, random)) {
                        used.load(translators.bestParts());
                        return work.apply(used);
                    }
                },
                evaluator,
                against,
                false);
    }

    @Override
    public Probe probe(long seed) {
        return new TranslatorProbe(new WeightProbe(translators.all(), discriminators), translators, data, shape, seed);
    }

    @Override
    public Facts facts() {
        return RecipeFacts.of(recipe, data.size(), true);
    }

    @Override
    public void close() {
        loader.close();
        step.close();
        state.close();
    }
}
