package org.saddlepoint.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeDifference;
import org.saddlepoint.recipes.RecipeGroup;
import org.saddlepoint.recipes.RecipeListing;
import org.saddlepoint.recipes.Recipes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code recipes}: what can be trained, where each setting comes from, and how two recipes differ. */
@Command(
        name = "recipes",
        description = "Lists what can be trained, by groups, shows a recipe with its sources, or compares two.")
final class RecipesCommand implements Callable<Integer> {
    /** What two recipes always differ in. */
    private static final Set<String> TITLES = Set.of("name", "summary");

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The recipe to show.")
    private @Nullable String name;

    @Option(names = "--diff", paramLabel = "OTHER", description = "Shows where this recipe differs from NAME.")
    private @Nullable String other;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Reporter reporter = new Reporter(json);
        if (name == null && other != null) {
            throw new UsageException("--diff " + other + " needs a recipe to compare with, as in: saddlepoint recipes "
                    + Recipes.DEFAULT + " --diff " + ShellWord.quote(other));
        }
        if (name == null) {
            list(reporter);
        } else if (other == null) {
            show(name, reporter);
        } else {
            compare(name, other, reporter);
        }
        return 0;
    }

    private static Recipe load(String recipe) {
        return Recipes.load(recipe, Map.of());
    }

    private void list(Reporter reporter) {
        if (json) {
            reporter.object(Recipes.names().stream()
                    .map(each -> Recipes.settings(load(each)))
                    .toList());
            return;
        }
        for (RecipeGroup group : RecipeGroup.values()) {
            reporter.note(group.title() + ":");
            for (String each : group.names()) {
                reporter.note(String.format(Locale.ROOT, "  %-19s  %s", each, Recipes.summary(each)));
            }
            reporter.note("");
        }
        reporter.note("saddlepoint recipes NAME shows the settings and their sources.");
    }

    private void show(String recipe, Reporter reporter) {
        RecipeListing listing = RecipeListing.of(recipe);
        if (json) {
            reporter.object(Reporter.values("settings", Recipes.settings(load(recipe)), "own", listing.own()));
        } else {
            reporter.note(listing.text());
        }
    }

    private void compare(String first, String second, Reporter reporter) {
        List<RecipeDifference> differences = RecipeDifference.between(load(first), load(second)).stream()
                .filter(difference -> !TITLES.contains(difference.setting()))
                .toList();
        if (json) {
            reporter.object(Reporter.values("first", first, "second", second, "differences", differences));
        } else {
            reporter.note(table(first, second, differences));
        }
    }

    /** A line a setting, in three columns. */
    private static String table(String first, String second, List<RecipeDifference> differences) {
        if (differences.isEmpty()) {
            return first + " and " + second + " have the same settings";
        }
        int settings = width(differences.stream().map(RecipeDifference::setting), "setting");
        int values = width(differences.stream().map(RecipeDifference::first), first);
        String row = "%-" + settings + "s  %-" + values + "s  %s";
        return Stream.concat(Stream.of(new RecipeDifference("setting", first, second)), differences.stream())
                .map(each -> String.format(Locale.ROOT, row, each.setting(), each.first(), each.second()))
                .collect(Collectors.joining("\n"));
    }

    private static int width(Stream<String> cells, String title) {
        return Stream.concat(Stream.of(title), cells)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }
}
