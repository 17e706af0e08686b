package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.RecipeWords;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.testing.OneThread;

/** Networks of one's own in runs: what happens where their words are not known. */
@ExtendWith({LeakCheck.class, OneThread.class})
class OwnWordsTest {
    private static final RunOptions OPTIONS = RunOptions.DEFAULT.seed(3).dataSource(DataRequest.of("ring8"));

    @TempDir
    private Path temp;

    /** Never registered. */
    record Nameless() implements GeneratorConfig {
        @Override
        public Generator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
            return linear(latent, condition, sample, random);
        }
    }

    /** Registered. */
    record Named() implements GeneratorConfig {
        @Override
        public Generator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
            return linear(latent, condition, sample, random);
        }
    }

    private static Generator linear(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return Generator.of(
                latent,
                condition,
                sample,
                new Linear(latent.size(), Math.toIntExact(sample.elements()), Initialization.PYTORCH_DEFAULT, random));
    }

    private static Dataset ring() {
        return GaussianMixture.RING8.sample(200, 1);
    }

    /** The recipe with another generator, made past all checks of {@code with}. */
    private static GanRecipe with(GeneratorConfig generator) {
        GanRecipe r = SmallRuns.points(Map.of()).asGan();
        return new GanRecipe(
                r.name(),
                r.summary(),
                r.images(),
                generator,
                r.discriminator(),
                r.conditioning(),
                r.latent(),
                r.objective(),
                r.weights(),
                r.constraints(),
                r.regularizers(),
                r.views(),
                r.updates(),
                r.generatorOptimizer(),
                r.discriminatorOptimizer(),
                r.average(),
                r.heldOut(),
                r.steps(),
                r.logEvery(),
                r.sampleEvery(),
                r.checkpointEvery());
    }

    @Test
    void aConfigurationWithoutAWordIsRefusedBeforeAnythingIsWritten() {
        Path folder = temp.resolve("run");
        try (Dataset data = ring()) {
            assertThatThrownBy(() -> Run.train(with(new Nameless()), data, folder, OPTIONS))
                    .isInstanceOf(RecipeException.class)
                    .hasMessage("generator: the generator " + Nameless.class.getName()
                            + " has no word, so that a recipe with it could not be read back; register one, as in"
                            + " RecipeWords.register(GeneratorConfig.class, \"my-generator\", Nameless.class)");
            GeneratorConfig function = OwnWordsTest::linear;
            assertThatThrownBy(() -> Run.train(with(function), data, folder, OPTIONS))
                    .isInstanceOf(RecipeException.class)
                    .hasMessageContaining(
                            "has no word, so that a recipe with it could not be read back; make it a"
                                    + " record, whose components are its settings, and register one, as in RecipeWords.register(");
        }
        assertThat(folder).doesNotExist();
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aRunWithAWordThatIsNotRegisteredSaysSo() throws IOException {
        RecipeWords.register(GeneratorConfig.class, "test-named", Named.class);
        Path folder = temp.resolve("run");
        try (Dataset data = ring()) {
            Run.train(with(new Named()), data, folder, OPTIONS);
        }
        TrainedGenerator.open(folder).close();
        Path recipe = folder.resolve("recipe.yaml");
        String text = Files.readString(recipe);
        assertThat(text).contains("family: test-named");
        // As another process sees it, which did not register the word.
        Files.writeString(recipe, text.replace("family: test-named", "family: elsewhere"));
        String message = recipe
                + ", generator: family: expected one of mlp, dcgan, cnn, resnet, biggan, fastgan, r3gan, stylegan2";
        String remedy =
                " but was \"elsewhere\"; a word of your own must be registered before the recipe is read or the run is"
                        + " opened, as in RecipeWords.register(GeneratorConfig.class, \"elsewhere\", MyRecord.class)";
        assertThatThrownBy(() -> TrainedGenerator.open(folder))
                .isInstanceOf(RecipeException.class)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith(remedy);
        assertThatThrownBy(() -> Run.resume(folder, ResumeOptions.DEFAULT.steps(6)))
                .isInstanceOf(RecipeException.class)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith(remedy);
    }
}
