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
import org.saddlepoint.OnDivergence;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.EvaluationRequest;
import org.saddlepoint.recipes.EvaluationRules;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeChoice;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.training.Precision;
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
    private static final int EVALUATED_SAMPLES = 2_500;

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
            description = "What to learn from: a folder or zip of pictures, digits, fashion, ring8, grid25, swissroll,"
                    + " funnels:D,N, idx:FILE[,LABELS], cifar10:DIR, cifar100:DIR, csv:FILE of points or of"
                    + " images with labels; to learn translation from paired:A,B, paired-ab:DIR, colorize:DIR, unpaired:A,B"
                    + " (default: ${DEFAULT-VALUE}).")
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
                            + " the measured speed, and scales what depends on them. What comes out is in the run's recipe.yaml.")
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
            paramLabel = "float32|bfloat16",
            description = "Arithmetic of the networks (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.FLOAT32;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description =
                    "Measures what is trained (its moving average, if any) every N steps and at the end, against the"
                            + " training data, or where that is a part ,train of pairs against ,test; writes evaluations.jsonl"
                            + " and keeps the best checkpoint in best/.")
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

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        long started = System.nanoTime() - Main.startUpNanos();
        Reporter reporter = new Reporter(json);
        Recipe first = chosenRecipe(recipe == null ? Recipes.standardFor(data) : recipe);
        engine.check();
        EvaluationRequest request = evaluation.request();
        boolean evaluates = evaluateEvery != null || evaluation.areGiven() || bestBy != null;
        if (evaluates && evaluateEvery == null && minutes == null) {
            throw new UsageException("--metrics, --samples, --extractor and --best-by need --evaluate-every N, or"
                    + " --minutes M; how often is it to be?");
        }
        Optional<Budget> budget = budget(started, evaluates);
        if (out != null && out.toString().isBlank()) {
            throw new UsageException("--out was given an empty name; expected a folder, which need not exist");
        }
        try (OpenedData opened = chosen(first);
                RunReporter told = new RunReporter(reporter)) {
            told.openWith(opened.why());
            Recipe chosen = opened.recipe();
            Dataset dataset = opened.data();
            EvaluationPlan plan =
                    evaluates ? plan(chosen, evaluateEvery == null ? 1 : evaluateEvery, request, dataset) : null;
            RunOptions options = RunOptions.DEFAULT
                    .seed(seed)
                    .device(engine.start(reporter))
                    .precision(precision)
                    .evaluation(Optional.ofNullable(plan))
                    .onDivergence(onDivergence)
                    .dataSource(links.request(data))
                    .patience(RunReporter.PATIENCE)
                    .budget(budget);
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
            Recipe chosen = chosenRecipe(choice.recipe());
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

    private EvaluationPlan plan(Recipe chosen, int every, EvaluationRequest request, Dataset learnt) {
        EvaluationRules rules = chosen.evaluationRules();
        String against = rules.heldOut(data).orElse("");
        try (Dataset heldOut = against.isEmpty() ? null : links.request(against).open(chosen.dataOptions())) {
            EvaluationRequest.Resolved asked =
                    request.resolve(rules, heldOut == null ? learnt : heldOut, EVALUATED_SAMPLES);
            rules.requireTrainable(asked.config().metrics());
            String decisive = bestBy != null ? bestBy : EvaluationPlan.decisive(rules, asked.config());
            return new EvaluationPlan(every, asked.config(), asked.extractor(), decisive, against);
        } catch (EvaluationException wrong) { // nothing was evaluated yet: it is about the words
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    private Recipe chosenRecipe(String name) {
        Map<String, String> changes = new LinkedHashMap<>(settings);
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
