package org.saddlepoint.recipes;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Recipes as YAML: the words of the file become objects here and nowhere else. */
final class RecipeYaml {
    private RecipeYaml() {}

    private static final YAMLMapper MAPPER = mapper();

    /** The settings that a text states; the origin serves the error message. */
    static ObjectNode parse(String yaml, String origin) {
        try {
            requirePlain(yaml);
            return section(MAPPER.readTree(yaml))
                    .orElseThrow(() -> new RecipeException(
                            origin + " is no recipe: expected settings, one a line, such as batchSize: 64"));
        } catch (JsonProcessingException e) {
            throw new RecipeException(origin + " is no recipe: " + RecipeErrors.syntax(e), e);
        }
    }

    /** The value that these complete settings are. */
    static <T> T read(JsonNode settings, Class<T> type, String origin) {
        try {
            return MAPPER.treeToValue(settings, type);
        } catch (JsonMappingException e) {
            String path = RecipeErrors.path(e);
            throw new RecipeException(
                    origin + (path.isEmpty() ? "" : ", " + path) + ": " + RecipeErrors.reason(e, settings), e);
        } catch (JsonProcessingException e) {
            throw new RecipeException(origin + ": " + RecipeErrors.syntax(e), e);
        }
    }

    /** Settings as a tree. */
    static JsonNode tree(Object settings) {
        return tree(settings, MAPPER.constructType(settings.getClass()));
    }

    /** The value of a setting of this type as a tree. */
    static JsonNode tree(Object value, JavaType type) {
        try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
            MAPPER.writerFor(fitting(value, type)).writeValue(buffer, value);
            return MAPPER.readTree(buffer.asParser());
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new RecipeException(RecipeErrors.path(e) + ": " + cause.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never of a buffer in memory
        }
    }

    /** A value of another type than the setting's is written as what it is, and refused when it is read. */
    private static JavaType fitting(Object value, JavaType type) {
        return type.getRawClass().isInstance(value) ? type : MAPPER.constructType(value.getClass());
    }

    /** What is known to be a section of settings. */
    static ObjectNode object(JsonNode node) {
        return (ObjectNode) node;
    }

    /** This, if it is a section of settings. */
    static Optional<ObjectNode> section(@Nullable JsonNode node) {
        return node == null || !node.isObject() ? Optional.empty() : Optional.of(object(node));
    }

    /** A value from the command line, read as YAML: a number, a word, a list. */
    static JsonNode value(String text) {
        try {
            requirePlain(text);
            JsonNode value = MAPPER.readTree(text);
            if (value.isMissingNode()) {
                throw new RecipeException("the value " + text + " cannot be read: it holds nothing but remarks");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new RecipeException("the value " + text + " cannot be read: " + RecipeErrors.syntax(e), e);
        }
    }

    /** Refuses what YAML has and settings do not need: tags, which name types, anchors and aliases, more documents. */
    private static void requirePlain(String yaml) throws JsonProcessingException {
        try (YAMLParser parser = MAPPER.getFactory().createParser(yaml)) {
            int depth = 0;
            int documents = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                documents += depth == 0 ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                String special = documents > 1 ? "a second document" : special(parser);
                if (!special.isEmpty()) {
                    throw new JsonParseException(
                            parser, special + " is not allowed; write the value itself", parser.currentTokenLocation());
                }
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never of a text in memory
        }
    }

    /** What the token is beyond a setting; empty for most. */
    private static String special(YAMLParser parser) throws IOException {
        if (parser.isCurrentAlias()) {
            return "an alias (*" + parser.getText() + ")";
        }
        if (parser.getObjectId() != null) {
            return "an anchor (&" + parser.getObjectId() + ")";
        }
        return parser.getTypeId() == null ? "" : "a tag (!" + parser.getTypeId() + ")";
    }

    /** The settings as maps, lists, words and numbers. */
    static Map<String, Object> settings(Recipe recipe) {
        return MAPPER.convertValue(tree(recipe), new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** The text of a recipe with its format; {@link RecipeSettings#parse} reads it back. */
    static String format(Recipe recipe) {
        ObjectNode settings = MAPPER.createObjectNode().put(RecipeUpgrades.KEY, RecipeUpgrades.CURRENT);
        return text(settings.setAll(object(tree(recipe))));
    }

    /** Settings as text. */
    static String text(JsonNode settings) {
        try {
            return MAPPER.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always writable", e);
        }
    }

    /** A value as it is written behind its setting: lists and sections in brackets. */
    static String inline(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(RecipeYaml::inline)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> entry.getKey() + ": " + inline(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return text(value).strip();
    }

    /** The word for an enumerated setting. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static YAMLMapper mapper() {
        YAMLMapper.Builder builder = YAMLMapper.builder()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS) // those without a word are refused by their kind
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS); // questions such as isNone are no settings
        return builder.addModule(ScheduleYaml.module())
                .annotationIntrospector(new RecipeIntrospector())
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .build();
    }
}
