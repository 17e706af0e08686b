package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.diagnostics.Facts;

/** What a diagnosis should know of a recipe. */
public final class RecipeFacts {
    private static final Set<String> SATURATING = Set.of("minimax", "f-divergence");

    private RecipeFacts() {}

    /**
     * Facts of a recipe on data.
     *
     * @param examples size of the data
     * @param pictures whether examples are pictures
     */
    public static Facts of(Recipe recipe, int examples, boolean pictures) {
        JsonNode tree = RecipeYaml.tree(recipe);
        String loss = tree.path("objective").path("loss").asText();
        double average = first(tree.path("average").path("decay"))
                + first(tree.path("average").path("halfLife"));
        return new Facts(
                recipe.name(),
                pictures,
                examples,
                tree.path("updates").path("batchSize").asInt(),
                tree.path("updates").path("discriminatorSteps").asInt(1),
                first(tree.path("generatorOptimizer").path("learningRate")),
                first(tree.path("discriminatorOptimizer").path("learningRate")),
                first(tree.path("generatorOptimizer")
                        .path(tree.path("generatorOptimizer").has("beta1") ? "beta1" : "momentum")),
                loss.equals("wasserstein"),
                loss.startsWith("relativistic"),
                SATURATING.contains(loss),
                !tree.path("constraints").isEmpty(),
                !tree.path("views").isEmpty(),
                average > 0,
                normalizesByBatch(tree),
                tree.path("generator").path("upsampling").asText().equals("transposed"),
                tree.path("conditioning").path("on").asText("nothing").matches("labels|clusters"),
                tree.has("translator"),
                recipe.steps(Math.max(1, examples)));
    }

    /** DCGAN's and residual generators normalize by the batch; of those whose settings say so, what they say. */
    private static boolean normalizesByBatch(JsonNode tree) {
        String family = tree.path("generator").path("family").asText();
        return Set.of("dcgan", "resnet").contains(family)
                || tree.path("discriminator").path("normalization").asText().equals("batch");
    }

    /** A number, or the first value of a schedule. */
    static double first(JsonNode setting) {
        if (setting.isNumber()) {
            return setting.asDouble();
        }
        for (Map.Entry<String, JsonNode> part : setting.properties()) {
            if (Set.of("from", "value").contains(part.getKey())) {
                return part.getValue().asDouble();
            }
        }
        return 0;
    }
}
