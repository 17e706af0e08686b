package org.saddlepoint.recipes;

import java.util.List;
import java.util.Locale;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.training.CycleStep;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.PairedTranslationStep;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.SampleListener;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.TrainingStep;
import org.saddlepoint.training.TranslationConfig;
import org.saddlepoint.training.TranslationMethod;
import org.saddlepoint.training.TranslationPicture;
import org.saddlepoint.training.Translators;

/** A {@link TranslationRecipe} set up on data. */
public final class TranslationTraining implements Training {
    private final TranslationRecipe recipe;
    private final Dataset data;
    private final PairShape shape;
    private final Device device;
    private final TrainingState state;
    private final Translators translators;
    private final TrainingStep step;
    private final BatchLoader loader;
    private final long discriminatorWeights;

    /** As {@link TranslationRecipe#train}. */
    TranslationTraining(TranslationRecipe recipe, Dataset data, long seed, Device device, Precision precision) {
        recipe.requireTrainable();
        if (!(data.shape() instanceof PairShape pairs)) {
            throw new RecipeException("the recipe " + recipe.name() + " needs two kinds of pictures, but " + data.name()
                    + " has one; give --data paired:A,B for two folders with the same names, paired-ab:DIR for pictures"
                    + " side by side, colorize:DIR for grey and colour of the same, or unpaired:A,B");
        }
        this.recipe = recipe;
        this.data = data;
        this.shape = pairs;
        this.device = device;
        this.state = new TrainingState(seed);
        try {
            LoaderConfig loading = LoaderConfig.of(recipe.updates().batchSize(), seed);
            MemoryNeed.require(
                    recipe.name(),
                    recipe.updates().batchSize(),
                    pairs.elements(),
                    keptForBackward(recipe, pairs),
                    loading,
                    device);
            translators = translators(recipe, pairs.a().channels(), pairs.b().channels(), device, state.random());
            List<Discriminator> discriminators = discriminators(translators);
            discriminatorWeights = discriminators.stream()
                    .mapToLong(Discriminator::parameterCount)
                    .sum();
            step = step(discriminators, recipe.step(data.size(), precision));
            loader = new BatchLoader(data, loading);
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
        if (recipe.method() instanceof TranslationMethod.Cycle cycle) {
            long toA = recipe.translator()
                    .keptForBackward(pairs.a().channels(), pairs.b().height());
            // There and back from each side; the identity loss is a pass of each more.
            return (cycle.identityWeight() > 0 ? 3 : 2) * (toB + toA);
        }
        return toB;
    }

    /** Those of the method; where a constraint refuses them, which it does with the first, the translators are freed. */
    private List<Discriminator> discriminators(Translators built) {
        int a = shape.a().channels();
        int b = shape.b().channels();
        try {
            return recipe.method() instanceof TranslationMethod.Paired
                    ? List.of(discriminator(a + b))
                    : List.of(discriminator(a), discriminator(b));
        } catch (RuntimeException refused) {
            built.close();
            throw refused;
        }
    }

    private Discriminator discriminator(int channels) {
        Shape sample = Shape.of(channels, shape.a().height(), shape.a().width());
        Discriminator discriminator = Constraint.applyAll(
                recipe.constraints().values(),
                recipe.discriminator().create(channels, state.random()),
                sample,
                state.random());
        discriminator.to(device);
        return discriminator;
    }

    private TrainingStep step(List<Discriminator> discriminators, TranslationConfig config) {
        if (recipe.method() instanceof TranslationMethod.Cycle cycle) {
            return new CycleStep(translators, discriminators.get(0), discriminators.get(1), cycle, config);
        }
        TranslationMethod.Paired paired = (TranslationMethod.Paired) recipe.method();
        return new PairedTranslationStep(translators, discriminators.get(0), paired, config);
    }

    private static Translators translators(
            TranslationRecipe recipe, int channelsA, int channelsB, Device device, RandomGenerator random) {
        return new Translators(
                recipe.translator(), recipe.method(), channelsA, channelsB, recipe.average(), device, random);
    }

    /**
     * The translators of a run.
     *
     * @param data what the run learns from
     * @param random draws weights, which a checkpoint is to replace, and dropout
     */
    public static Translators translators(
            TranslationRecipe recipe, RunManifest.Data data, Device device, RandomGenerator random) {
        PairShape shape = shape(data);
        return translators(recipe, shape.a().channels(), shape.b().channels(), device, random);
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
    public SampleListener samples(RunFolder folder, long seed) {
        TranslationPicture picture = new TranslationPicture(
                translators,
                random -> translators(recipe, shape.a().channels(), shape.b().channels(), device, random),
                recipe.inference(),
                data,
                seed);
        return new SampleListener(picture, data.name(), folder, recipe.sampleEvery());
    }

    @Override
    public void close() {
        loader.close();
        step.close();
        state.close();
    }
}
