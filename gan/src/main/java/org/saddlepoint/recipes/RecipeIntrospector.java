package org.saddlepoint.recipes;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import org.jspecify.annotations.Nullable;

/** Tells the YAML library the words of recipes, those that are registered later too, in place of annotations. */
final class RecipeIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    /** Enumerated settings are written as words with dashes: non-saturating. */
    @Override
    public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] words) {
        for (int i = 0; i < values.length; i++) {
            words[i] = RecipeYaml.word(values[i]);
        }
        return words;
    }

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
            MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
        return RecipeWords.of(type.getRawType())
                .map(kind -> new StdTypeResolverBuilder()
                        .init(JsonTypeInfo.Id.CUSTOM, new Resolver(kind))
                        .inclusion(JsonTypeInfo.As.PROPERTY)
                        .typeProperty(kind.key()))
                .orElse(null);
    }

    /** Looks words up when they are read and written, so that none is too late. */
    private static final class Resolver extends TypeIdResolverBase {
        private final WordKind<?> kind;

        Resolver(WordKind<?> kind) {
            this.kind = kind;
        }

        @Override
        public String idFromValue(Object value) {
            return kind.word(value.getClass());
        }

        @Override
        public String idFromValueAndType(@Nullable Object value, Class<?> type) {
            return kind.word(type);
        }

        @Override
        public @Nullable JavaType typeFromId(DatabindContext context, String word) {
            return kind.record(word).map(context::constructType).orElse(null);
        }

        @Override
        public String getDescForKnownTypeIds() {
            return String.join(", ", kind.words());
        }

        @Override
        public JsonTypeInfo.Id getMechanism() {
            return JsonTypeInfo.Id.CUSTOM;
        }
    }
}
