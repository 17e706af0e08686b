package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.synthetic.FunnelTransport;
import org.saddlepoint.lab.CriticBenchmark;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.training.TrainingDivergedException;

/** Critics of recipes, trained alone between two distributions of known distance, and the table of what they gave. */
final class CriticComparison {
    private static final double NANOS_PER_SECOND = 1e9;

    private final DataRequest data;
    private final FunnelTransport transport;
    private final @Nullable Path out;
    private final Reporter reporter;
    private final List<CriticTable.Row> rows = new ArrayList<>();

    CriticComparison(DataRequest data, FunnelTransport transport, @Nullable Path out, Reporter reporter) {
        this.data = data;
        this.transport = transport;
        this.out = out;
        this.reporter = reporter;
    }

    /** Trains one recipe from one seed and notes what came out. */
    void run(GanRecipe recipe, long seed) {
        long start = System.nanoTime();
        Map<String, Double> values = new LinkedHashMap<>();
        boolean diverged = false;
        try {
            values.putAll(critic(recipe, seed));
        } catch (TrainingDivergedException e) {
            diverged = true;
            reporter.note(recipe.name() + ", seed " + seed + ": " + e.getMessage());
        }
        values.put("seconds", (System.nanoTime() - start) / NANOS_PER_SECOND);
        CriticTable.Row row = new CriticTable.Row(recipe.name(), recipe.steps(), seed, diverged, values);
        rows.add(row);
        reporter.note(row.toString());
        Map<String, Object> event =
                Reporter.values("recipe", recipe.name(), "seed", seed, "steps", recipe.steps(), "diverged", diverged);
        event.putAll(values);
        reporter.event("run", event);
        write(); // last: a full disk must not take the numbers with it
    }

    /** Prints the table of all critics that were trained, and where it was written. */
    void conclude() {
        CriticTable.of(rows).forEach(reporter::note);
        if (out != null) {
            reporter.note("the table is in " + out);
        }
    }

    /** The table so far, after each training, so that a kill loses one training and not all. */
    private void write() {
        if (out == null) {
            return;
        }
        try {
            AtomicFiles.writeString(out.resolve("comparison.md"), String.join("\n", CriticTable.of(rows)) + "\n");
        } catch (IOException e) {
            throw new RunException(String.valueOf(e.getMessage()), e);
        }
    }

    private Map<String, Double> critic(GanRecipe recipe, long seed) {
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

    /** Says every few seconds how far one training is. */
    private final class Pace {
        private static final long SECONDS_BETWEEN_LINES = 10;

        private final GanRecipe recipe;
        private final long seed;
        private long told = System.nanoTime();

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
    }
}
