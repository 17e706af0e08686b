package org.saddlepoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageFormat;
import org.saddlepoint.data.PairHalf;
import org.saddlepoint.evaluation.DatasetSource;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.LatentSource;
import org.saddlepoint.evaluation.SampleSource;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.recipes.ConditioningConfig;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.EvaluationListener;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.TranslationRecipe;
import org.saddlepoint.recipes.TranslationTraining;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.Checkpoint;
import org.saddlepoint.training.SavedNetworks;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.TranslationMethod;
import org.saddlepoint.training.Translators;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate}: how good samples are, with protocol and standard error. */
@Command(
        name = "evaluate",
        description = "Measures a run's samples, or pictures in a folder or zip, against real data.",
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
    private static final int MOST_IMAGES = 10_000;
    private static final int MOST_POINTS = 2_500;

    @Parameters(paramLabel = "RUN|DIR|ZIP", description = "Folder of a run, or any data as for train --data.")
    private String target = "";

    @Option(
            names = "--against",
            paramLabel = "S",
            description = "The real data (default for a run: what it learnt from).")
    private @Nullable String against;

    @Mixin
    private EvaluationOptions options = new EvaluationOptions();

    @Option(
            names = "--size",
            paramLabel = "P",
            description = "Side in pixels that pictures are read at (default: as train reads them).")
    private @Nullable Integer size;

    @Option(
            names = "--no-quantisation",
            description = "Does not round generated images to 8 bits; published values do round.")
    private boolean unquantised;

    @Option(names = "--best", description = "The best checkpoint that train --evaluate-every kept, not the last.")
    private boolean best;

    @Option(names = "--seed", paramLabel = "S", description = "Of latents and subsets (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(
            names = "--batch-size",
            paramLabel = "B",
            description = "Samples at once; changes no value beyond rounding (default: ${DEFAULT-VALUE}).")
    private int batchSize = EvaluationConfig.BATCH;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        options.check();
        if (batchSize < 1) {
            throw new UsageException("--batch-size must be >= 1 but was " + batchSize);
        }
        engine.check();
        Reporter reporter = new Reporter(json);
        if (Files.isRegularFile(Path.of(target).resolve("run.json"))) {
            evaluateRun(RunFolder.open(Path.of(target)), reporter);
            return 0;
        }
        if (best) {
            throw new UsageException("--best: " + target + " is no run; leave it out");
        }
        if (against == null) {
            throw new UsageException("--against is needed: the real data that " + target + " is compared with");
        }
        try (Dataset generated = DataSources.open(target, data(ImageFormat.AS_STORED));
                Dataset real = DataSources.open(against, data(ImageFormat.AS_STORED))) {
            EvaluationConfig config = config(real, generated.size(), ConditioningConfig.On.NOTHING);
            String word = options.extractor(real);
            engine.start(reporter);
            estimate(new DatasetSource(generated, seed), real, config, word, reporter);
        }
        return 0;
    }

    private void evaluateRun(RunFolder folder, Reporter reporter) {
        Recipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        if (recipe instanceof TranslationRecipe translation) {
            evaluate(translation, folder, reporter);
        } else {
            evaluate(recipe.asGan(), folder, reporter);
        }
    }

    private void evaluate(TranslationRecipe recipe, RunFolder folder, Reporter reporter) {
        if (size != null) {
            throw new UsageException(
                    "--size: pictures of " + folder.path() + " have the size it was trained on; leave it out");
        }
        if (against == null && recipe.method() instanceof TranslationMethod.Elsewhere) {
            throw new UsageException("--against is needed: what the translators of " + folder.path()
                    + " learnt from is not known; give pictures such as paired:A,B or unpaired:A,B");
        }
        String spec = against == null ? folder.manifest().data().spec() : against;
        requireCheckpoint(folder);
        try (Dataset pairs = DataSources.open(spec, recipe.dataOptions())) {
            PairHalf real = PairHalf.b(pairs);
            String word = options.extractor(real);
            EvaluationConfig config = config(real, real.size(), ConditioningConfig.On.NOTHING);
            Device device = engine.start(reporter);
            try (RandomGenerator random = new RandomGenerator(seed);
                    Translators translators = TranslationTraining.translators(
                            recipe, folder.manifest().data(), device, random);
                    Opened extractor = new Opened(Extractors.open(word, config.resizing()))) {
                StepPath checkpoint = load(folder, translators, reporter);
                Map<String, Map<String, Object>> rows =
                        new TranslationEvaluation(recipe, translators, pairs, reporter).measure(config, extractor.of());
                append(folder, checkpoint.step(), rows.values(), pairs, reporter);
            }
        }
    }

    private void evaluate(GanRecipe recipe, RunFolder folder, Reporter reporter) {
        String spec = against == null ? folder.manifest().data().spec() : against;
        requireCheckpoint(folder);
        try (Dataset real = DataSources.open(spec, data(recipe.images().format()))) {
            EvaluationConfig config =
                    config(real, Integer.MAX_VALUE, recipe.conditioning().on());
            String word = options.extractor(real);
            int[] example = folder.manifest().data().exampleShape().stream()
                    .mapToInt(i -> i)
                    .toArray();
            Device device = engine.start(reporter);
            try (TrainingState state = new TrainingState(0);
                    AdversarialPair networks =
                            GanTraining.networks(recipe, folder.manifest().data(), device, state);
                    TensorScope scope = TensorScope.open()) {
                StepPath checkpoint = load(folder, networks, reporter);
                Map<String, Estimate> estimates;
                try (LatentSource source = EvaluationListener.source(
                        networks,
                        recipe.latent(),
                        folder.name() + " at step " + checkpoint.step(),
                        example,
                        folder.manifest().data().classNames(),
                        real,
                        seed)) {
                    estimates = estimate(source, real, config, word, reporter);
                }
                List<Map<String, Object>> rows = new ArrayList<>();
                estimates.forEach((name, estimate) -> rows.add(estimate.values(name)));
                append(folder, checkpoint.step(), rows, real, reporter);
            }
        }
    }

    private void requireCheckpoint(RunFolder folder) {
        if (!best) {
            NewestCheckpoint.require(folder);
        } else if (!Files.isDirectory(folder.bestCheckpoint())) {
            throw new UsageException(
                    "--best: " + folder.path() + " holds no best checkpoint; only train --evaluate-every keeps one");
        }
    }

    private StepPath load(RunFolder folder, SavedNetworks networks, Reporter reporter) {
        if (!best) {
            return NewestCheckpoint.load(folder, networks, reporter);
        }
        Checkpoint.restoreNetworks(folder.bestCheckpoint(), networks);
        return new StepPath(Checkpoint.step(folder.bestCheckpoint()), folder.bestCheckpoint());
    }

    private DataOptions data(ImageFormat format) {
        if (size == null) {
            return DataOptions.DEFAULT.withImageFormat(format);
        }
        if (size < 1 || size > ImageFormat.LARGEST) {
            throw new UsageException("--size must be in [1, " + ImageFormat.LARGEST + "] but was " + size);
        }
        return DataOptions.DEFAULT.withImageFormat(
                new ImageFormat(format.channels(), OptionalInt.of(size), format.upscale()));
    }

    private EvaluationConfig config(Dataset real, int available, ConditioningConfig.On on) {
        int most = EvaluationOptions.isImages(real) ? MOST_IMAGES : MOST_POINTS;
        return new EvaluationConfig(
                options.metrics(real, on),
                options.samples(real, Math.min(most, available)),
                batchSize,
                options.resizing(options.extractor(real)),
                !unquantised,
                seed);
    }

    private Map<String, Estimate> estimate(
            SampleSource source, Dataset real, EvaluationConfig config, String word, Reporter reporter) {
        StatisticsCache cache = StatisticsCache.in(StatisticsCache.userFolder(), reporter::note);
        try (Opened extractor = new Opened(word.isEmpty() ? null : Extractors.open(word, config.resizing()))) {
            Map<String, Estimate> estimates = new Evaluator(
                            config, extractor.extractor(), cache, new EvaluationProgress(reporter))
                    .evaluate(source, real);
            report(estimates, source, real, reporter);
            return estimates;
        }
    }

    /** An extractor, if images need one. */
    private record Opened(@Nullable FeatureExtractor extractor) implements AutoCloseable {
        /** The extractor, where images surely need one. */
        FeatureExtractor of() {
            return Objects.requireNonNull(extractor);
        }

        @Override
        public void close() {
            if (extractor != null) {
                extractor.close();
            }
        }
    }

    private static void report(Map<String, Estimate> estimates, SampleSource source, Dataset real, Reporter reporter) {
        reporter.note(source.name() + " against " + real.name() + ":");
        estimates.forEach((name, estimate) -> {
            if (reporter.json()) {
                reporter.object(estimate.values(name));
            } else {
                reporter.note(String.format(
                        Locale.ROOT,
                        "  %-15s %10s ± %-9s %s",
                        name,
                        Numbers.figures(estimate.value()),
                        Numbers.figures(estimate.standardError()),
                        estimate.protocol()));
            }
        });
        ClassTable.of(estimates).forEach(reporter::note);
    }

    private static void append(
            RunFolder folder, long step, Collection<Map<String, Object>> rows, Dataset real, Reporter reporter) {
        try (RunLock lock = RunLock.of(folder.path());
                MetricsLog log = MetricsLog.open(folder.evaluationsFile())) {
            Objects.requireNonNull(lock);
            rows.forEach(values -> {
                Map<String, Object> row = new LinkedHashMap<>(values);
                row.put("against", real.name());
                row.put("when", "afterwards");
                log.append(step, row);
            });
        } catch (RunException e) {
            reporter.note("not written to " + folder.evaluationsFile() + ": " + e.getMessage());
        }
    }
}
