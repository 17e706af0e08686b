package org.saddlepoint.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.recipes.Recipes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code recipes}: what can be trained, and where each setting comes from. */
@Command(name = "recipes", description = "Lists what can be trained, or shows one recipe with its sources.")
final class RecipesCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The recipe to show.")
    private @Nullable String name;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Reporter reporter = new Reporter(json);
        if (json) {
            List<String> names = name == null ? Recipes.names() : List.of(name);
            reporter.object(names.stream()
                    .map(each -> Recipes.settings(Recipes.load(each, Map.of())))
                    .toList());
        } else if (name != null) {
            reporter.note(Recipes.text(name).stripTrailing());
        } else {
            for (String each : Recipes.names()) {
                reporter.note(String.format(
                        Locale.ROOT,
                        "%-15s  %s",
                        each,
                        Recipes.load(each, Map.of()).summary()));
            }
            reporter.note("");
            reporter.note("saddlepoint recipes NAME shows the settings and their sources.");
        }
        return 0;
    }
}
