package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The complete settings of a recipe that comes with Saddlepoint, and where each comes from. */
public final class RecipeListing {
    private final String text;
    private final Completion completion;
    private final Map<String, RecipeComments> comments = new HashMap<>();

    private RecipeListing(String name, String text) {
        this.text = text;
        ObjectNode own = RecipeYaml.parse(text, name);
        RecipeUpgrades.apply(own, name);
        completion = RecipeSettings.completion(own, name).requireKnown();
    }

    /**
     * The listing of a recipe.
     *
     * @throws RecipeException if there is none of this name
     */
    public static RecipeListing of(String name) {
        return new RecipeListing(name, Recipes.text(name));
    }

    /** Settings that the recipe states itself, such as {@code generator.width}, each with its source. */
    public Map<String, String> own() {
        Map<String, String> own = new LinkedHashMap<>();
        completion.sources().forEach((path, layer) -> {
            if (layer.own() && !path.contains("[")) {
                own.put(path, comment(layer));
            }
        });
        return own;
    }

    /**
     * The complete settings as a recipe that can be read back: behind each setting stands {@code own} or
     * {@code default}, and its source or reason.
     */
    public String text() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(RecipeUpgrades.KEY + ": " + RecipeUpgrades.CURRENT, ""));
        write(completion.settings(), "", "", lines);
        return Stream.concat(
                        text.lines().takeWhile(line -> line.startsWith("#")),
                        lines.stream().map(Line::text))
                .collect(Collectors.joining("\n"));
    }

    private void write(JsonNode settings, String indent, String path, List<Line> lines) {
        for (Map.Entry<String, JsonNode> entry : settings.properties()) {
            String setting = indent + entry.getKey() + ":";
            String at = Layer.join(path, entry.getKey());
            JsonNode value = entry.getValue();
            if (value.isObject() && !value.isEmpty()) {
                lines.add(new Line(setting, ""));
                write(value, indent + "  ", at, lines);
            } else {
                lines.add(new Line(setting + " " + RecipeYaml.inline(value), remark(at)));
            }
        }
    }

    private String remark(String path) {
        Layer layer = completion.sources().get(path);
        if (layer == null) {
            return "";
        }
        String comment = comment(layer);
        return (layer.own() ? "own" : "default") + (comment.isEmpty() ? "" : ": " + comment);
    }

    private String comment(Layer layer) {
        return comments.computeIfAbsent(
                        layer.file(), file -> new RecipeComments(layer.own() ? text : RecipeDefaults.resource(file)))
                .of(layer.path());
    }

    private record Line(String setting, String remark) {
        private static final int COLUMN = 38;

        String text() {
            return remark.isEmpty()
                    ? setting
                    : setting + " ".repeat(Math.max(1, COLUMN - setting.length())) + "# " + remark;
        }
    }
}
