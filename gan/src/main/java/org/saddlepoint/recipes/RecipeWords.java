package org.saddlepoint.recipes;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The words of recipes: which record {@code method: adam} stands for, and which word an {@code AdamConfig} is written as.
 *
 * <p>Objectives, constraints, optimizers and networks of your own get theirs by {@link #register} or, from a jar on the
 * class path, by a {@link RecipeExtension}; then {@code --set objective.loss=my-loss} works, and the recipe that a run
 * writes can be read back. Safe for use by several threads.
 */
public final class RecipeWords {
    private static final Map<Class<?>, WordKind<?>> KINDS = byType();

    private static final RecipeExtension.Words REGISTRAR = new RecipeExtension.Words() {
        @Override
        public <T> void add(Class<T> kind, String word, Class<? extends T> record) {
            register(kind, word, record);
        }

        @Override
        public <T> void add(Class<T> kind, String word, T defaults) {
            register(kind, word, defaults);
        }
    };

    private static volatile boolean extended;

    private RecipeWords() {}

    /**
     * Gives a record a word, for this process. Registering the same pair again changes nothing.
     *
     * @param kind the type that recipes name, such as {@code Constraint.class}
     * @param word such as {@code my-penalty}
     * @param record its components are the settings; none has a default
     * @throws RecipeException if kinds of this type have no words, or the word or the class is taken
     */
    public static <T> void register(Class<T> kind, String word, Class<? extends T> record) {
        require(kind).add(word, record, null);
    }

    /**
     * Gives the record class of a value a word, and its settings defaults.
     *
     * @param defaults a recipe that leaves settings out gets those of this value
     * @throws RecipeException if kinds of this type have no words, or the word or the class is taken
     */
    public static <T> void register(Class<T> kind, String word, T defaults) {
        require(kind).add(word, defaults.getClass(), defaults);
    }

    private static WordKind<?> require(Class<?> kind) {
        WordKind<?> known = KINDS.get(kind);
        if (known == null) {
            throw new RecipeException("recipes have no words for kinds of " + kind.getName() + "; they have for "
                    + KINDS.keySet().stream().map(Class::getSimpleName).collect(Collectors.joining(", ")));
        }
        return known;
    }

    /** The words for kinds of this type, if it comes in kinds. */
    static Optional<WordKind<?>> of(Class<?> type) {
        extend();
        return Optional.ofNullable(KINDS.get(type));
    }

    /** All settings that come in kinds. */
    static Collection<WordKind<?>> kinds() {
        extend();
        return KINDS.values();
    }

    private static void extend() {
        if (!extended) {
            loadExtensions();
        }
    }

    private static synchronized void loadExtensions() {
        if (!extended) {
            loadExtensions(ServiceLoader.load(RecipeExtension.class));
            extended = true;
        }
    }

    /** Registers the words of all of these; errors name the extension. */
    static void loadExtensions(ServiceLoader<RecipeExtension> extensions) {
        try {
            extensions.forEach(RecipeWords::register);
        } catch (ServiceConfigurationError e) {
            throw new RecipeException(
                    "an extension of recipes on the class path cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static void register(RecipeExtension extension) {
        try {
            extension.register(REGISTRAR);
        } catch (RuntimeException e) {
            throw new RecipeException(
                    "the extension of recipes " + extension.getClass().getName() + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private static Map<Class<?>, WordKind<?>> byType() {
        Map<Class<?>, WordKind<?>> kinds = new LinkedHashMap<>();
        for (WordKind<?> kind : KnownWords.kinds()) {
            kinds.put(kind.type(), kind);
        }
        return Collections.unmodifiableMap(kinds);
    }
}
