package org.saddlepoint.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.Budget;
import org.saddlepoint.DiagnosisPlan;
import org.saddlepoint.OnDivergence;
import org.saddlepoint.OnFailure;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeChoice;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.Device;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code train}: from data to a generator. */
@Command(
        name = "train",
        description = "Trains a GAN. Without arguments: digits, told the class, with the recipe "
                + Recipes.DEFAULT_FOR_LABELS + ".",
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {
    /** A year and some. */
    private static final int MOST_MINUTES = 600_000;

    @Parameters(
            arity = "0..1",
            paramLabel = "RECIPE",
            description = "What to train; 'saddlepoint recipes' lists them (default, chosen by the data: "
                    + Recipes.DEFAULT_FOR_LABELS + " for labelled pictures, "
                    + Recipes.DEFAULT_FOR_UNLABELLED + " without labels, for points " + Recipes.DEFAULT_FOR_POINTS
                    + ", for pairs of pictures "
                    + Recipes.DEFAULT_FOR_PAIRS + ", for unpaired ones " + Recipes.DEFAULT_FOR_UNPAIRED + ").")
    private @Nullable String recipe;

    @Option(
            names = "--data",
            paramLabel = "S",
            description =
                    "What to learn from: a folder or zip of pictures, digits, fashion, emoji, stacked-digits, ring8, grid25,"
                            + " swissroll, funnels:D,N, idx:FILE[,LABELS], cifar10:DIR, cifar100:DIR, csv:FILE of points or of images with"
                            + " labels; to learn translation from paired:A,B, paired-ab:DIR, colorize:DIR, unpaired:A,B (default:"
                            + " ${DEFAULT-VALUE}).")
    private String data = "digits";

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Option(names = "--steps", paramLabel = "N", description = "How long to train (default: the recipe's).")
    private @Nullable Long steps;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description =
                    "How long to train in minutes, with start-up and evaluations, such as 2 or 0.5: sets the steps by"
                            + " the measured speed, and scales what depends on them. What comes out is in the run's"
                            + " recipe.yaml.")
    private @Nullable Double minutes;

    @Option(names = "--batch-size", paramLabel = "B", description = "Examples an update (default: the recipe's).")
    private @Nullable Integer batchSize;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Where all randomness starts (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the run (default: a new one below runs/).")
    private @Nullable Path out;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes one setting of the recipe, such as generator.width=32; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--recipe-file",
            paramLabel = "FILE",
            description = "Trains the recipe in this file, such as a run's recipe.yaml.")
    private @Nullable Path recipeFile;

    @Option(
            names = "--precision",
            paramLabel = "auto|float32|bfloat16",
            description =
                    "Arithmetic of the networks; auto measures some steps and takes bfloat16 if it is faster here (default:"
                            + " ${DEFAULT-VALUE}).")
    private PrecisionWord precision = PrecisionWord.FLOAT32;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description =
                    "Measures what is trained (its moving average, if any) every N steps and at the end, against the"
                            + " training data, or where that is a part ,train of pairs against ,test; writes"
                            + " evaluations.jsonl and keeps the best checkpoint in best/.")
    private @Nullable Integer evaluateEvery;

    @Mixin
    private EvaluationOptions evaluation = new EvaluationOptions();

    @Option(
            names = "--best-by",
            paramLabel = "M",
            description = "Which estimate decides what is best, such as fid or recall (default: fid, else"
                    + " w1, else the first; of translations l1, else fid, else cycle-l1).")
    private @Nullable String bestBy;

    @Option(
            names = "--on-divergence",
            paramLabel = "stop|rollback",
            description = RunReporter.ON_DIVERGENCE + " (default: ${DEFAULT-VALUE}).")
    private OnDivergence onDivergence = OnDivergence.STOP;

    @Option(
            names = "--on-failure",
            paramLabel = "report|stop|rollback|adapt|off",
            description =
                    "What to do about what the diagnosis finds: tell it; stop when the run has failed; go back to the"
                            + " last healthy checkpoint and on with a remedy; change settings within bounds on the way; or"
                            + " look for nothing (default: ${DEFAULT-VALUE}).")
    private OnFailure onFailure = OnFailure.REPORT;

    @Option(
            names = "--diagnose-every",
            paramLabel = "N",
            description = "Looks at the training every N steps (default: as often as 2 %% of the time allow).")
    private @Nullable Integer diagnoseEvery;

    @Option(
            names = "--sync-statistics",
            description =
                    "With --processes, batch normalization uses the statistics of the whole batch; by default each"
                            + " process uses those of its own part of it.")
    private boolean syncStatistics;

    @Option(names = "--tensorboard", description = RunReporter.TENSORBOARD)
    private boolean tensorBoard;

    @Mixin
    private ProcessOptions several = new ProcessOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        long started = System.nanoTime() - Main.startUpNanos();
        Reporter reporter = new Reporter(json);
        Recipe first = chosenRecipe(recipe == null ? Recipes.standardFor(data) : recipe, Map.of());
        engine.check();
        evaluation.request(); // before anything is opened
        boolean evaluates = evaluateEvery != null || evaluation.areGiven() || bestBy != null;
        if (evaluates && evaluateEvery == null && minutes == null) {
            throw new UsageException("--metrics, --samples, --extractor and --best-by need --evaluate-every N, or"
                    + " --minutes M; how often is it to be?");
        }
        Optional<Budget> budget = budget(started, evaluates);
        if (diagnoseEvery != null && diagnoseEvery < 1) {
            throw new UsageException("--diagnose-every must be at least 1 but was " + diagnoseEvery);
        }
        if (out != null && out.toString().isBlank()) {
            throw new UsageException("--out was given an empty name; expected a folder, which need not exist");
        }
        if (minutes != null) {
            several.requireOne("--minutes is for one process; with several, give --steps");
        }
        Device device = engine.start(reporter, several);
        try (OpenedData opened = several.beforeMeeting(() -> chosen(first));
                ProcessOptions.Joined joined = several.join(device, Version.current(), reporter, spec);
                RunReporter told = new RunReporter(reporter)) {
            told.openWith(opened.why());
            Recipe chosen = opened.recipe();
            Dataset dataset = opened.data();
            EvaluationPlan plan = evaluates && !joined.follows()
                    ? evaluation.plan(
                            chosen, evaluateEvery == null ? 1 : evaluateEvery, dataset, links.request(data), bestBy)
                    : null;
            RunOptions options = RunOptions.DEFAULT
                    .seed(seed)
                    .device(device)
                    .precision(precision.precision())
                    .evaluation(Optional.ofNullable(plan))
                    .diagnosis(new DiagnosisPlan(onFailure, diagnoseEvery == null ? 0 : diagnoseEvery))
                    .onDivergence(onDivergence)
                    .dataSource(links.request(data))
                    .patience(RunReporter.PATIENCE)
                    .budget(budget)
                    .tensorBoard(tensorBoard)
                    .processes(joined.processes(syncStatistics));
            if (joined.follows()) {
                try (Interruption untilTheOthersEnd = new Interruption(() -> {})) {
                    Run.follow(chosen, dataset, options);
                }
                return 0;
            }
            if (out == null) {
                Run.trainBelow(RunReporter.RUNS, chosen, dataset, options, told);
            } else {
                Run.train(chosen, dataset, out, options, told);
            }
            return 0;
        }
    }

    private Optional<Budget> budget(long started, boolean evaluates) {
        if (minutes == null) {
            return Optional.empty();
        }
        if (steps != null || settings.containsKey("steps") || settings.containsKey("epochs")) {
            throw new UsageException(
                    "both --minutes and --steps (or the setting steps or epochs) were given, and either"
                            + " says how long to train; expected one of them");
        }
        if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new UsageException("--minutes must be > 0 and at most " + MOST_MINUTES + " but was " + minutes);
        }
        Duration time = Duration.ofMillis(Math.round(minutes * 60_000));
        return Optional.of(
                new Budget(time, started, System::nanoTime, settings.keySet(), evaluates && evaluateEvery == null));
    }

    /** A recipe, the data that it was chosen for, and why it was, if anybody chose. */
    private record OpenedData(Recipe recipe, Dataset data, List<String> why) implements AutoCloseable {
        @Override
        public void close() {
            data.close();
        }
    }

    /** Opens the data; where no recipe is named, chooses one by it. */
    private OpenedData chosen(Recipe first) {
        Dataset opened = open(first);
        if (recipe != null || recipeFile != null) {
            return new OpenedData(first, opened, List.of());
        }
        try {
            RecipeChoice choice =
                    RecipeChoice.of(opened, minutes == null ? OptionalDouble.empty() : OptionalDouble.of(minutes));
            List<String> why = new ArrayList<>(List.of(choice.line()));
            why.addAll(choice.notes());
            Recipe chosen = chosenRecipe(choice.recipe(), choice.settings());
            if (chosen.dataOptions().equals(first.dataOptions())) {
                return new OpenedData(chosen, opened, why);
            }
            opened.close();
            return new OpenedData(chosen, open(chosen), why);
        } catch (RuntimeException refused) {
            opened.close();
            throw refused;
        }
    }

    /** @param first settings before those of the user */
    private Recipe chosenRecipe(String name, Map<String, String> first) {
        Map<String, String> changes = new LinkedHashMap<>(first);
        changes.putAll(settings);
        if (steps != null) {
            changes.put("steps", steps.toString());
        }
        if (batchSize != null) {
            changes.put("updates.batchSize", batchSize.toString());
        }
        if (recipeFile == null) {
            return Recipes.load(name, changes);
        }
        if (recipe != null) {
            throw new UsageException("both the recipe " + recipe + " and --recipe-file " + recipeFile
                    + " were given; expected one of them");
        }
        return Recipes.read(recipeFile, changes);
    }

    private Dataset open(Recipe chosen) {
        return links.request(data).open(chosen.dataOptions());
    }
}
