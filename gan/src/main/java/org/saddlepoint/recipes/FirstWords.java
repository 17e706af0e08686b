package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The first recipes of format 1, which had few settings, some under other names. */
final class FirstWords {
    private FirstWords() {}

    /** Brings a recipe to the words that format 1 ended with. */
    static void apply(ObjectNode recipe) {
        if (recipe.has("batchSize") && recipe.has("discriminatorSteps") && !recipe.has("updates")) {
            ObjectNode updates = recipe.putObject("updates");
            updates.set("batchSize", recipe.remove("batchSize"));
            updates.set("discriminatorSteps", recipe.remove("discriminatorSteps"));
        }
        if (recipe.has("averageDecay") && !recipe.has("average")) {
            ObjectNode average = recipe.putObject("average");
            average.set("decay", recipe.remove("averageDecay"));
            average.put("start", 0).put("warmUp", true).put("buffers", "copied");
        }
        if (recipe.path("objective").isTextual()) {
            recipe.set("objective", JsonNodeFactory.instance.objectNode().set("loss", recipe.get("objective")));
        }
        uniform(recipe.get("network"), "generatorRange", "generatorWeights");
        uniform(recipe.get("network"), "discriminatorRange", "discriminatorWeights");
    }

    /** Fully connected networks began with uniform weights, and LeakyReLU had one slope. */
    private static void uniform(JsonNode network, String range, String weights) {
        RecipeYaml.section(network)
                .filter(mlp -> mlp.has(range) && !mlp.has(weights))
                .ifPresent(mlp -> {
                    mlp.putObject(weights).put("scheme", "uniform").set("range", mlp.remove(range));
                    if (!mlp.has("slope")) {
                        mlp.put("slope", 0.2);
                    }
                });
    }
}
