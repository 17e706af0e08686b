package org.saddlepoint.recipes;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
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
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.saddlepoint.constraints.ConsistencyRegularization;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.OrthogonalRegularization;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.constraints.WeightNormalization;
import org.saddlepoint.models.DcganConfig;
import org.saddlepoint.models.DiscriminatorConditioning;
import org.saddlepoint.models.GeneratorConditioning;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.models.NetworkConfig;
import org.saddlepoint.models.ResNetConfig;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.models.UNetConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.FDivergenceObjective;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.RelativisticAverageObjective;
import org.saddlepoint.objectives.RelativisticPairedObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.training.EpochSchedule;
import org.saddlepoint.training.LearningRates;
import org.saddlepoint.training.TranslationMethod;

/** Recipes as YAML: the words of the file become objects here and nowhere else. */
final class RecipeYaml {
    private RecipeYaml() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "family")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = MlpConfig.class, name = "mlp"),
        @JsonSubTypes.Type(value = DcganConfig.class, name = "dcgan"),
        @JsonSubTypes.Type(value = ResNetConfig.class, name = "resnet")
    })
    private interface NetworkWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "method")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = SgdConfig.class, name = "sgd"),
        @JsonSubTypes.Type(value = RmsPropConfig.class, name = "rmsprop"),
        @JsonSubTypes.Type(value = AdamConfig.class, name = "adam")
    })
    private interface OptimizerWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "loss")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = MinimaxObjective.class, name = "minimax"),
        @JsonSubTypes.Type(value = NonSaturatingObjective.class, name = "non-saturating"),
        @JsonSubTypes.Type(value = LeastSquaresObjective.class, name = "least-squares"),
        @JsonSubTypes.Type(value = HingeObjective.class, name = "hinge"),
        @JsonSubTypes.Type(value = WassersteinObjective.class, name = "wasserstein"),
        @JsonSubTypes.Type(value = FDivergenceObjective.class, name = "f-divergence"),
        @JsonSubTypes.Type(value = RelativisticPairedObjective.class, name = "relativistic-paired"),
        @JsonSubTypes.Type(value = RelativisticAverageObjective.class, name = "relativistic-average")
    })
    private interface ObjectiveWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "method")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = WeightClipping.class, name = "weight-clipping"),
        @JsonSubTypes.Type(value = GradientPenalty.class, name = "gradient-penalty"),
        @JsonSubTypes.Type(value = SpectralNormalization.class, name = "spectral-normalization"),
        @JsonSubTypes.Type(value = WeightNormalization.class, name = "weight-normalization"),
        @JsonSubTypes.Type(value = OrthogonalRegularization.class, name = "orthogonal-regularization"),
        @JsonSubTypes.Type(value = GradientNormalization.class, name = "gradient-normalization"),
        @JsonSubTypes.Type(value = ConsistencyRegularization.class, name = "consistency-regularization")
    })
    private interface ConstraintWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "at")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PenaltyPoints.Between.class, name = "between"),
        @JsonSubTypes.Type(value = PenaltyPoints.Real.class, name = "real"),
        @JsonSubTypes.Type(value = PenaltyPoints.Fake.class, name = "fake"),
        @JsonSubTypes.Type(value = PenaltyPoints.AroundReal.class, name = "around-real")
    })
    private interface PointWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "schedule")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = LearningRates.Constant.class, name = "constant"),
        @JsonSubTypes.Type(value = LearningRates.Linear.class, name = "linear")
    })
    private interface ScheduleWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "schedule")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = EpochSchedule.Constant.class, name = "constant"),
        @JsonSubTypes.Type(value = EpochSchedule.Linear.class, name = "linear"),
        @JsonSubTypes.Type(value = EpochSchedule.Step.class, name = "step"),
        @JsonSubTypes.Type(value = EpochSchedule.Plateau.class, name = "plateau"),
        @JsonSubTypes.Type(value = EpochSchedule.Cosine.class, name = "cosine")
    })
    private interface EpochScheduleWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "family")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = UNetConfig.class, name = "unet"),
        @JsonSubTypes.Type(value = ResNetTranslatorConfig.class, name = "resnet")
    })
    private interface TranslatorWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "from")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TranslationMethod.Paired.class, name = "pairs"),
        @JsonSubTypes.Type(value = TranslationMethod.Cycle.class, name = "cycles"),
        @JsonSubTypes.Type(value = TranslationMethod.Elsewhere.class, name = "elsewhere")
    })
    private interface TranslationWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "scheme")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = InitialWeights.Uniform.class, name = "uniform"),
        @JsonSubTypes.Type(value = InitialWeights.Normal.class, name = "normal"),
        @JsonSubTypes.Type(value = InitialWeights.KaimingNormal.class, name = "kaiming-normal"),
        @JsonSubTypes.Type(value = InitialWeights.KaimingUniform.class, name = "kaiming-uniform"),
        @JsonSubTypes.Type(value = InitialWeights.XavierNormal.class, name = "xavier-normal"),
        @JsonSubTypes.Type(value = InitialWeights.XavierUniform.class, name = "xavier-uniform"),
        @JsonSubTypes.Type(value = InitialWeights.Orthogonal.class, name = "orthogonal"),
        @JsonSubTypes.Type(value = InitialWeights.PytorchDefault.class, name = "pytorch-default")
    })
    private interface InitialWeightsWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "way")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = GeneratorConditioning.None.class, name = "none"),
        @JsonSubTypes.Type(value = GeneratorConditioning.Concatenation.class, name = "concatenation"),
        @JsonSubTypes.Type(value = GeneratorConditioning.Embedded.class, name = "embedding"),
        @JsonSubTypes.Type(value = GeneratorConditioning.Multiplied.class, name = "multiplication"),
        @JsonSubTypes.Type(value = GeneratorConditioning.BatchNormalized.class, name = "batch-normalization")
    })
    private interface GeneratorWays {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "way")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = DiscriminatorConditioning.None.class, name = "none"),
        @JsonSubTypes.Type(value = DiscriminatorConditioning.Channels.class, name = "channels"),
        @JsonSubTypes.Type(value = DiscriminatorConditioning.EmbeddedChannel.class, name = "embedded-channel"),
        @JsonSubTypes.Type(value = DiscriminatorConditioning.Embedded.class, name = "embedding"),
        @JsonSubTypes.Type(value = DiscriminatorConditioning.Projection.class, name = "projection"),
        @JsonSubTypes.Type(value = DiscriminatorConditioning.AuxiliaryClassifier.class, name = "auxiliary-classifier")
    })
    private interface DiscriminatorWays {}

    /** The settings that come in kinds, and the words for these. */
    private static final Map<Class<?>, Class<?>> WORDS = Map.ofEntries(
            Map.entry(GeneratorConditioning.class, GeneratorWays.class),
            Map.entry(DiscriminatorConditioning.class, DiscriminatorWays.class),
            Map.entry(NetworkConfig.class, NetworkWords.class),
            Map.entry(TranslatorConfig.class, TranslatorWords.class),
            Map.entry(TranslationMethod.class, TranslationWords.class),
            Map.entry(OptimizerConfig.class, OptimizerWords.class),
            Map.entry(Objective.class, ObjectiveWords.class),
            Map.entry(Constraint.class, ConstraintWords.class),
            Map.entry(PenaltyPoints.class, PointWords.class),
            Map.entry(LearningRates.class, ScheduleWords.class),
            Map.entry(EpochSchedule.class, EpochScheduleWords.class),
            Map.entry(InitialWeights.class, InitialWeightsWords.class));

    /** The setting that tells the kinds apart, such as of networks the family. */
    static String wordKey(Class<?> kind) {
        return mixin(kind).getAnnotation(JsonTypeInfo.class).property();
    }

    /** The words for the kinds. */
    static String words(Class<?> kind) {
        return Arrays.stream(mixin(kind).getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.joining(", "));
    }

    private static Class<?> mixin(Class<?> kind) {
        Class<?> words = WORDS.get(kind);
        if (words == null) {
            throw new IllegalArgumentException("there are no words for kinds of " + kind);
        }
        return words;
    }

    private static final YAMLMapper MAPPER = mapper();

    /** The one setting that a recipe may leave out: most ask for nothing. */
    private static final String CONDITIONING = "conditioning";

    /** The setting that a recipe for translation has and no other. */
    private static final String TRANSLATOR = "translator";

    /** Settings from the text of a recipe; the origin serves the error message. */
    static ObjectNode parse(String yaml, String origin) {
        try {
            requirePlain(yaml);
            if (MAPPER.readTree(yaml) instanceof ObjectNode settings) {
                if (!settings.has(CONDITIONING) && !settings.has(TRANSLATOR)) {
                    settings.set(CONDITIONING, MAPPER.valueToTree(ConditioningConfig.NONE));
                }
                return settings;
            }
            throw new RecipeException(origin + " is no recipe: expected settings, one a line, such as batchSize: 64");
        } catch (JsonProcessingException e) {
            throw new RecipeException(origin + " is no recipe: " + RecipeErrors.syntax(e), e);
        }
    }

    /** The recipe that these settings are. */
    static Recipe toRecipe(JsonNode settings, String origin) {
        try {
            return settings.has(TRANSLATOR)
                    ? MAPPER.treeToValue(settings, TranslationRecipe.class)
                    : MAPPER.treeToValue(settings, GanRecipe.class);
        } catch (JsonMappingException e) {
            String path = RecipeErrors.path(e);
            throw new RecipeException(
                    origin + (path.isEmpty() ? "" : ", " + path) + ": " + RecipeErrors.reason(e, settings), e);
        } catch (JsonProcessingException e) {
            throw new RecipeException(origin + ": " + RecipeErrors.syntax(e), e);
        }
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
        return MAPPER.convertValue(recipe, new TypeReference<LinkedHashMap<String, Object>>() {});
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
                words[i] = word(values[i]);
            }
            return words;
        }
    }

    /** The word for an enumerated setting. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        WORDS.forEach(builder::addMixIn);
        return builder.annotationIntrospector(new EnumWords())
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .build();
    }
}
