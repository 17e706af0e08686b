package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Settings as one source states them.
 *
 * @param node what is stated
 * @param file who states it: a file of defaults or a recipe, as it is called in errors
 * @param path where it stands in that file, such as {@code optimizer.adam.beta1}; empty at its top
 * @param own whether it is the recipe's own, not a default
 */
record Layer(JsonNode node, String file, String path, boolean own) {
    /** A recipe's own settings. */
    static Layer own(JsonNode node, String origin) {
        return new Layer(node, origin, "", true);
    }

    /** A file of defaults. */
    static Layer defaults(JsonNode node, String file) {
        return new Layer(node, file, "", false);
    }

    /** What it states of one setting, if anything. */
    Optional<Layer> child(String name) {
        return Optional.ofNullable(node.get(name)).map(child -> new Layer(child, file, join(path, name), own));
    }

    /** Path and name of a setting within it. */
    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
