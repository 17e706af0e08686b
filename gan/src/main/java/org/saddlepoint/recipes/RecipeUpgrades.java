package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Formats of recipes. Recipes state theirs by {@code format}; those without are of format 1. An older recipe is brought to
 * the format of now, one format at a time, before its settings are completed, so that it does what it did.
 */
final class RecipeUpgrades {
    /** The setting that holds the format. */
    static final String KEY = "format";

    /** Brings a recipe from one format to the next. */
    interface Upgrade {
        /**
         * Changes the settings in place.
         *
         * @throws RecipeException if a setting has no equal in the next format; says which, and what to do
         */
        void apply(ObjectNode recipe);
    }

    /** The first brings recipes from format 1 to 2, and so on. Append; never change one once runs were made with it. */
    private static final List<Upgrade> STANDARD = List.of(new FormatOne());

    /** The format of recipes that are written now. */
    static final int CURRENT = 1 + STANDARD.size();

    private RecipeUpgrades() {}

    /**
     * Brings a recipe to the format of now, and takes the statement of its format out.
     *
     * @param origin names the recipe in errors
     * @throws RecipeException if the format is newer or none, or the recipe cannot be upgraded
     */
    static void apply(ObjectNode recipe, String origin) {
        apply(STANDARD, recipe, origin);
    }

    static void apply(List<Upgrade> upgrades, ObjectNode recipe, String origin) {
        int current = 1 + upgrades.size();
        int format = format(recipe, origin);
        if (format > current) {
            throw new RecipeException(origin + ", format: the recipe is of format " + format
                    + ", newer than this release, which reads formats 1 to " + current
                    + "; use the release that wrote it, or a newer one");
        }
        recipe.remove(KEY);
        for (int from = format; from < current; from++) {
            try {
                upgrades.get(from - 1).apply(recipe);
            } catch (RecipeException e) {
                throw new RecipeException(
                        origin + ": a recipe of format " + format + ", which cannot be brought to format " + (from + 1)
                                + ": " + e.getMessage(),
                        e);
            }
        }
    }

    private static int format(ObjectNode recipe, String origin) {
        JsonNode stated = recipe.get(KEY);
        if (stated == null) {
            return 1;
        }
        if (!stated.isInt() || stated.asInt() < 1) {
            throw new RecipeException(
                    origin + ", format: expected a whole number from 1 to " + CURRENT + " but was " + stated);
        }
        return stated.asInt();
    }
}
