package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;

class RecipeLengthTest {
    private static final int EXAMPLES = 1000;

    private static GanRecipe scaled(Map<String, String> settings, long steps, String... kept) {
        return RecipeLength.of(Recipes.load("dcgan-quick", settings), steps, EXAMPLES, Long.MAX_VALUE, Set.of(kept))
                .asGan();
    }

    private static GanRecipe scaled(Map<String, String> settings, long steps) {
        return scaled(settings, steps, new String[0]);
    }

    @Test
    void intervalsAndTheAverageFollowTheLength() {
        GanRecipe half = scaled(Map.of("sampleEvery", "300"), 1250);
        assertThat(half.steps()).isEqualTo(1250);
        assertThat(half.logEvery()).isEqualTo(5);
        assertThat(half.sampleEvery()).isEqualTo(150);
        assertThat(half.checkpointEvery()).isEqualTo(250);
        assertThat(half.average().decay().most()).as("0.99 twice a step").isCloseTo(0.9801, within(1e-12));
        GanRecipe tiny = scaled(Map.of(), 10);
        assertThat(tiny.logEvery()).isEqualTo(1);
        assertThat(tiny.sampleEvery()).as("by time stays by time").isZero();
    }

    @Test
    void theHalfLifeCountsExamples() {
        GanRecipe triple = scaled(Map.of("average.decay", "0", "average.halfLife", "640", "average.start", "20"), 7500);
        assertThat(triple.average().halfLife()).isEqualTo(Schedule.of(1920));
        assertThat(triple.average().start()).isEqualTo(60);
    }

    @Test
    void checkpointsAreNotTooFarApart() {
        Recipe longer = RecipeLength.of(Recipes.load("dcgan-quick", Map.of()), 75_000, EXAMPLES, 2400, Set.of());
        assertThat(longer.checkpointEvery()).isEqualTo(2400);
        assertThat(longer.logEvery()).isEqualTo(300);
    }

    @Test
    void schedulesFollowTheLength() {
        GanRecipe half = scaled(
                Map.of(
                        "generatorOptimizer.learningRate", "{schedule: linear, from: 0.002, start: 1000, end: 2000}",
                        "discriminatorOptimizer.learningRate", "{schedule: linear, from: 0.002}"),
                1250);
        assertThat(((AdamConfig) half.generatorOptimizer()).learningRate())
                .isEqualTo(new Schedule.Linear(0.002, 0, 500, 1000, Unit.STEPS));
        assertThat(((AdamConfig) half.discriminatorOptimizer()).learningRate())
                .as("an end of 0 is the end of the training")
                .isEqualTo(new Schedule.Linear(0.002, 0, 0, 0, Unit.STEPS));
    }

    @Test
    void epochsBecomeExamples() {
        Recipe pairs = Recipes.load("pix2pix-small", Map.of()); // 24 epochs, constant up to 11
        long steps = pairs.steps(EXAMPLES) / 10;
        TranslationRecipe tenth = RecipeLength.of(pairs, steps, EXAMPLES, Long.MAX_VALUE, Set.of())
                .asTranslation();
        assertThat(tenth.steps(EXAMPLES)).isEqualTo(steps);
        Schedule rate = ((AdamConfig) tenth.generatorOptimizer()).learningRate();
        assertThat(rate).isEqualTo(new Schedule.Linear(0.001, 0, 1100, 2400, Unit.IMAGES));
        Horizon horizon = new Horizon(steps, 8, EXAMPLES);
        assertThat(rate.at(Progress.of(steps, 8 * steps, horizon))).isZero();
    }

    @Test
    void whatTheUserChoseStays() {
        GanRecipe half = scaled(
                Map.of(
                        "logEvery", "7",
                        "average.decay", "0.5",
                        "generatorOptimizer.learningRate", "{schedule: linear, from: 0.002, start: 10, end: 200}"),
                1250,
                "logEvery",
                "average.decay",
                "generatorOptimizer.learningRate");
        assertThat(half.logEvery()).isEqualTo(7);
        assertThat(half.average().decay()).isEqualTo(Schedule.of(0.5));
        assertThat(((AdamConfig) half.generatorOptimizer()).learningRate())
                .isEqualTo(new Schedule.Linear(0.002, 0, 10, 200, Unit.STEPS));
        assertThat(half.checkpointEvery()).isEqualTo(250);
    }

    static java.util.List<String> names() {
        return Recipes.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecipeCanBeMadeLongerAndShorter(String name) {
        Recipe recipe = Recipes.load(name, Map.of());
        for (long steps : new long[] {1, 10, 123, 10_000_000}) {
            Recipe other = RecipeLength.of(recipe, steps, EXAMPLES, 5000, Set.of());
            assertThat(other.steps(EXAMPLES)).isEqualTo(steps);
            assertThat(Recipes.parse(Recipes.format(other), "again", Map.of())).isEqualTo(other);
        }
        Recipe same = RecipeLength.of(recipe, recipe.steps(EXAMPLES), EXAMPLES, Long.MAX_VALUE, Set.of());
        assertThat(same.logEvery()).isEqualTo(recipe.logEvery());
        assertThat(same.checkpointEvery()).isEqualTo(recipe.checkpointEvery());
    }
}
