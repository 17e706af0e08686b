package org.saddlepoint;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.saddlepoint.data.images.Picture;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.recipes.TrainedNetworks;
import org.saddlepoint.recipes.TranslationRecipe;
import org.saddlepoint.recipes.TranslationTraining;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;
import org.saddlepoint.training.SavedCheckpoint;
import org.saddlepoint.training.Translators;

/**
 * The translators of a run, for use: their moving averages where the run keeps them, without discriminators and optimizers.
 *
 * <ul>
 *   <li>They are in the mode of the recipe's {@link Inference} from the start and never change it. Any number of threads may
 *       translate, each without a {@link TensorScope} of its own.
 *   <li>Under {@link Inference#EVALUATION} they do so at once. Under {@link Inference#TRAINING} one image at a time, behind a
 *       lock, since the layers of a network share one generator of random numbers for dropout; each call sets it to its own
 *       seed first, so that its result depends on nothing that other calls do.
 *   <li>The same image and {@link TranslateOptions} give the same result as the command {@code translate} for this image
 *       alone; {@link #series} translates several as the command does.
 *   <li>Once closed, it throws {@link IllegalStateException}. Closing waits for threads that are translating.
 * </ul>
 */
public final class TrainedTranslator implements AutoCloseable {
    private final OpenedModel opened;
    private final TranslationRecipe recipe;
    private final RunManifest.Data data;
    private final Map<Direction, ImageTranslator> networks;
    private final DropoutSource dropout;
    private final Device device;
    private final ModelInUse use;

    private TrainedTranslator(
            OpenedModel opened,
            TranslationRecipe recipe,
            Map<Direction, ImageTranslator> networks,
            RandomGenerator random,
            Device device) {
        this.opened = opened;
        this.recipe = recipe;
        this.data = opened.folder().manifest().data();
        this.networks = networks;
        this.dropout = new DropoutSource(random, seed -> TrainedNetworks.dropout(recipe, data, seed));
        this.device = device;
        this.use = new ModelInUse("the translator of " + opened.folder().path());
    }

    /** As {@link #open(Path, ModelOptions)} with {@link ModelOptions#DEFAULT}. */
    public static TrainedTranslator open(Path run) {
        return open(run, ModelOptions.DEFAULT);
    }

    /**
     * Opens the translators of a run's newest sound checkpoint; {@link #warnings} tells of newer ones that are damaged.
     *
     * @param run the run's folder
     * @throws RequestException if the run translates nothing, or the best checkpoint is asked for and there is none
     * @throws org.saddlepoint.recipes.RecipeException if its recipe cannot be read, as where a word of it is not registered
     *     ({@link org.saddlepoint.recipes.RecipeWords})
     * @throws RunException if there is no run, or no sound checkpoint
     */
    public static TrainedTranslator open(Path run, ModelOptions options) {
        RunFolder folder = RunFolder.open(run);
        TranslationRecipe recipe = OpenedModel.translates(folder);
        OpenedModel.require(folder, options);
        RandomGenerator random = new RandomGenerator(0);
        try {
            Map<Direction, ImageTranslator> networks =
                    TrainedNetworks.translators(recipe, folder.manifest().data(), options.device(), random);
            try {
                OpenedModel opened = OpenedModel.load(folder, options, saved -> load(saved, networks));
                return new TrainedTranslator(opened, recipe, networks, random, options.device());
            } catch (RuntimeException e) {
                TrainedNetworks.close(networks);
                throw e;
            }
        } catch (RuntimeException e) {
            random.close();
            throw e;
        }
    }

    private static void load(SavedCheckpoint saved, Map<Direction, ImageTranslator> networks) {
        ImageTranslator forth = Objects.requireNonNull(networks.get(Direction.A2B));
        networks.forEach((direction, network) -> {
            if (direction == Direction.A2B || network != forth) { // one network may translate both ways
                saved.load(saved.averagedPart(Translators.part(direction)), network);
            }
        });
    }

    /** The complete settings that the run was trained with, of the format of now. */
    public TranslationRecipe recipe() {
        return recipe;
    }

    /** Which ways it translates. */
    public Set<Direction> directions() {
        return Collections.unmodifiableSet(networks.keySet());
    }

    /** Channels of the images that it translates in a direction: 1 for grey, 3 for colour. */
    public int channels(Direction direction) {
        return TranslationTraining.channels(data, direction);
    }

    /** How many steps it was trained. */
    public long step() {
        return checkpoint().step();
    }

    /** Where its weights come from. */
    public SavedCheckpoint checkpoint() {
        return opened.checkpoint();
    }

    /** Whether these are the moving averages of the translators in training. */
    public boolean isAverage() {
        return checkpoint().hasAverage(Translators.part(Direction.A2B));
    }

    /** One line for each newer checkpoint that is damaged; empty in most cases. */
    public List<String> warnings() {
        return opened.warnings();
    }

    /**
     * Translates an image of any size, with seed 0.
     *
     * @throws RequestException if it does not translate this way
     * @throws IllegalStateException if this is closed
     */
    public BufferedImage translate(BufferedImage image, Direction direction) {
        return translate(image, TranslateOptions.of(direction));
    }

    /**
     * Translates an image of any size; what is transparent counts as white.
     *
     * @return as large, of 8 bits a channel
     * @throws RequestException if it does not translate this way, or not in such tiles
     * @throws IllegalStateException if this is closed
     */
    public BufferedImage translate(BufferedImage image, TranslateOptions options) {
        Picture made = translate(Picture.of(image, channels(options.direction())), options);
        return SampleSheet.single(made.values(), made.channels(), made.height(), made.width());
    }

    /**
     * Translates an image of any size, given as numbers.
     *
     * @param picture of {@link #channels} channels
     * @throws RequestException if it does not translate this way, not in such tiles, or has other channels
     * @throws IllegalStateException if this is closed
     */
    public Picture translate(Picture picture, TranslateOptions options) {
        return series(options).translate(picture);
    }

    /**
     * Translates several images, one after the other, with dropout that goes on from one to the next.
     *
     * @throws RequestException if it does not translate this way, or not in such tiles
     */
    public TranslationSeries series(TranslateOptions options) {
        if (!networks.containsKey(options.direction())) {
            throw new RequestException("direction " + options.direction().name().toLowerCase(Locale.ROOT) + ": "
                    + opened.folder().path()
                    + " translates only from A to B; leave it out, or train cyclegan for both ways");
        }
        if (options.tile() < recipe.translator().smallest()) {
            throw new RequestException(
                    "tile must be >= " + recipe.translator().smallest() + " for this run but was " + options.tile());
        }
        return new TranslationSeries(this, options);
    }

    /** Runs an action with dropout of a series, which goes on in the series. */
    <T> T withDropout(DropoutSource.Position position, Supplier<T> action) {
        return use.run(() -> recipe.inference() == Inference.TRAINING ? dropout.run(position, action) : action.get());
    }

    /** [N, C′, H, W] of [N, C, H, W], in the current scope. */
    Tensor forward(Tensor images, Direction direction) {
        ImageTranslator network = Objects.requireNonNull(networks.get(direction));
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            return scratch.promote(network.translate(images.to(device)));
        }
    }

    /** Frees the networks, after the threads that are translating; closing twice does nothing. */
    @Override
    public void close() {
        use.close(() -> {
            TrainedNetworks.close(networks);
            dropout.close();
        });
    }
}
