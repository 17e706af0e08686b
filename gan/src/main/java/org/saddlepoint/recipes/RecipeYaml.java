package org.saddlepoint.recipes;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.saddlepoint.models.DcganConfig;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.models.NetworkConfig;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.optim.SgdConfig;

/** Recipes as YAML: the words of the file become objects here and nowhere else. */
final class RecipeYaml {
    private static final YAMLMapper MAPPER = mapper();

    private RecipeYaml() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "family")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = MlpConfig.class, name = "mlp"),
        @JsonSubTypes.Type(value = DcganConfig.class, name = "dcgan")
    })
    private interface NetworkWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "method")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = SgdConfig.class, name = "sgd"),
        @JsonSubTypes.Type(value = RmsPropConfig.class, name = "rmsprop"),
        @JsonSubTypes.Type(value = AdamConfig.class, name = "adam")
    })
    private interface OptimizerWords {}

    /** Settings from the text of a recipe; the origin serves the error message. */
    static ObjectNode parse(String yaml, String origin) {
        try {
            if (MAPPER.readTree(yaml) instanceof ObjectNode settings) {
                return settings;
            }
            throw new RecipeException(origin + " is no recipe: expected settings, one a line, such as batchSize: 64");
        } catch (JsonProcessingException e) {
            throw new RecipeException(origin + " is no recipe: " + line(e), e);
        }
    }

    /** The recipe that these settings are. */
    static Recipe toRecipe(JsonNode settings, String origin) {
        try {
            return MAPPER.treeToValue(settings, Recipe.class);
        } catch (JsonMappingException e) {
            String path = String.join(
                    ".",
                    e.getPath().stream()
                            .map(part -> String.valueOf(part.getFieldName()))
                            .toList());
            Throwable cause = e.getCause() instanceof IllegalArgumentException invalid ? invalid : e;
            String reason = cause == e ? reason(e) : String.valueOf(cause.getMessage());
            throw new RecipeException(origin + (path.isEmpty() ? "" : ", " + path) + ": " + reason, e);
        } catch (JsonProcessingException e) {
            throw new RecipeException(origin + ": " + line(e), e);
        }
    }

    /** What Jackson refuses, in the words of the file and not of Java. */
    private static String reason(JsonMappingException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return "there is no such setting; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (failure instanceof InvalidTypeIdException) {
            return line(failure)
                    .replaceFirst(".*known type ids = ", "unknown kind; expected one of ")
                    .replaceFirst(" \\(for POJO.*", "");
        }
        if (failure instanceof InvalidFormatException format
                && format.getTargetType().isEnum()) {
            return "was " + format.getValue() + "; expected one of "
                    + line(failure).replaceFirst(".*Enum class: ", "");
        }
        if (failure instanceof InvalidFormatException format) {
            return "was " + format.getValue() + "; expected " + kind(format.getTargetType());
        }
        if (line(failure).startsWith("Missing creator property")) {
            return "this setting is missing";
        }
        return failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                ? given(failure) + "expected " + kind(mismatch.getTargetType())
                : line(failure);
    }

    /** The refused word, which Jackson keeps in its message alone. */
    private static String given(JsonMappingException failure) {
        Matcher word =
                Pattern.compile("Cannot coerce String value \\(\"(.*?)\"\\)").matcher(line(failure));
        return word.find() ? "was " + word.group(1) + "; " : "";
    }

    private static String kind(Class<?> type) {
        if (type == int.class || type == long.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == double.class) {
            return "a number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return List.class.isAssignableFrom(type) ? "a list such as [1200, 1200]" : "settings below it";
    }

    private static String line(JsonProcessingException failure) {
        return failure.getOriginalMessage().strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** The settings as maps, lists, words and numbers. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> settings(Recipe recipe) {
        return MAPPER.convertValue(recipe, LinkedHashMap.class);
    }

    /** A value from the command line, read as YAML: a number, a word, a list. */
    static JsonNode value(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RecipeException("the value " + text + " cannot be read: " + line(e), e);
        }
    }

    /** The text of a recipe; {@link #toRecipe} reads it back. */
    static String format(Recipe recipe) {
        try {
            return MAPPER.writeValueAsString(recipe);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recipe is always writable", e);
        }
    }

    /** Enumerated settings are written as words with dashes: non-saturating. */
    private static final class EnumWords extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] words) {
            for (int i = 0; i < values.length; i++) {
                words[i] = values[i].name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
            return words;
        }
    }

    private static YAMLMapper mapper() {
        YAMLMapper.Builder builder = YAMLMapper.builder()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        return builder.annotationIntrospector(new EnumWords())
                .addMixIn(NetworkConfig.class, NetworkWords.class)
                .addMixIn(OptimizerConfig.class, OptimizerWords.class)
                .build();
    }
}
