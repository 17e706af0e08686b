package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.synthetic.FunnelTransport;
import org.saddlepoint.lab.CriticBenchmark;
import org.saddlepoint.metrics.ModeCoverage;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.SamplePicture;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingDivergedException;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.TrainingState;

/** Trainings of recipes on the same data, one after another, and the table of what they gave. */
final class Comparison {
    private static final double NANOS_PER_SECOND = 1e9;

    private final DataRequest data;
    private final Device device;
    private final Precision precision;
    private final @Nullable Path out;
    private final Reporter reporter;
    private final List<ComparisonTable.Row> rows = new ArrayList<>();

    Comparison(DataRequest data, Device device, Precision precision, @Nullable Path out, Reporter reporter) {
        this.data = data;
        this.device = device;
        this.precision = precision;
        this.out = out;
        this.reporter = reporter;
    }

    /** Trains one recipe from one seed and notes what came out. */
    void run(GanRecipe recipe, long seed) {
        long start = System.nanoTime();
        Map<String, Double> values = new LinkedHashMap<>();
        boolean diverged = false;
        try {
            Optional<FunnelTransport> transport = DataSources.transport(data.spec());
            values.putAll(transport.isPresent() ? critic(recipe, transport.get(), seed) : gan(recipe, seed));
        } catch (TrainingDivergedException e) {
            diverged = true;
            reporter.note(recipe.name() + ", seed " + seed + ": " + e.getMessage());
        }
        values.put("seconds", (System.nanoTime() - start) / NANOS_PER_SECOND);
        ComparisonTable.Row row = new ComparisonTable.Row(recipe.name(), recipe.steps(), seed, diverged, values);
        rows.add(row);
        reporter.note(row.toString());
        Map<String, Object> event =
                Reporter.values("recipe", recipe.name(), "seed", seed, "steps", recipe.steps(), "diverged", diverged);
        event.putAll(values);
        reporter.event("run", event);
        write(); // last: a full disk must not take the numbers with it
    }

    /** Prints the table. */
    void conclude() {
        ComparisonTable.of(rows).forEach(reporter::note);
        if (out != null) {
            reporter.note("table and pictures are in " + out);
        }
    }

    /** The table so far, after each training, so that a kill loses one training and not all. */
    private void write() {
        if (out == null) {
            return;
        }
        try {
            AtomicFiles.writeString(out.resolve("comparison.md"), String.join("\n", ComparisonTable.of(rows)) + "\n");
        } catch (IOException e) {
            throw new RunException(String.valueOf(e.getMessage()), e);
        }
    }

    private Map<String, Double> critic(GanRecipe recipe, FunnelTransport transport, long seed) {
        CriticBenchmark benchmark = new CriticBenchmark(
                recipe.objective(),
                recipe.constraints(),
                recipe.discriminator(),
                recipe.discriminatorOptimizer(),
                recipe.updates().batchSize(),
                recipe.steps());
        Pace pace = new Pace(recipe, seed);
        CriticBenchmark.Result result;
        try {
            result = benchmark.run(transport, seed, pace::tell);
        } catch (IllegalArgumentException unfit) {
            throw new RecipeException(
                    "the recipe " + recipe.name() + " does not fit " + data.spec() + ": " + unfit.getMessage(), unfit);
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("W1", result.distance());
        values.put("estimate", result.estimate());
        values.put("cosine", result.cosine());
        values.put("error", result.error());
        return values;
    }

    private Map<String, Double> gan(GanRecipe recipe, long seed) {
        Map<String, Double> values = new LinkedHashMap<>();
        Pace pace = new Pace(recipe, seed);
        try (Dataset dataset = data.open(
                        DataOptions.DEFAULT.withImageFormat(recipe.images().format()));
                GanTraining training = new GanTraining(recipe, dataset, TrainingSetup.of(seed, device, precision))) {
            training.trainer(List.of(pace)).runUntil(recipe.steps());
            dataset.mixture().ifPresent(mixture -> values.putAll(coverage(recipe, training, mixture, seed)));
            pace.last.values().forEach((name, value) -> {
                if (name.endsWith("Loss")) {
                    values.put(name, value);
                }
            });
            draw(recipe, training, dataset, seed);
        }
        return values;
    }

    /** A picture that cannot be written costs nothing but itself. */
    private void draw(GanRecipe recipe, GanTraining training, Dataset dataset, long seed) {
        if (out == null) {
            return;
        }
        String title = recipe.name() + " on " + dataset.name() + ", step " + recipe.steps();
        try {
            new SamplePicture(training.players(), recipe.latent(), dataset, seed)
                    .draw(title, out.resolve(recipe.name() + "-" + seed + ".png"));
        } catch (RunException e) {
            reporter.note(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Double> coverage(
            GanRecipe recipe, GanTraining training, GaussianMixture mixture, long seed) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(~seed)) {
            float[] points = training.players()
                    .sample(recipe.latent().sample(ModeCoverage.SAMPLES, random))
                    .toFloatArray();
            ModeCoverage coverage = ModeCoverage.of(mixture, points);
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("modes", (double) coverage.modesFound());
            values.put("highQuality", coverage.highQualityShare());
            coverage.reverseKl().ifPresent(divergence -> values.put("reverseKL", divergence));
            return values;
        }
    }

    /** Says every few seconds how far one training is, and keeps its last report. */
    private final class Pace implements TrainingListener {
        private static final long SECONDS_BETWEEN_LINES = 10;

        private final GanRecipe recipe;
        private final long seed;
        private long told = System.nanoTime();
        private StepReport last = new StepReport(Map.of());

        Pace(GanRecipe recipe, long seed) {
            this.recipe = recipe;
            this.seed = seed;
        }

        void tell(long step) {
            long now = System.nanoTime();
            if (now - told > SECONDS_BETWEEN_LINES * NANOS_PER_SECOND) {
                told = now;
                reporter.note(recipe.name() + ", seed " + seed + ": step " + step + "/" + recipe.steps());
            }
        }

        @Override
        public void onStep(TrainingState state, StepReport report) {
            last = report;
            tell(state.step());
        }
    }
}
