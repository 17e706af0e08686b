package org.saddlepoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: several recipes on the same data for the same number of steps, over several seeds. */
@Command(
        name = "compare",
        description = {
            "Trains several recipes on the same data and puts what came out side by side.",
            "",
            "Of ring8 and grid25 it counts modes; of funnels:D,N it trains critics alone and measures them against the"
                    + " known Wasserstein distance; of everything it draws a picture and tells whether training diverged."
        },
        sortOptions = false)
final class CompareCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "RECIPE", description = "What to train; 'saddlepoint recipes' lists them.")
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
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes one setting of all recipes; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where table and pictures go; the folder must be new.")
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
        if (out != null && Files.exists(out)) {
            throw new UsageException("--out " + out + " is there already; give a new folder");
        }
        Map<String, String> changes = new LinkedHashMap<>(settings);
        if (steps != null) {
            changes.put("steps", steps.toString());
        }
        List<GanRecipe> recipes =
                names.stream().map(name -> Recipes.gan(name, changes)).toList();
        Reporter reporter = new Reporter(json);
        Device device = engine.start(reporter);
        Comparison comparison = new Comparison(links.request(data), device, precision, out, reporter);
        for (GanRecipe recipe : recipes) {
            for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
                comparison.run(recipe, seed);
            }
        }
        comparison.conclude();
        return 0;
    }
}
