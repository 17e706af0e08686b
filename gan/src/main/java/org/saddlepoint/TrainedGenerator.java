package org.saddlepoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.StyleGenerator;
import org.saddlepoint.recipes.ConditioningConfig;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.TrainedNetworks;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.EqualRows;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.SavedCheckpoint;

/**
 * The generator of a run, for use: its moving average where the run keeps one, without discriminator and optimizers.
 *
 * <ul>
 *   <li>It is in evaluation mode from the start and never changes; drawing changes nothing in it. Any number of threads may
 *       draw at once, each without a {@link TensorScope} of its own.
 *   <li>The same {@link SampleOptions} give the same samples as the command {@code sample}, whatever other threads draw.
 *   <li>Once closed, it throws {@link IllegalStateException}. Closing waits for threads that are drawing.
 * </ul>
 *
 * <p>Of a run that another process is training it is the checkpoint that was the newest when it was opened.
 */
public final class TrainedGenerator implements AutoCloseable {
    private static final String GENERATOR = "generator";

    private final GanRecipe recipe;
    private final RunManifest.Data data;
    private final Generator generator;
    private final ConditionShape condition;
    private final Device device;
    private final ModelInUse use;
    private final OpenedModel opened;

    private TrainedGenerator(OpenedModel opened, GanRecipe recipe, Generator generator, Device device) {
        this.opened = opened;
        this.recipe = recipe;
        this.data = opened.folder().manifest().data();
        this.generator = generator;
        this.condition = TrainedNetworks.condition(recipe, data);
        this.device = device;
        this.use = new ModelInUse("the generator of " + opened.folder().path());
    }

    /** As {@link #open(Path, ModelOptions)} with {@link ModelOptions#DEFAULT}. */
    public static TrainedGenerator open(Path run) {
        return open(run, ModelOptions.DEFAULT);
    }

    /**
     * Opens the generator of a run's newest sound checkpoint; {@link #warnings} tells of newer ones that are damaged.
     *
     * @param run the run's folder
     * @throws RequestException if the run translates images, or the best checkpoint is asked for and there is none
     * @throws org.saddlepoint.recipes.RecipeException if its recipe cannot be read, as where a word of it is not registered
     *     ({@link org.saddlepoint.recipes.RecipeWords})
     * @throws RunException if there is no run, or no sound checkpoint
     */
    public static TrainedGenerator open(Path run, ModelOptions options) {
        RunFolder folder = RunFolder.open(run);
        GanRecipe recipe = OpenedModel.generates(folder);
        OpenedModel.require(folder, options);
        Generator generator =
                TrainedNetworks.generator(recipe, folder.manifest().data(), options.device());
        try {
            OpenedModel opened =
                    OpenedModel.load(folder, options, saved -> saved.load(saved.averagedPart(GENERATOR), generator));
            return new TrainedGenerator(opened, recipe, generator, options.device());
        } catch (RuntimeException e) {
            generator.close();
            throw e;
        }
    }

    /** The complete settings that the run was trained with, of the format of now. */
    public GanRecipe recipe() {
        return recipe;
    }

    /** The shape of one sample. */
    public ExampleShape sampleShape() {
        return TrainedNetworks.sampleShape(data);
    }

    /** The classes that it can be asked for, by position; empty where it is asked for none. */
    public List<String> classNames() {
        return recipe.conditioning().on().isOfClasses() ? data.classNames() : List.of();
    }

    /** Examples of each class where the classes are clusters that the run found, by which they are drawn; else empty. */
    public List<Integer> clusterSizes() {
        return recipe.conditioning().on() == ConditioningConfig.On.CLUSTERS ? data.classSizes() : List.of();
    }

    /** The numbers that it must be asked for, by position; empty where it is asked for none. */
    public List<String> vectorNames() {
        return recipe.conditioning().on() == ConditioningConfig.On.VECTORS ? data.vectorNames() : List.of();
    }

    /** How many steps it was trained. */
    public long step() {
        return checkpoint().step();
    }

    /** Where its weights come from. */
    public SavedCheckpoint checkpoint() {
        return opened.checkpoint();
    }

    /** Whether it is the moving average of the generator in training. */
    public boolean isAverage() {
        return checkpoint().hasAverage(GENERATOR);
    }

    /** What stands below a sheet of samples of this seed. */
    public String caption(long seed) {
        return String.format(Locale.ROOT, "%s · step %,d · seed %d", recipe.name(), step(), seed);
    }

    /** Whether it goes through styles, which can be truncated and mixed. */
    public boolean hasStyles() {
        return generator.byStyles().isPresent();
    }

    /** One line for each newer checkpoint that is damaged; empty in most cases. */
    public List<String> warnings() {
        return opened.warnings();
    }

    /**
     * How these samples are laid out.
     *
     * @throws RequestException as {@link #sample}
     */
    public SampleGrid grid(SampleOptions options) {
        if (!options.classes().equals(ClassChoice.any()) && classNames().isEmpty()) {
            throw new RequestException(opened.folder().path() + " was trained with the recipe " + recipe.name()
                    + ", which asks for no classes; leave the label out, or train a recipe that does, such as cdcgan");
        }
        if (options.vector().size() != vectorNames().size()) {
            throw new RequestException(
                    vectorNames().isEmpty()
                            ? "vector: the recipe " + recipe.name() + " asks for no numbers; leave it out"
                            : "vector: expected " + vectorNames().size() + " numbers, "
                                    + String.join(", ", vectorNames()) + ", but there were "
                                    + options.vector().size());
        }
        return SampleGrid.of(options, classNames(), clusterSizes());
    }

    /**
     * Draws latents z from the prior, and conditions where there are classes, and generates G(z, y). The same options give the
     * same samples, from any thread.
     *
     * @throws RequestException if it is asked for classes or numbers that it does not know, for truncation without styles, or for more samples than memory
     *     holds
     * @throws IllegalStateException if this is closed
     */
    public Samples sample(SampleOptions options) {
        SampleDraw draw = begin(options);
        while (draw.remaining() > 0) {
            advance(List.of(draw));
        }
        return samples(draw);
    }

    /**
     * Draws the latents of samples, for callers that let several share passes. Draw them by {@link #advance}, then take them by
     * {@link #samples}; they are those of {@link #sample}, whatever shares their passes.
     *
     * @throws RequestException as {@link #sample}
     * @throws IllegalStateException if this is closed
     */
    public SampleDraw begin(SampleOptions options) {
        SampleGrid grid = grid(options);
        total(grid);
        truncation(options);
        return use.run(() -> {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(options.seed())) {
                float[] latents = grid.latents(recipe.latent(), random).toFloatArray();
                return new SampleDraw(options, grid, latents, sampleShape().elements());
            }
        });
    }

    /** How many samples go through the network in one pass, always. */
    public int passSize() {
        return SamplePass.size(sampleShape(), device);
    }

    /**
     * Draws the next samples of the first, and of others as far as they fit into the same pass: those that are truncated alike,
     * and, like it, mix classes or do not.
     *
     * @param draws at least one, all begun here
     * @throws IllegalStateException if this is closed
     */
    public void advance(List<SampleDraw> draws) {
        SamplePass pass = SamplePass.of(draws, passSize());
        if (pass.isEmpty()) {
            return;
        }
        UnaryOperator<Tensor> truncation = truncation(draws.get(0).options());
        pass.finish(use.run(() -> {
            try (TensorScope scope = TensorScope.open();
                    EqualRows equal = EqualRows.open()) {
                return forward(pass.latents(), pass.conditions(condition), truncation)
                        .toFloatArray();
            }
        }));
    }

    /**
     * The samples of a draw whose passes are all done.
     *
     * @throws IllegalStateException if some samples remain to be drawn
     */
    public Samples samples(SampleDraw draw) {
        return new Samples(sampleShape(), draw.grid(), data.classNames(), draw.values());
    }

    private static Conditioning vectors(float[] numbers, int samples) {
        return new Conditioning.Vectors(Tensors.of(numbers, 1, numbers.length).expand(samples, numbers.length));
    }

    /** How many samples, if an array can hold them and the heap two of it. */
    private int total(SampleGrid grid) {
        double total = grid.total();
        double elements = total * sampleShape().elements();
        double most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / (2.0 * Float.BYTES));
        if (elements > most) {
            throw new RequestException(String.format(
                    Locale.ROOT,
                    "%,.0f samples do not fit in memory; at most %,.0f do: ask for fewer at once, and for more by several"
                            + " calls with different seeds",
                    total,
                    Math.floor(most * total / elements)));
        }
        return (int) total;
    }

    /** @throws RequestException if there are no styles to truncate */
    private UnaryOperator<Tensor> truncation(SampleOptions options) {
        if (options.truncation().isEmpty()) {
            return UnaryOperator.identity();
        }
        StyleGenerator styles = styles("truncation");
        return w -> styles.truncated(w, options.truncation().getAsDouble());
    }

    /**
     * What can be done with its styles.
     *
     * @throws RequestException if the generator does not go through styles
     */
    public StyleSpace styleSpace() {
        return new StyleSpace(this, styles("styles"));
    }

    /**
     * The directions of the latent space that change its first layer most.
     *
     * @return empty if its first layer with a weight is no linear map of the latent
     * @throws IllegalStateException if this is closed
     */
    public Optional<LatentDirections> directions() {
        return use.run(() -> LatentDirections.of(generator, recipe.latent().size()));
    }

    /** The styles of samples, truncated, [N, L, W], in the current scope. */
    Tensor stylesOf(SampleOptions options) {
        SampleGrid grid = grid(options);
        int total = total(grid);
        UnaryOperator<Tensor> truncation = truncation(options);
        StyleGenerator styles = styles("styles");
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad();
                RandomGenerator random = new RandomGenerator(options.seed())) {
            Tensor latents = grid.latents(recipe.latent(), random);
            Conditioning conditions =
                    options.vector().isEmpty() ? grid.conditions(condition) : vectors(options.numbers(), total);
            return scratch.promote(truncation.apply(styles.styles(latents.to(device), conditions.to(device))));
        }
    }

    /** Lets something be done with the network while it is not closed. */
    <T> T use(Supplier<T> work) {
        return use.run(work);
    }

    /** @throws RequestException if the generator does not go through styles */
    private StyleGenerator styles(String asked) {
        return generator
                .byStyles()
                .orElseThrow(() -> new RequestException(asked + ": the generator of the recipe " + recipe.name()
                        + " has no styles w; leave it out, or train a recipe that does, such as stylegan2-small"));
    }

    /**
     * The samples of these latents, for those who work with tensors.
     *
     * @param latents [N, latent size]
     * @param conditions what each is asked for
     * @return [N, C, H, W] or, for points, [N, D], in the current scope, on this generator's device
     * @throws IllegalStateException if this is closed
     */
    public Tensor generate(Tensor latents, Conditioning conditions) {
        return use.run(() -> forward(latents, conditions, UnaryOperator.identity()));
    }

    /** For tests of what drawing leaves as it was. */
    Generator network() {
        return generator;
    }

    private Tensor forward(Tensor latents, Conditioning conditions, UnaryOperator<Tensor> truncation) {
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            Tensor z = latents.to(device);
            Conditioning asked = conditions.to(device);
            return scratch.promote(generator
                    .byStyles()
                    .map(styles -> styles.synthesize(truncation.apply(styles.styles(z, asked))))
                    .orElseGet(() -> generator.forward(z, asked)));
        }
    }

    /** Frees the network, after the threads that are drawing; closing twice does nothing. */
    @Override
    public void close() {
        use.close(generator::close);
    }
}
