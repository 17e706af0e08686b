package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.ShellWord;

/** The complete settings of a recipe as a tree, while a user changes them; then the recipe that they are. */
final class RecipeSettings {
    private final RecipeType type;
    private final String origin;
    private final ObjectNode tree;

    private RecipeSettings(RecipeType type, String origin, ObjectNode tree) {
        this.type = type;
        this.origin = origin;
        this.tree = tree;
    }

    /**
     * Reads a recipe, brings it to the format of now and completes it.
     *
     * @param origin names the recipe in errors
     * @throws RecipeException if it is none, cannot be upgraded, or has a setting that there is not
     */
    static RecipeSettings parse(String yaml, String origin) {
        ObjectNode own = RecipeYaml.parse(yaml, origin);
        RecipeUpgrades.apply(own, origin);
        RecipeType type = RecipeType.of(own);
        return new RecipeSettings(
                type,
                origin,
                RecipeYaml.object(completion(own, origin).requireKnown().settings()));
    }

    /** Settings of a recipe, completed, and who stated each. */
    static Completion completion(ObjectNode own, String origin) {
        RecipeType type = RecipeType.of(own);
        RecipeDefaults defaults = RecipeDefaults.standard();
        return new Completion(defaults, type.record(), List.of(Layer.own(own, origin), defaults.of(type)));
    }

    /** The settings of a recipe. */
    static RecipeSettings of(Recipe recipe) {
        return new RecipeSettings(RecipeType.of(recipe), recipe.name(), RecipeYaml.object(RecipeYaml.tree(recipe)));
    }

    /**
     * Changes settings as {@code --set} does: words such as {@code objective.loss} first, whose other settings then are what
     * the new word has, with its defaults.
     *
     * @throws RecipeException if there is no such setting, or the text is no value
     */
    RecipeSettings set(Map<String, String> settings) {
        List<String> words = settings.keySet().stream().filter(this::isWord).toList();
        words.forEach(key -> set(key, settings.getOrDefault(key, "")));
        settings.forEach((key, value) -> {
            if (!words.contains(key)) {
                set(key, value);
            }
        });
        return this;
    }

    private boolean isWord(String key) {
        int dot = key.lastIndexOf('.');
        return dot > 0
                && Optional.ofNullable(typeAt(key.substring(0, dot)))
                        .flatMap(section -> RecipeWords.of(section.getRawClass()))
                        .filter(kind -> kind.key().equals(key.substring(dot + 1)))
                        .isPresent();
    }

    /**
     * Changes one setting.
     *
     * @param value a number, text that is read as YAML, a list, or the settings themselves, such as an {@code AdamConfig}
     * @throws RecipeException if there is no such setting, or the text is no value
     */
    RecipeSettings set(String key, Object value) {
        int dot = key.lastIndexOf('.');
        String leaf = key.substring(dot + 1);
        JsonNode section = dot < 0 ? tree : tree.at("/" + key.substring(0, dot).replace('.', '/'));
        JavaType sectionType = dot < 0 ? constructed(type.record()) : typeAt(key.substring(0, dot));
        JavaType leafType = sectionType == null ? null : component(sectionType, section, leaf);
        if (sectionType == null || leafType == null || !section.isObject()) {
            List<String> keys = keys(tree, "");
            String moved = MovedSettings.hint(key, this::has);
            String known = Suggestion.of(key, keys) + "; known are " + String.join(", ", keys);
            throw new RecipeException("unknown setting \"" + key + "\"" + (moved.isEmpty() ? known : moved));
        }
        JsonNode node = value instanceof String text ? read(key, text) : RecipeYaml.tree(value, leafType);
        Optional<WordKind<?>> kind = RecipeWords.of(sectionType.getRawClass());
        if (kind.isPresent() && kind.get().key().equals(leaf)) {
            change(RecipeYaml.object(section), key.substring(0, Math.max(0, dot)), kind.get(), node);
        } else {
            RecipeYaml.object(section).set(leaf, completed(leafType, key, node));
        }
        return this;
    }

    private boolean has(String setting) {
        return typeAt(setting) != null;
    }

    private static JsonNode read(String key, String text) {
        if (text.isBlank()) {
            throw new RecipeException("the setting " + key + " was given nothing; expected a value, as in --set "
                    + ShellWord.quote(key + "=VALUE"));
        }
        return RecipeYaml.value(text);
    }

    /** Another word: what it stands for keeps the settings that it has too, and has its defaults for the others. */
    private void change(ObjectNode section, String path, WordKind<?> kind, JsonNode word) {
        section.set(kind.key(), word);
        kind.record(word.asText()).ifPresent(record -> {
            List<String> names = new ArrayList<>(List.of(kind.key()));
            Arrays.stream(record.getRecordComponents())
                    .map(RecordComponent::getName)
                    .forEach(names::add);
            section.retain(names);
            ObjectNode changed = RecipeYaml.object(completed(constructed(kind.type()), path, section));
            section.removeAll();
            section.setAll(changed);
        });
    }

    private JsonNode completed(JavaType settingType, String path, JsonNode node) {
        List<Layer> stated = List.of(new Layer(node, origin, path, true));
        return new Completion(RecipeDefaults.standard(), settingType, stated)
                .requireKnown()
                .settings();
    }

    /** The type of the setting with this path, or null where there is none. */
    private @Nullable JavaType typeAt(String path) {
        JavaType at = constructed(type.record());
        JsonNode node = tree;
        for (String name : path.split("\\.", -1)) {
            at = at == null ? null : component(at, node, name);
            node = node.path(name);
        }
        return at;
    }

    /** The type of one setting of a section, or null where it has none of this name. */
    private static @Nullable JavaType component(JavaType section, JsonNode node, String name) {
        if (section.isMapLikeType()) {
            return section.getContentType();
        }
        Optional<WordKind<?>> kind = RecipeWords.of(section.getRawClass());
        if (kind.isPresent() && kind.get().key().equals(name)) {
            return constructed(String.class);
        }
        Optional<Class<?>> record = kind.isPresent()
                ? kind.get().record(node.path(kind.get().key()).asText())
                : Optional.of(section.getRawClass());
        return record.filter(Class::isRecord).stream()
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .filter(component -> component.getName().equals(name))
                .map(component -> constructed(component.getGenericType()))
                .findFirst()
                .orElse(null);
    }

    private static JavaType constructed(java.lang.reflect.Type type) {
        return TypeFactory.defaultInstance().constructType(type);
    }

    private static List<String> keys(JsonNode settings, String prefix) {
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : settings.properties()) {
            if (entry.getValue().isObject() && !entry.getValue().isEmpty()) {
                keys.addAll(keys(entry.getValue(), prefix + entry.getKey() + "."));
            } else {
                keys.add(prefix + entry.getKey());
            }
        }
        return keys;
    }

    /**
     * The recipe that these settings are.
     *
     * @throws RecipeException if a setting has no value or a wrong one; names it
     */
    Recipe recipe() {
        Completion complete =
                new Completion(RecipeDefaults.standard(), type.record(), List.of(Layer.own(tree, origin)));
        if (!complete.requireKnown().missing().isEmpty()) {
            throw new RecipeException(origin + ", " + complete.missing().get(0)
                    + ": expected a value but there is none, and this setting has no default");
        }
        return RecipeYaml.read(tree, type.record(), origin);
    }
}
