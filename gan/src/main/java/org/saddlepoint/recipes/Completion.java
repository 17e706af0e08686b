package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings completed from their defaults. Components of records are the settings; of several layers the first that states a
 * setting counts.
 *
 * <ul>
 *   <li>Where a layer names another word than those before it, such as {@code method: adam} below {@code method: sgd},
 *       it and those behind it are left out, since their settings are those of something else.
 *   <li>Defaults of what the word stands for come last.
 *   <li>Lists and maps of named entries, such as constraints, are not merged; each entry is completed.
 *   <li>The default <code>{as: generatorOptimizer}</code> means the value of that setting in the same record.
 * </ul>
 */
final class Completion {
    private static final String AS = "as";

    private final RecipeDefaults defaults;
    private final Map<String, Layer> sources = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<RecipeException> unknown = new ArrayList<>();
    private final @Nullable JsonNode settings;

    /**
     * @param type of the settings
     * @param layers who states them, the first before the others
     */
    Completion(RecipeDefaults defaults, Type type, List<Layer> layers) {
        this.defaults = defaults;
        settings = complete(TypeFactory.defaultInstance().constructType(type), "", layers);
    }

    /** Refuses settings that there are not. */
    Completion requireKnown() {
        if (!unknown.isEmpty()) {
            throw unknown.get(0);
        }
        return this;
    }

    /** Settings that have no value, by their paths. */
    List<String> missing() {
        return missing;
    }

    /** Who stated each setting, by its path. */
    Map<String, Layer> sources() {
        return sources;
    }

    /** The complete settings, as far as they have defaults. */
    JsonNode settings() {
        return settings == null ? JsonNodeFactory.instance.missingNode() : settings;
    }

    private @Nullable JsonNode complete(JavaType type, String path, List<Layer> layers) {
        Class<?> raw = type.getRawClass();
        Optional<WordKind<?>> kind = RecipeWords.of(raw);
        List<Layer> objects =
                layers.stream().takeWhile(layer -> layer.node().isObject()).toList();
        if (kind.isPresent() && !objects.isEmpty()) {
            return ofKind(kind.get(), path, objects);
        }
        boolean replaced = objects.isEmpty() && !layers.isEmpty(); // by what is no section of settings
        if (kind.isEmpty() && raw.isRecord() && !replaced) {
            List<Layer> all = plus(objects, defaults.part(raw));
            if (!all.isEmpty()) {
                return fill(object(), raw, path, all);
            }
        }
        if (layers.isEmpty()) {
            missing.add(path);
            return null;
        }
        Layer top = layers.get(0);
        if (type.isMapLikeType() && top.node().isObject()) {
            return ofMap(type.getContentType(), path, top);
        }
        if (type.isCollectionLikeType() && top.node().isArray()) {
            return ofList(type.getContentType(), path, top);
        }
        return leaf(path, top);
    }

    private JsonNode leaf(String path, Layer top) {
        sources.put(path, top);
        return top.node().deepCopy();
    }

    private JsonNode ofKind(WordKind<?> kind, String path, List<Layer> layers) {
        Optional<Layer> naming = layers.stream()
                .flatMap(layer -> layer.child(kind.key()).stream())
                .findFirst();
        String word = naming.map(layer -> layer.node().asText()).orElse("");
        Optional<Class<?>> record = kind.record(word);
        if (naming.isEmpty() || record.isEmpty()) {
            return leaf(path, layers.get(0)); // refused where the recipe is made of it, with the words that there are
        }
        List<Layer> same = layers.stream()
                .takeWhile(layer -> layer.node().path(kind.key()).asText(word).equals(word))
                .toList();
        sources.put(Layer.join(path, kind.key()), naming.get());
        ObjectNode node = object().put(kind.key(), word);
        return fill(node, record.get(), path, plus(same, defaults.part(kind, word)));
    }

    private ObjectNode fill(ObjectNode node, Class<?> record, String path, List<Layer> layers) {
        List<String> known = new ArrayList<>();
        node.fieldNames().forEachRemaining(known::add);
        for (RecordComponent component : record.getRecordComponents()) {
            String name = component.getName();
            known.add(name);
            List<Layer> stated = layers.stream()
                    .flatMap(layer -> layer.child(name).stream())
                    .map(layer -> layer.own() ? layer : referred(layer, node))
                    .toList();
            JavaType type = TypeFactory.defaultInstance().constructType(component.getGenericType());
            JsonNode value = complete(type, Layer.join(path, name), stated);
            if (value != null) {
                node.set(name, value);
            }
        }
        for (Layer layer : layers) {
            layer.node().fieldNames().forEachRemaining(name -> requireKnown(layer, name, known));
        }
        return node;
    }

    /** What a default means: itself, or the setting beside it that it names. */
    private static Layer referred(Layer layer, ObjectNode beside) {
        JsonNode as = layer.node().path(AS);
        JsonNode value = beside.get(as.asText());
        return as.isTextual() && layer.node().size() == 1 && value != null
                ? new Layer(value, layer.file(), Layer.join(layer.path(), AS), false)
                : layer;
    }

    private void requireKnown(Layer layer, String name, List<String> known) {
        if (!known.contains(name)) {
            String path = Layer.join(layer.path(), name);
            String moved = MovedSettings.hint(path, setting -> true);
            String others = Suggestion.of(name, known) + "; known are " + String.join(", ", known);
            unknown.add(new RecipeException(layer.file() + ", " + path + ": there is no such setting here"
                    + (moved.isEmpty() ? others : moved)));
        }
    }

    private JsonNode ofMap(JavaType type, String path, Layer top) {
        ObjectNode map = object();
        for (Map.Entry<String, JsonNode> entry : top.node().properties()) {
            String name = entry.getKey();
            List<Layer> stated = top.child(name).stream().toList();
            map.set(name, complete(type, Layer.join(path, name), stated));
        }
        if (map.isEmpty()) {
            sources.put(path, top);
        }
        return map;
    }

    private JsonNode ofList(JavaType type, String path, Layer top) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        sources.put(path, top);
        for (JsonNode node : top.node()) {
            String place = path + "[" + list.size() + "]";
            list.add(complete(type, place, List.of(new Layer(node, top.file(), place, top.own()))));
        }
        return list;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static List<Layer> plus(List<Layer> layers, Optional<Layer> last) {
        return Stream.concat(layers.stream(), last.stream()).toList();
    }
}
