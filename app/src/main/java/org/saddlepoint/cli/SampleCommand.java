package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.models.Latent;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.Checkpoint;
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

    @Option(names = "--count", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private int count = 64;

    @Option(names = "--seed", paramLabel = "S", description = "Which ones (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(
            names = "--interpolate",
            paramLabel = "N",
            description = "Instead, N pictures a row from one latent to another, on straight lines; --count rows.")
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
        if (count < 1) {
            throw new UsageException("--count must be >= 1 but was " + count);
        }
        if (interpolate != null && interpolate < 2) {
            throw new UsageException("--interpolate must be >= 2 but was " + interpolate);
        }
        Reporter reporter = new Reporter(json);
        RunFolder folder = RunFolder.open(run);
        RunManifest manifest = folder.manifest();
        Recipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        StepPath checkpoint = folder.latestCheckpoint()
                .orElseThrow(() -> new RunException(run + " holds no checkpoint yet; train it further first"));
        int[] example = manifest.data().exampleShape().stream().mapToInt(i -> i).toArray();
        SampleWriter writer = SampleWriter.of(example, interpolate, out);
        int total = total(example);
        Device device = engine.start(reporter);
        try (TrainingState state = new TrainingState(0);
                AdversarialPair networks = GanTraining.networks(recipe, manifest.data(), device, state);
                TensorScope scope = TensorScope.open()) {
            Checkpoint.restoreNetworks(checkpoint.path(), networks);
            float[] values = samples(networks, latents(recipe.latent()), total, example);
            Path file = writer.write(values, total);
            reporter.note(
                    String.format(Locale.ROOT, "%,d samples of step %d are in %s", total, checkpoint.step(), file));
            reporter.event(
                    "samples", Reporter.values("out", file.toString(), "count", total, "step", checkpoint.step()));
        }
        return 0;
    }

    /** How many samples, if an array can hold them and the heap two of it. */
    private int total(int[] example) {
        double total = (double) count * (interpolate == null ? 1 : interpolate);
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

    /** [total, latent size]. */
    private Tensor latents(Latent latent) {
        try (TensorScope scratch = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            if (interpolate == null) {
                return scratch.promote(latent.sample(count, random));
            }
            Tensor from = latent.sample(count, random).unsqueeze(1);
            Tensor to = latent.sample(count, random).unsqueeze(1);
            float[] weights = new float[interpolate];
            for (int i = 0; i < interpolate; i++) {
                weights[i] = i / (float) (interpolate - 1);
            }
            Tensor path = from.add(to.sub(from).mul(Tensors.of(weights, 1, interpolate, 1)));
            return scratch.promote(path.reshape(-1, latent.size()));
        }
    }

    private static float[] samples(AdversarialPair networks, Tensor latents, int total, int[] example) {
        int elements = 1;
        for (int size : example) {
            elements *= size;
        }
        float[] values = new float[Math.multiplyExact(total, elements)];
        for (int done = 0; done < total; done += BATCH) {
            try (TensorScope scratch = TensorScope.open()) {
                int batch = Math.min(BATCH, total - done);
                float[] part = networks.sample(latents.narrow(0, done, batch)).toFloatArray();
                System.arraycopy(part, 0, values, done * elements, part.length);
            }
        }
        return values;
    }
}
