package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The types of recipes: their record, and the file of their defaults. */
enum RecipeType {
    /** A generator from latents. */
    GAN(GanRecipe.class, "gan"),
    /** Translators of pictures. */
    TRANSLATION(TranslationRecipe.class, "translation");

    /** The setting that recipes for translation have and no others. */
    private static final String TRANSLATOR = "translator";

    private final Class<? extends Recipe> record;
    private final String defaults;

    RecipeType(Class<? extends Recipe> record, String defaults) {
        this.record = record;
        this.defaults = defaults;
    }

    /** The type of a recipe, by the settings that it states. */
    static RecipeType of(ObjectNode settings) {
        return settings.has(TRANSLATOR) ? TRANSLATION : GAN;
    }

    /** The type of a recipe. */
    static RecipeType of(Recipe recipe) {
        for (RecipeType type : values()) {
            if (type.record == recipe.getClass()) {
                return type;
            }
        }
        throw new IllegalArgumentException("recipes of " + recipe.getClass() + " cannot be written");
    }

    /** Its components are the settings. */
    Class<? extends Recipe> record() {
        return record;
    }

    /** The name of the file of defaults, relative to this package. */
    String defaults() {
        return "defaults/" + defaults + ".yaml";
    }
}
