package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.recipes.ConditioningConfig;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.TrainingState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sample}: pictures or points from a run. */
@Command(name = "sample", description = "Draws from a run's generator.", sortOptions = false)
final class SampleCommand implements Callable<Integer> {
    private static final int BATCH = 64;

    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Option(
            names = "--count",
            paramLabel = "N",
            description =
                    "How many, or how many rows; of several classes how many each (default: 64; of several classes"
                            + " 10; from class to class 8).")
    private @Nullable Integer count;

    @Option(names = "--seed", paramLabel = "S", description = "Which ones (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(
            names = "--label",
            paramLabel = "L|L,L|all",
            description =
                    "Of a conditional run: the class to draw, by name or number. Several classes, or all: one row a"
                            + " class and one column a latent; a folder gets one folder a class (default: each class in turn).")
    private @Nullable String label;

    @Option(
            names = "--vector",
            paramLabel = "V,V",
            description = "Of a run that is asked for numbers: which, in the order of the data's columns.")
    private @Nullable String vector;

    @Option(
            names = "--interpolate",
            paramLabel = "N",
            description =
                    "Instead, N pictures a row from one latent to another, on straight lines; --count rows. With two"
                            + " classes as --label: from one to the other, of the same latent.")
    private @Nullable Integer interpolate;

    @Option(
            names = "--out",
            paramLabel = "F.png|F.csv|DIR",
            description = "One sheet, a table of points, or a folder of single pictures (default: samples.png, for"
                    + " points samples.csv).")
    private @Nullable Path out;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (count != null && count < 1) {
            throw new UsageException("--count must be >= 1 but was " + count);
        }
        if (interpolate != null && interpolate < 2) {
            throw new UsageException("--interpolate must be >= 2 but was " + interpolate);
        }
        Reporter reporter = new Reporter(json);
        RunFolder folder = RunFolder.open(run);
        RunManifest manifest = folder.manifest();
        GanRecipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of())
                .asGan();
        NewestCheckpoint.require(folder);
        int[] example = manifest.data().exampleShape().stream().mapToInt(i -> i).toArray();
        SampleGrid grid = grid(recipe, manifest);
        float[] numbers = SampleVector.parse(vector, recipe, manifest);
        SampleWriter writer = SampleWriter.of(example, grid, manifest.data().classNames(), label != null, out);
        int total = total(grid, example);
        Device device = engine.start(reporter);
        try (TrainingState state = new TrainingState(0);
                AdversarialPair networks = GanTraining.networks(recipe, manifest.data(), device, state);
                TensorScope scope = TensorScope.open()) {
            StepPath checkpoint = NewestCheckpoint.load(folder, networks, reporter);
            Conditioning asked = numbers.length == 0
                    ? grid.conditions(networks.condition())
                    : SampleVector.conditions(numbers, total);
            float[] values = samples(networks, latents(grid, recipe.latent()), asked, total, example);
            Path file = writer.write(values);
            reporter.note(
                    String.format(Locale.ROOT, "%,d samples of step %d are in %s", total, checkpoint.step(), file));
            reporter.event(
                    "samples", Reporter.values("out", file.toString(), "count", total, "step", checkpoint.step()));
        }
        return 0;
    }

    private SampleGrid grid(GanRecipe recipe, RunManifest manifest) {
        List<String> names = manifest.data().classNames();
        boolean asksForClasses = recipe.conditioning().on() == ConditioningConfig.On.LABELS;
        if (label == null) {
            return asksForClasses
                    ? SampleGrid.ofAnyClass(count, interpolate, names.size())
                    : SampleGrid.plain(count, interpolate);
        }
        if (!asksForClasses) {
            throw new UsageException("--label: " + run + " was trained with the recipe " + recipe.name()
                    + ", which asks for no classes; leave --label out, or train a recipe that does, such as cdcgan");
        }
        return SampleGrid.ofClasses(ClassWords.parse(label, names), count, interpolate, names);
    }

    /** How many samples, if an array can hold them and the heap two of it. */
    private static int total(SampleGrid grid, int[] example) {
        double total = grid.total();
        double elements = total * Arrays.stream(example).asLongStream().reduce(1, Math::multiplyExact);
        double most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / (2.0 * Float.BYTES));
        if (elements > most) {
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "%,.0f samples do not fit in memory; at most %,.0f do: ask for fewer with --count, and for more by"
                            + " several calls with different --seed",
                    total,
                    Math.floor(most * total / elements)));
        }
        return (int) total;
    }

    private Tensor latents(SampleGrid grid, Latent latent) {
        try (RandomGenerator random = new RandomGenerator(seed)) {
            return grid.latents(latent, random);
        }
    }

    private static float[] samples(
            AdversarialPair networks, Tensor latents, Conditioning asked, int total, int[] example) {
        int elements = 1;
        for (int size : example) {
            elements *= size;
        }
        float[] values = new float[Math.multiplyExact(total, elements)];
        for (int done = 0; done < total; done += BATCH) {
            try (TensorScope scratch = TensorScope.open()) {
                int batch = Math.min(BATCH, total - done);
                float[] part = networks.sample(latents.narrow(0, done, batch), Conditioning.narrow(asked, done, batch))
                        .toFloatArray();
                System.arraycopy(part, 0, values, done * elements, part.length);
            }
        }
        return values;
    }
}
