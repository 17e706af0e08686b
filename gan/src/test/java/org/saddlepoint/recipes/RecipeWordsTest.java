package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.saddlepoint.recipes.Refusals.requireRefused;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.constraints.WeightNormalization;
import org.saddlepoint.models.Latent;

/** Words for records of users. */
class RecipeWordsTest {
    /** A user's constraint. */
    record Leash(double length, boolean tight) implements Constraint {}

    /** Another, with defaults. */
    record Fence(int posts, List<Integer> gaps, Latent inside) implements Constraint {}

    /** One whose word comes from an extension. */
    record Wall(double height) implements Constraint {}

    /** One without a word. */
    record Nameless() implements Constraint {}

    /** One whose word another wants. */
    record Twice() implements Constraint {}

    /** No record. */
    static final class Loose implements Constraint {}

    /** Registers {@link Wall}. */
    public static final class Walls implements RecipeExtension {
        @Override
        public void register(Words words) {
            words.add(Constraint.class, "test-wall", new Wall(2.5));
        }
    }

    /** Takes a word that is taken. */
    public static final class Thief implements RecipeExtension {
        @Override
        public void register(Words words) {
            words.add(Constraint.class, "weight-clipping", Wall.class);
        }
    }

    private static GanRecipe with(String constraint) {
        return Recipes.gan("gan-points", Map.of("constraints", "{mine: " + constraint + "}"));
    }

    @Test
    void aRegisteredConstraintIsWrittenAndReadBack() {
        RecipeWords.register(Constraint.class, "test-leash", Leash.class);
        GanRecipe recipe = with("{method: test-leash, length: 3, tight: true}");
        assertThat(recipe.constraints()).containsExactly(Map.entry("mine", new Leash(3, true)));
        Recipe made = Recipes.load("gan-points", Map.of()).with("constraints", Map.of("mine", new Leash(3, true)));
        assertThat(made).isEqualTo(recipe);
        String text = Recipes.format(made);
        assertThat(text).contains("method: test-leash", "length: 3.0");
        assertThat(Recipes.parse(text, "the run's", Map.of("constraints.mine.length", "4"))
                        .asGan()
                        .constraints())
                .containsExactly(Map.entry("mine", new Leash(4, true)));
        requireRefused(
                () -> with("{method: test-leash, length: 3}"),
                "gan-points, constraints.mine.tight: expected a value but there is none, and this setting has no default");
        requireRefused(
                () -> with("{method: test-leash, lenght: 3}"), "constraints.mine.lenght: there is no such setting");
    }

    @Test
    void aValueGivesSettingsTheirDefaults() {
        Fence defaults = new Fence(4, List.of(1, 2), new Latent(3, Latent.Distribution.UNIFORM));
        RecipeWords.register(Constraint.class, "test-fence", defaults);
        assertThat(with("{method: test-fence}").constraints()).containsExactly(Map.entry("mine", defaults));
        assertThat(with("{method: test-fence, gaps: [], inside: {size: 5}}").constraints())
                .containsExactly(
                        Map.entry("mine", new Fence(4, List.of(), new Latent(5, Latent.Distribution.UNIFORM))));
    }

    @Test
    void whatIsTakenIsRefusedByName() {
        RecipeWords.register(Constraint.class, "weight-clipping", WeightClipping.class);
        requireRefused(
                () -> RecipeWords.register(Constraint.class, "weight-clipping", Nameless.class),
                "the word \"weight-clipping\" for the constraint",
                "Nameless is taken, by org.saddlepoint.constraints.WeightClipping");
        RecipeWords.register(Constraint.class, "test-twice", Twice.class);
        requireRefused(
                () -> RecipeWords.register(Constraint.class, "test-twice", Nameless.class),
                "the word \"test-twice\" for the constraint " + Nameless.class.getName() + " is taken, by "
                        + Twice.class.getName());
        requireRefused(
                () -> RecipeWords.register(Constraint.class, "test-normal", WeightNormalization.class),
                "the word \"test-normal\" for the constraint",
                "WeightNormalization is a second one: it has \"weight-normalization\"");
        requireRefused(
                () -> RecipeWords.register(Constraint.class, "Test Loose", Nameless.class),
                "must be of lower-case letters, digits and single dashes");
        requireRefused(() -> RecipeWords.register(Constraint.class, "test-loose", Loose.class), "names no record");
        requireRefused(
                () -> RecipeWords.register(Latent.class, "test-latent", Latent.class),
                "no words for kinds of org.saddlepoint.models.Latent",
                "OptimizerConfig");
    }

    @Test
    void aRecipeWithoutAWordIsRefusedWhenItIsWritten() {
        GanRecipe plain = Recipes.gan("gan-points", Map.of());
        requireRefused(
                () -> plain.with("constraints", Map.of("mine", new Nameless())),
                "Nameless has no word, so that a recipe with it could not be read back; register one, as in"
                        + " RecipeWords.register(Constraint.class, \"my-constraint\", Nameless.class)");
    }

    @Test
    void aJarOnTheClassPathIsEnough(@TempDir Path folder) throws IOException {
        try (URLClassLoader jar = loader(folder, Walls.class.getName())) {
            RecipeWords.loadExtensions(ServiceLoader.load(RecipeExtension.class, jar));
        }
        assertThat(with("{method: test-wall}").constraints()).containsExactly(Map.entry("mine", new Wall(2.5)));
    }

    @Test
    void brokenExtensionsAreNamed(@TempDir Path folder) throws IOException {
        try (URLClassLoader jar = loader(folder, Thief.class.getName())) {
            requireRefused(
                    () -> RecipeWords.loadExtensions(ServiceLoader.load(RecipeExtension.class, jar)),
                    "the extension of recipes " + Thief.class.getName() + " cannot be used: the word"
                            + " \"weight-clipping\"");
        }
        try (URLClassLoader jar = loader(folder, "no.such.Extension")) {
            requireRefused(
                    () -> RecipeWords.loadExtensions(ServiceLoader.load(RecipeExtension.class, jar)),
                    "an extension of recipes on the class path cannot be loaded",
                    "no.such.Extension");
        }
    }

    private static URLClassLoader loader(Path folder, String extension) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(RecipeExtension.class.getName()), extension);
        return new URLClassLoader(new URL[] {url(folder)}, RecipeWordsTest.class.getClassLoader());
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }

    @Test
    void severalThreadsMayRegisterAndRead() throws Exception {
        WordKind<Constraint> kind = new WordKind<>("constraint", Constraint.class, "method");
        List<Class<? extends Constraint>> records = List.of(Leash.class, Fence.class, Wall.class, Nameless.class);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Object>> work = IntStream.range(0, 400)
                    .mapToObj(i -> (Callable<Object>) () -> {
                        kind.add("word-" + i % 4, records.get(i % 4), null);
                        return kind.word(records.get(i % 4));
                    })
                    .toList();
            List<Future<Object>> words = threads.invokeAll(work);
            for (int i = 0; i < words.size(); i++) {
                assertThat(words.get(i).get()).isEqualTo("word-" + i % 4);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(kind.words()).hasSize(4);
    }
}
