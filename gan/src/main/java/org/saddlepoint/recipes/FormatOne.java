package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * From format 1 to 2. Recipes of format 1 were complete when they were written, but the format gained settings without
 * saying so; what an older recipe lacks is what was done before there was that setting.
 *
 * <p>In format 2 generator and discriminator are configured apart; any number may be a schedule, which replaces {@code
 * learningRates}, {@code schedule} and the steps of instance noise; and noise is a view of what the discriminator sees.
 */
final class FormatOne implements RecipeUpgrades.Upgrade {
    private static final String EPOCHS = "epochs";

    @Override
    public void apply(ObjectNode recipe) {
        if (recipe.has("translator")) {
            translation(recipe);
        } else {
            FirstWords.apply(recipe);
            gan(recipe);
        }
    }

    private static void gan(ObjectNode recipe) {
        views(recipe);
        RecipeYaml.section(recipe.remove(SplitNetwork.SECTION))
                .ifPresent(network -> SplitNetwork.split(network, recipe));
        JsonNode rates = recipe.remove("learningRates");
        if (rates != null && rates.path("schedule").asText().equals("linear")) {
            schedule(recipe, rate -> linear(rate, rates.path("from").asLong(), 0, "steps"));
        }
    }

    private static void views(ObjectNode recipe) {
        ObjectNode views = JsonNodeFactory.instance.objectNode();
        RecipeYaml.section(recipe.get("images"))
                .map(images -> images.remove("dequantize"))
                .filter(JsonNode::asBoolean)
                .ifPresent(dequantize -> views.putObject("dequantize").put("view", "dequantization"));
        JsonNode noise = recipe.remove("instanceNoise");
        if (noise != null && noise.path("deviation").asDouble() != 0) {
            ObjectNode view = views.putObject("noise").put("view", "instance-noise");
            view.set(
                    "deviation",
                    linear(noise.get("deviation"), 0, noise.path("steps").asLong(), "steps"));
        }
        if (!views.isEmpty()) {
            recipe.set("views", views);
        }
    }

    /** Averages and skips came later; borders of pictures came and went. */
    private static void translation(ObjectNode recipe) {
        RecipeYaml.section(recipe.get("images"))
                .map(images -> images.remove("border"))
                .filter(border -> border.asInt(1) != 0)
                .ifPresent(border -> {
                    throw new RecipeException("images.border: crops that reach over the edges of pictures by " + border
                            + " pixels are no longer made; set it to 0, with images.load above images.crop in its"
                            + " place");
                });
        RecipeYaml.section(recipe.get("discriminator")).ifPresent(discriminator -> {
            ObjectNode family = JsonNodeFactory.instance.objectNode().put("family", "patchgan");
            recipe.set("discriminator", family.setAll(discriminator));
        });
        JsonNode schedule = recipe.remove("schedule");
        if (schedule != null) {
            schedule(recipe, rate -> epochs(rate, schedule));
        }
    }

    private static JsonNode epochs(JsonNode rate, JsonNode old) {
        String word = old.path("schedule").asText();
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("schedule", word);
        return switch (word) {
            case "constant" -> rate;
            case "linear" -> linear(old, rate);
            case "step" ->
                node.<ObjectNode>setAll(Map.of("value", rate, "factor", old.path("factor"), "every", old.path("every")))
                        .put("unit", EPOCHS);
            case "plateau" ->
                node.setAll(Map.of(
                        "value",
                        rate,
                        "factor",
                        old.path("factor"),
                        "threshold",
                        old.path("threshold"),
                        "patience",
                        old.path("patience")));
            case "cosine" ->
                node.<ObjectNode>setAll(Map.of("from", rate, "end", old.path(EPOCHS)))
                        .put("to", 0)
                        .put("start", 0)
                        .put("unit", EPOCHS)
                        .put("after", "return");
            default ->
                throw new RecipeException("schedule.schedule: unknown \"" + word
                        + "\"; format 1 had constant, linear, step, plateau and cosine; set one of them");
        };
    }

    /** Constant for c epochs, then down so that the last of c + d still learns. */
    private static JsonNode linear(JsonNode old, JsonNode rate) {
        long constant = old.path("constantEpochs").asLong();
        long decay = old.path("decayEpochs").asLong();
        if (constant + decay == 0) {
            throw new RecipeException(
                    "schedule.decayEpochs: with constantEpochs 0 and decayEpochs 0 nothing is learned; set one above 0");
        }
        return linear(rate, constant - 1, constant + decay, EPOCHS);
    }

    private static ObjectNode linear(JsonNode from, long start, long end, String unit) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schedule", "linear")
                .<ObjectNode>set("from", from)
                .put("to", 0)
                .put("start", start)
                .put("end", end)
                .put("unit", unit);
    }

    private interface Change {
        JsonNode of(JsonNode rate);
    }

    /** Both optimizers followed the one schedule of the recipe. */
    private static void schedule(ObjectNode recipe, Change change) {
        for (String optimizer : new String[] {"generatorOptimizer", "discriminatorOptimizer"}) {
            RecipeYaml.section(recipe.get(optimizer))
                    .filter(settings -> settings.has("learningRate"))
                    .ifPresent(settings -> settings.set("learningRate", change.of(settings.get("learningRate"))));
        }
    }
}
