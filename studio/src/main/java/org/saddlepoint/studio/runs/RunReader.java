package org.saddlepoint.studio.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;

/**
 * Keeps the summary of one run up to date. Each file is read again only when its time or size has changed, and of logs the end
 * alone. Not thread-safe.
 */
final class RunReader {
    /** A longer run.json is not read for a list of runs; the program itself writes some kilobytes. */
    private static final long LARGEST_MANIFEST = 1 << 20;

    /** What a user writes about a run. */
    static final String NOTE = "note.txt";

    /** A run of another machine counts as alive if something was written within this time. */
    private static final long ALIVE_MILLIS = Duration.ofMinutes(5).toMillis();

    private static final Pattern STEPS = Pattern.compile("(?m)^steps: (\\d{1,18})$");
    private static final Pattern TRANSLATES = Pattern.compile("(?m)^translator:");

    private final RunsFolder folder;
    private final String id;
    private final RunFolder run;
    private final Cached<RunManifest> manifest;
    private final Cached<Recipe> recipe;
    private final Cached<LogLine> metrics;
    private final Cached<RunSummary.Metric> evaluation;
    private final Cached<RunSummary.Finding> finding;
    private final Cached<String> note;
    private final Cached<Long> samples;
    private final NewestFinding newestFinding = new NewestFinding();
    private long firstStep = -1;
    private long firstMillis;

    private record Recipe(long steps, boolean translates) {}

    /** Reads a file. */
    @FunctionalInterface
    private interface Reading<T> {
        @Nullable T of(Path file) throws IOException;
    }

    /** What a file says, read when it changes. */
    private final class Cached<T> {
        private final Path file;
        private final Reading<T> reading;
        private @Nullable Object stamp;
        private @Nullable T value;
        private long modified;

        Cached(Path file, Reading<T> reading) {
            this.file = file;
            this.reading = reading;
        }

        /** @throws RunException as the reading does */
        @Nullable T get() {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                modified = now.lastModifiedTime().toMillis();
                Object state = List.of(now.size(), now.lastModifiedTime(), Objects.toString(now.fileKey()));
                if (!state.equals(stamp)) {
                    boolean opened = now.isRegularFile() || now.isDirectory(); // a pipe would not answer
                    value = opened && folder.contains(file) ? reading.of(file) : null;
                    stamp = state;
                }
                return value;
            } catch (IOException e) {
                stamp = null;
                value = null;
                return null;
            }
        }
    }

    RunReader(RunsFolder folder, String id) {
        this.folder = folder;
        this.id = id;
        this.run = folder.run(id);
        manifest = new Cached<>(run.manifestFile(), file -> {
            if (Files.size(file) > LARGEST_MANIFEST) {
                throw new RunException("run.json has " + Files.size(file) + " bytes; expected a few thousand");
            }
            return run.manifest();
        });
        recipe = new Cached<>(run.recipeFile(), RunReader::recipe);
        metrics = new Cached<>(run.metricsFile(), file -> LogSample.last(file).orElse(null));
        evaluation = new Cached<>(
                run.evaluationsFile(),
                file -> LogSample.last(file).map(RunReader::metric).orElse(null));
        finding = new Cached<>(run.diagnosisFile(), this::finding);
        note = new Cached<>(run.path().resolve(NOTE), RunReader::text);
        samples = new Cached<>(run.path().resolve("samples"), file -> {
            List<StepPath> all = run.samples();
            return all.isEmpty() ? null : all.get(all.size() - 1).step();
        });
    }

    /** The run as it is now. */
    RunSummary read() {
        try {
            RunManifest said = manifest.get();
            if (said == null) {
                return RunSummary.damaged(id, 0, "run.json cannot be read");
            }
            return summary(said);
        } catch (RuntimeException e) { // whatever one run holds must not hide the others
            return RunSummary.damaged(id, manifest.modified, String.valueOf(e.getMessage()));
        }
    }

    private RunSummary summary(RunManifest said) {
        LogLine last = metrics.get();
        Recipe settings = recipe.get();
        long steps = settings == null ? 0 : settings.steps();
        long updated = Math.max(manifest.modified, metrics.modified);
        long step = Math.max(said.steps(), last == null ? 0 : last.step());
        RunState state = RunState.of(said.outcome(), isAlive(updated));
        String text = note.get();
        return new RunSummary(
                id,
                state.word(),
                kind(said, settings),
                said.recipe(),
                said.data().name(),
                step,
                steps,
                state == RunState.TRAINING ? secondsLeft(step, steps, updated) : null,
                said.started().toEpochMilli(),
                updated,
                samples.get(),
                evaluation.get(),
                finding.get(),
                text == null ? "" : text,
                null);
    }

    private static String kind(RunManifest said, @Nullable Recipe settings) {
        if (settings != null && settings.translates()) {
            return "translation";
        }
        return said.data().exampleShape().size() == 1 ? "points" : "pictures";
    }

    private boolean isAlive(long updated) {
        Optional<RunHolder> holder = RunHolder.of(run);
        if (holder.isEmpty()) {
            return false;
        }
        return holder.get().isHere() ? holder.get().isAlive() : System.currentTimeMillis() - updated < ALIVE_MILLIS;
    }

    /** By the speed since this run was first looked at. */
    private @Nullable Long secondsLeft(long step, long steps, long updated) {
        if (firstStep < 0 || step < firstStep) {
            firstStep = step;
            firstMillis = updated;
        }
        if (step == firstStep || steps <= step || updated <= firstMillis) {
            return null;
        }
        return Math.round((double) (updated - firstMillis) / (step - firstStep) * (steps - step) / 1000);
    }

    private static Recipe recipe(Path file) throws IOException {
        if (Files.size(file) > RunFolder.LARGEST_RECIPE) {
            return new Recipe(0, false);
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        Matcher steps = STEPS.matcher(text);
        return new Recipe(
                steps.find() ? Long.parseLong(steps.group(1)) : 0,
                TRANSLATES.matcher(text).find());
    }

    private static RunSummary.@Nullable Metric metric(LogLine line) {
        JsonNode json = line.json();
        if (!json.path("metric").isTextual() || !json.path("value").isNumber()) {
            return null;
        }
        JsonNode error = json.path("standardError");
        return new RunSummary.Metric(
                json.path("metric").asText(),
                json.path("value").asDouble(),
                error.isNumber() ? error.asDouble() : null,
                line.step());
    }

    private RunSummary.@Nullable Finding finding(Path file) throws IOException {
        return newestFinding
                .in(file)
                .map(last -> new RunSummary.Finding(
                        last.json().path("severity").asText(),
                        last.json().path("line").asText(),
                        last.step()))
                .orElse(null);
    }

    private static @Nullable String text(Path file) throws IOException {
        return Files.size(file) > RunActions.LONGEST_NOTE ? null : Files.readString(file, StandardCharsets.UTF_8);
    }
}
