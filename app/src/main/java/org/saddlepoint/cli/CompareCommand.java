package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.Budget;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.synthetic.FunnelTransport;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: several recipes on the same data under one budget, over several seeds. */
@Command(
        name = "compare",
        description = {
            "Trains several recipes on the same data under one budget, over several seeds, in turn, and writes one page with a"
                    + " table, which differences are noise, curves, samples and a diagnosis of each run. Each run is kept.",
            "",
            "The same command goes on after a stop or a kill, and with more --seeds adds runs, if --out names the folder. Of"
                    + " funnels:D,N it trains critics alone and measures them against the known Wasserstein distance."
        },
        sortOptions = false)
final class CompareCommand implements Callable<Integer> {
    private static final Path COMPARISONS = Path.of("comparisons");
    private static final int EVALUATIONS = 6;

    @Parameters(
            arity = "1..*",
            paramLabel = "RECIPE",
            description =
                    "What to train: recipes by name ('saddlepoint recipes' lists them), or files such as my.yaml.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "S",
            description = "What to learn from, as for train --data (default: ${DEFAULT-VALUE}).")
    private String data = "digits";

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    private int seeds = 1;

    @Option(names = "--seed", paramLabel = "S", description = "The first of them (default: ${DEFAULT-VALUE}).")
    private long firstSeed = 0;

    @Option(names = "--steps", paramLabel = "N", description = "How long to train each (default: the recipe's).")
    private @Nullable Long steps;

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "How long to train each, in real examples seen, whatever its batch and its updates of D.")
    private @Nullable Long images;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "How long to train each, in minutes on this machine, with evaluations.")
    private @Nullable Double minutes;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes one setting of all recipes; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--evaluations",
            paramLabel = "N",
            description = "Points of the curves: how often each run is measured (default: " + EVALUATIONS
                    + "; with --minutes as often as there is time for).")
    private @Nullable Integer evaluations;

    @Mixin
    private EvaluationOptions evaluation = new EvaluationOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder of page and runs: a new one, or that of the same comparison to go on with (default: a new one"
                            + " below comparisons/).")
    private @Nullable Path out;

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16",
            description = "Arithmetic of the networks (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.FLOAT32;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        if (seeds < 1) {
            throw new UsageException("--seeds must be >= 1 but was " + seeds);
        }
        requireOneBudget();
        requireEvaluations();
        evaluation.request();
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        for (String name : names) {
            Recipe recipe = recipe(name);
            if (recipes.put(called(name), recipe) != null) {
                throw new UsageException(name + " was given twice; expected recipes of different names");
            }
        }
        Reporter reporter = new Reporter(json);
        Optional<FunnelTransport> transport = DataSources.transport(data);
        if (transport.isPresent()) {
            requireCritics();
            return critics(recipes.values(), transport.get(), reporter);
        }
        return runs(recipes, reporter);
    }

    private void requireOneBudget() {
        long given =
                List.of(Optional.ofNullable(steps), Optional.ofNullable(images), Optional.ofNullable(minutes)).stream()
                        .filter(Optional::isPresent)
                        .count();
        if (given > 1) {
            throw new UsageException("expected one budget of --steps, --images and --minutes but were " + given);
        }
        if (images != null && images < 1) {
            throw new UsageException("--images must be >= 1 but was " + images);
        }
        if (minutes != null && !(minutes > 0)) {
            throw new UsageException("--minutes must be > 0 but was " + minutes);
        }
    }

    private void requireEvaluations() {
        if (evaluations == null) {
            return;
        }
        if (evaluations < 1) {
            throw new UsageException("--evaluations must be >= 1 but was " + evaluations);
        }
        if (minutes != null) {
            throw new UsageException(
                    "--evaluations cannot be given with --minutes, where the measured speed says how often;"
                            + " leave one of them out");
        }
    }

    /** Critics are trained for steps and compared with a known distance. */
    private void requireCritics() {
        if (minutes != null) {
            throw new UsageException(
                    "--minutes is not for " + data + ", of which critics are trained; give --steps or --images");
        }
        if (evaluations != null || evaluation.areGiven()) {
            throw new UsageException("--evaluations, --metrics, --samples, --extractor and --resizing are not for "
                    + data + ", where critics are measured against the known distance; leave them out");
        }
    }

    /** A recipe as long as the budget of steps or images says. */
    private Recipe recipe(String name) {
        Map<String, String> changes = new LinkedHashMap<>(settings);
        if (steps != null) {
            changes.put("steps", steps.toString());
        }
        Recipe recipe = isFile(name) ? Recipes.read(Path.of(name), changes) : Recipes.load(name, changes);
        if (images == null) {
            return recipe;
        }
        return recipe.with("steps", Math.max(1, Math.round((double) images / recipe.examplesPerStep())));
    }

    private static boolean isFile(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** A name that folders can have. */
    private static String called(String name) {
        return isFile(name) ? String.valueOf(Path.of(name).getFileName()).replaceAll("\\.ya?ml$", "") : name;
    }

    private int runs(Map<String, Recipe> recipes, Reporter reporter) {
        ComparePlan plan = plan();
        Path folder = out == null ? RunFolder.freshName(COMPARISONS, String.join("-", names(recipes))) : out;
        plan.check(folder);
        Device device = engine.start(reporter);
        RunOptions plain = RunOptions.DEFAULT
                .device(device)
                .precision(precision)
                .dataSource(links.request(data))
                .patience(RunReporter.PATIENCE);
        try (Comparison comparison = new Comparison(folder, plan, links.request(data), reporter)) {
            String decisive = "";
            for (Recipe recipe : recipes.values()) { // all, before the first is trained
                comparison.check(recipe, plain);
                String ofThis = evaluationPlan(recipe, comparison.data(recipe)).bestBy();
                decisive = decisive.isEmpty() ? ofThis : decisive;
            }
            if (out == null) {
                reporter.note(
                        "comparing in " + folder + "; after a stop the same command with --out " + folder + " goes on");
            }
            for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
                for (Map.Entry<String, Recipe> each : recipes.entrySet()) {
                    boolean goesOn = comparison.run(
                            each.getKey(),
                            each.getValue(),
                            seed,
                            (recipe, learnt, of) -> begin(plain, recipe, learnt, of));
                    if (comparison.hasNews()) {
                        comparison.page(about(), decisive);
                    }
                    if (!goesOn) {
                        return 0;
                    }
                }
            }
            comparison.page(about(), decisive).lines().forEach(reporter::note);
            reporter.note("read " + folder.resolve("comparison.html") + " or comparison.md");
        }
        return 0;
    }

    private static List<String> names(Map<String, Recipe> recipes) {
        return recipes.keySet().stream().limit(3).toList();
    }

    private RunOptions begin(RunOptions plain, Recipe recipe, Dataset learnt, long seed) {
        RunOptions options = plain.seed(seed).evaluation(evaluationPlan(recipe, learnt));
        if (minutes == null) {
            return options;
        }
        Duration time = Duration.ofMillis(Math.round(minutes * 60_000));
        return options.budget(
                new Budget(time, System.nanoTime(), System::nanoTime, Set.copyOf(settings.keySet()), true));
    }

    private EvaluationPlan evaluationPlan(Recipe recipe, Dataset learnt) {
        long every = minutes != null ? 1 : Math.max(1, recipe.steps(learnt.size()) / evaluations());
        return evaluation.plan(recipe, Math.toIntExact(every), learnt, links.request(data), null);
    }

    private int evaluations() {
        return evaluations == null ? EVALUATIONS : evaluations;
    }

    private ComparePlan plan() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("recipes", String.join(" ", names));
        names.stream()
                .filter(CompareCommand::isFile)
                .forEach(name -> options.put(ComparePlan.TEXT + name, digest(name)));
        options.put("--data", data);
        options.put("--follow-links", Boolean.toString(links.isGiven()));
        options.put("--seed", Long.toString(firstSeed));
        options.put(ComparePlan.SEEDS, Integer.toString(seeds));
        options.put("the budget", budget());
        options.put("--set", settings.toString());
        options.put("--evaluations", Integer.toString(evaluations()));
        options.put("what is measured", evaluation.words());
        options.put("--precision", precision.toString());
        return new ComparePlan(options);
    }

    private static String digest(String file) {
        try {
            String text = InputFiles.text(Path.of(file), RunFolder.LARGEST_RECIPE);
            return "SHA-256 " + RunManifest.hashOf(text);
        } catch (IOException e) {
            throw new RunException("cannot read the recipe " + file + ": " + IoReasons.of(e), e);
        }
    }

    private String budget() {
        return steps != null
                ? steps + " steps"
                : images != null
                        ? images + " real examples seen"
                        : minutes != null ? minutes + " minutes on this machine" : "as many steps as each recipe says";
    }

    private List<String> about() {
        return List.of("On " + data + ", " + (seeds == 1 ? "1 seed" : seeds + " seeds") + " from " + firstSeed
                + ", each run for "
                + budget() + (settings.isEmpty() ? "" : ", all with `" + flags() + "`")
                + ". The recipes took turns within each seed. Losses are not compared: they have another meaning under each"
                + " objective.");
    }

    private String flags() {
        return settings.entrySet().stream()
                .map(each -> "--set " + ShellWord.quote(each.getKey() + "=" + each.getValue()))
                .collect(Collectors.joining(" "));
    }

    private int critics(Iterable<Recipe> recipes, FunnelTransport transport, Reporter reporter) {
        if (out != null && Files.exists(out)) {
            throw new UsageException("--out " + out + " is there already; give a new folder");
        }
        engine.start(reporter);
        CriticComparison comparison = new CriticComparison(links.request(data), transport, out, reporter);
        for (Recipe recipe : recipes) {
            for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
                comparison.run(recipe.asGan(), seed);
            }
        }
        comparison.conclude();
        return 0;
    }
}
