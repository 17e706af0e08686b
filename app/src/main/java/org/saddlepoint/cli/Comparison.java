package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.ResumeOptions;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.training.TrainingDivergedException;
import org.saddlepoint.training.TrainingSetup;

/**
 * Runs of recipes on the same data, in turn: all recipes of the first seed, then of the next, so that whatever disturbs the machine
 * disturbs all alike, and a comparison that is stopped has the same seeds of all. Each run is one as {@code train} makes it, in
 * {@code runs/} of the folder; {@code runs.jsonl} names those that have ended.
 */
final class Comparison implements AutoCloseable {
    private final Path folder;
    private final DataRequest request;
    private final Reporter reporter;
    private final CompareProgress progress;
    private final ComparePlan plan;
    private @Nullable MetricsLog log;
    private @Nullable RunLock lock;
    private boolean hasNews;
    private final List<ComparedRun> runs = new ArrayList<>();
    private final Map<DataOptions, Dataset> opened = new HashMap<>();

    /** How a run is begun: the same for all but recipe and seed. */
    @FunctionalInterface
    interface Begin {
        RunOptions of(Recipe recipe, Dataset data, long seed);
    }

    Comparison(Path folder, ComparePlan plan, DataRequest request, Reporter reporter) {
        this.folder = folder;
        this.plan = plan;
        this.request = request;
        this.reporter = reporter;
        this.progress = new CompareProgress(reporter, folder.toString());
    }

    /** The data as a recipe reads it; stays open until the comparison is over. */
    Dataset data(Recipe recipe) {
        return opened.computeIfAbsent(recipe.dataOptions(), request::open);
    }

    /** Refuses a recipe that does not fit the data, before anything is trained. */
    void check(Recipe recipe, RunOptions options) {
        Dataset prepared =
                recipe.prepare(data(recipe), options.seed(), reporter::note).dataset();
        recipe.train(prepared, TrainingSetup.of(options.seed(), options.device(), options.arithmetic()))
                .close();
    }

    /**
     * Trains one recipe from one seed, or goes on with it, unless that is done.
     *
     * @return whether the comparison goes on, and was not asked to stop
     */
    boolean run(String name, Recipe recipe, long seed, Begin begin) {
        Path place = folder.resolve("runs").resolve(name + "-" + seed);
        log();
        if (hasEnded(name, seed)) {
            runs.add(ComparedRun.read(name, seed, place));
            return true;
        }
        progress.begin(name + ", seed " + seed);
        try {
            if (canResume(place)) {
                Run.resume(place, data(recipe), ResumeOptions.DEFAULT, progress);
            } else {
                clear(place);
                Dataset data = data(recipe);
                Run.train(recipe, data, place, begin.of(recipe, data, seed), progress);
            }
        } catch (TrainingDivergedException diverged) {
            reporter.note(name + ", seed " + seed + ": " + diverged.getMessage());
        } catch (IOException e) {
            throw RunException.of(e);
        }
        if (progress.stopRequested()) {
            return false;
        }
        MetricsLog open = log();
        open.append(new MetricsRow(runs.size(), row(name, seed)));
        open.force();
        ComparedRun ended = ComparedRun.read(name, seed, place);
        runs.add(ended);
        hasNews = true;
        tell(ended);
        return true;
    }

    /** Deletes what is left of a run that was killed before its first checkpoint; whoever trains it now is left alone. */
    private static void clear(Path place) throws IOException {
        if (Files.exists(place)) {
            RunLock.of(place).close();
            AtomicFiles.delete(place);
        }
    }

    /** The list of ended runs; with the first of them there is a folder, which is this process's alone. */
    private MetricsLog log() {
        MetricsLog open = log;
        if (open == null) {
            lock = plan.claim(folder);
            open = MetricsLog.open(folder.resolve("runs.jsonl"));
            log = open;
        }
        return open;
    }

    private boolean hasEnded(String name, long seed) {
        return MetricsLog.read(folder.resolve("runs.jsonl")).stream()
                .anyMatch(row -> name.equals(row.values().get("recipe"))
                        && row.number("seed").orElse(-1) == seed);
    }

    private static boolean canResume(Path place) {
        return Files.exists(place.resolve("run.json"))
                && RunFolder.open(place).latestCheckpoint().isPresent();
    }

    private static Map<String, @Nullable Object> row(String name, long seed) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("recipe", name);
        row.put("seed", seed);
        return row;
    }

    private void tell(ComparedRun run) {
        Map<String, Object> values = Reporter.values(
                "recipe", run.recipe(),
                "seed", run.seed(),
                "run", run.folder().path().toString(),
                "steps", run.steps(),
                "diverged", run.hasDiverged(),
                "verdict", run.diagnosis().verdict().word());
        StringBuilder line = new StringBuilder(run.recipe() + ", seed " + run.seed() + " ended: "
                + (run.hasDiverged() ? "diverged" : run.diagnosis().verdict().word()));
        run.curves().keySet().forEach(estimate -> run.value(estimate).ifPresent(value -> {
            values.put(estimate, value);
            line.append(", ").append(estimate).append(' ').append(Numbers.figures(value));
        }));
        reporter.note(line.toString());
        reporter.event("run", values);
    }

    /** Whether a run has ended here since the page was written. */
    boolean hasNews() {
        return hasNews;
    }

    /**
     * The page of the runs so far, written.
     *
     * @param about what is compared, in sentences
     * @param decisive the estimate that comes first
     */
    ComparisonPage page(List<String> about, String decisive) {
        ComparisonPage page = new ComparisonPage(folder, about, decisive, runs);
        page.write();
        hasNews = false;
        return page;
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
        progress.close();
        opened.values().forEach(Dataset::close);
        if (lock != null) {
            lock.close();
        }
    }
}
