package org.saddlepoint.recipes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.RunFolder;

/** The recipes that come with Saddlepoint, and how a user's settings change one. */
public final class Recipes {
    /** The recipe for pictures without labels when the user names none. */
    public static final String DEFAULT = "dcgan-quick";

    /** The recipe for labelled pictures when the user names none. */
    public static final String DEFAULT_FOR_LABELS = "dcgan-projection";

    /** The recipe for pictures without labels, where there are enough for clusters, when the user names none. */
    public static final String DEFAULT_FOR_UNLABELLED = "dcgan-clusters";

    /** The recipe for points when the user names none. */
    public static final String DEFAULT_FOR_POINTS = "gan-points";

    /** The recipe for pairs of pictures when the user names none. */
    public static final String DEFAULT_FOR_PAIRS = "pix2pix-small";

    /** The recipe for two kinds of pictures without pairs when the user names none. */
    public static final String DEFAULT_FOR_UNPAIRED = "cyclegan-small";

    private static final List<String> NAMES = Arrays.stream(RecipeGroup.values())
            .flatMap(group -> group.names().stream())
            .toList();

    /** Second names, which say the networks: of the same recipes, that keep the names that runs know them by. */
    private static final Map<String, String> ALSO_CALLED =
            Map.of("sngan-resnet", "sngan", "gngan-resnet", "gngan", "gngan-resnet-cr", "gngan-cr");

    private Recipes() {}

    /** Names of all recipes, by groups, the default first. */
    public static List<String> names() {
        return NAMES;
    }

    /** The recipe for the data that the user calls {@code spec}, as far as that tells; {@link RecipeChoice} looks at the data. */
    public static String standardFor(String spec) {
        if (DataSources.givesPairs(spec)) {
            return spec.startsWith(PairSources.UNPAIRED) ? DEFAULT_FOR_UNPAIRED : DEFAULT_FOR_PAIRS;
        }
        return DataSources.givesPoints(spec) ? DEFAULT_FOR_POINTS : DEFAULT;
    }

    /**
     * The text of a recipe, with the source of each setting in its comments. {@code sngan-resnet}, {@code gngan-resnet} and
     * {@code gngan-resnet-cr} are other names of {@code sngan}, {@code gngan} and {@code gngan-cr}.
     *
     * @throws RecipeException if there is none of this name
     */
    public static String text(String name) {
        String known = ALSO_CALLED.getOrDefault(name, name);
        if (!NAMES.contains(known)) {
            throw new RecipeException("unknown recipe \"" + name + "\"" + Suggestion.of(name, NAMES)
                    + "; 'saddlepoint recipes' lists all " + NAMES.size());
        }
        return RecipeDefaults.resource(known + ".yaml");
    }

    /**
     * What a recipe is for, in one line; without reading the rest of it.
     *
     * @throws RecipeException if there is none of this name
     */
    public static String summary(String name) {
        return RecipeYaml.parse(text(name), name).path("summary").asText();
    }

    /**
     * A recipe by name, changed by settings such as {@code generator.width=32}.
     *
     * @throws RecipeException if the name, a setting or a value is wrong
     */
    public static Recipe load(String name, Map<String, String> settings) {
        return parse(text(name), name, settings);
    }

    /**
     * {@link #load} of a recipe with a generator from latents.
     *
     * @throws RecipeException if the name, a setting or a value is wrong, or the recipe has no such generator
     */
    public static GanRecipe gan(String name, Map<String, String> settings) {
        return load(name, settings).asGan();
    }

    /**
     * A recipe from a file, such as a run's {@code recipe.yaml}, changed by settings.
     *
     * @throws RecipeException if the file cannot be read or is no recipe, or a setting or a value is wrong
     */
    public static Recipe read(Path file, Map<String, String> settings) {
        try {
            return parse(InputFiles.text(file, RunFolder.LARGEST_RECIPE), file.toString(), settings);
        } catch (IOException e) {
            throw new RecipeException(
                    "cannot read the recipe " + file + ": " + IoReasons.of(e)
                            + "; expected a file such as a run's recipe.yaml",
                    e);
        }
    }

    /**
     * A recipe from its text, changed by settings. Settings that it leaves out have their defaults; what an earlier release
     * wrote is brought to the format of now.
     *
     * @param origin names it in errors
     * @throws RecipeException if the text is no recipe or cannot be upgraded, or a setting or a value is wrong
     */
    public static Recipe parse(String yaml, String origin, Map<String, String> settings) {
        return RecipeSettings.parse(yaml, origin).set(settings).recipe();
    }

    /**
     * The complete settings as text, with their format; {@link #parse} reads it back.
     *
     * @throws RecipeException if it has an objective, a constraint or another part without a word
     *     ({@link RecipeWords#register})
     */
    public static String format(Recipe recipe) {
        return RecipeYaml.format(recipe);
    }

    /** The complete settings as maps, lists, words and numbers, under the names of the YAML. */
    public static Map<String, Object> settings(Recipe recipe) {
        return RecipeYaml.settings(recipe);
    }
}
