package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The setting {@code network} of format 1, which was of both networks, as {@code generator} and {@code discriminator}. */
final class SplitNetwork {
    /** What the setting was called. */
    static final String SECTION = "network";

    private static final String GENERATOR = "generator";
    private static final String DISCRIMINATOR = "discriminator";

    /** What a setting of both is now called in each, empty where it has none; others keep their names in both. */
    private record Names(String generator, String discriminator) {}

    private static final Map<String, Names> NAMES = Map.ofEntries(
            Map.entry("generatorHidden", new Names("hidden", "")),
            Map.entry("generatorWeights", new Names("weights", "")),
            Map.entry("discriminatorHidden", new Names("", "hidden")),
            Map.entry("discriminatorWeights", new Names("", "weights")),
            Map.entry("maxoutPieces", new Names("", "maxoutPieces")),
            Map.entry("slope", new Names("", "slope")),
            Map.entry("inputDropout", new Names("", "inputDropout")),
            Map.entry("hiddenDropout", new Names("", "hiddenDropout")),
            Map.entry("normalizeDiscriminator", new Names("", "normalization")),
            Map.entry("generatorWidth", new Names("width", "")),
            Map.entry("discriminatorWidth", new Names("", "width")),
            Map.entry("flatBlocks", new Names("", "flatBlocks")),
            Map.entry("widening", new Names("", "widening")),
            Map.entry("pooling", new Names("", "pooling")),
            Map.entry("logitBias", new Names("", "logitBias")),
            Map.entry("upsampling", new Names("upsampling", "")));

    private SplitNetwork() {}

    static void split(ObjectNode network, ObjectNode recipe) {
        ObjectNode generator = JsonNodeFactory.instance.objectNode();
        ObjectNode discriminator = JsonNodeFactory.instance.objectNode();
        network.properties().forEach(entry -> {
            String name = entry.getKey();
            Names names = names(name);
            put(generator, names.generator(), entry.getValue());
            put(discriminator, names.discriminator(), normalization(name, entry.getValue()));
        });
        recipe.set(GENERATOR, generator);
        recipe.set(DISCRIMINATOR, discriminator);
    }

    private static Names names(String name) {
        return NAMES.getOrDefault(name, new Names(name, name));
    }

    /** What a setting is now called, of the generator, the discriminator or both; {@code network} itself is both sections. */
    static List<String> now(String key) {
        if (key.equals(SECTION)) {
            return List.of(GENERATOR, DISCRIMINATOR);
        }
        String name = key.substring(SECTION.length() + 1);
        int dot = name.indexOf('.');
        String inside = dot < 0 ? "" : name.substring(dot);
        Names names = names(dot < 0 ? name : name.substring(0, dot));
        List<String> now = new ArrayList<>();
        add(now, GENERATOR, names.generator(), inside);
        add(now, DISCRIMINATOR, names.discriminator(), inside);
        return now;
    }

    private static void add(List<String> now, String section, String name, String inside) {
        if (!name.isEmpty()) {
            now.add(section + "." + name + inside);
        }
    }

    private static void put(ObjectNode settings, String name, JsonNode value) {
        if (!name.isEmpty()) {
            settings.set(name, value.deepCopy());
        }
    }

    private static JsonNode normalization(String name, JsonNode value) {
        return name.equals("normalizeDiscriminator") && value.isBoolean()
                ? JsonNodeFactory.instance.textNode(value.asBoolean() ? "batch" : "none")
                : value;
    }
}
