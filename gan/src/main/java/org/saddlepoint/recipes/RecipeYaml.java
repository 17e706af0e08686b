package org.saddlepoint.recipes;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Locale;
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
            throw new RecipeException(origin + " is no recipe: " + e.getOriginalMessage(), e);
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
            String reason = cause == e ? e.getOriginalMessage() : String.valueOf(cause.getMessage());
            throw new RecipeException(origin + (path.isEmpty() ? "" : ", " + path) + ": " + reason, e);
        } catch (JsonProcessingException e) {
            throw new RecipeException(origin + ": " + e.getOriginalMessage(), e);
        }
    }

    /** A value from the command line, read as YAML: a number, a word, a list. */
    static JsonNode value(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RecipeException("the value " + text + " cannot be read: " + e.getOriginalMessage(), e);
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
