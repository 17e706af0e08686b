package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;

/** Schedules in recipes: a number, or a section. */
class ScheduleYamlTest {
    private static final JavaType SCHEDULE = TypeFactory.defaultInstance().constructType(Schedule.class);

    private static Schedule read(String yaml) {
        return RecipeYaml.read(RecipeYaml.value(yaml), Schedule.class, "the recipe");
    }

    private static String written(Schedule schedule) {
        return RecipeYaml.inline(RecipeYaml.tree(schedule, SCHEDULE));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0, 0", "0.5, 0.5", "2e-4, 2.0E-4", "1e-8, 1.0E-8", "-3, -3", "1e300, 1.0E300"})
    void aNumberStandsForItself(String yaml, String text) {
        Schedule schedule = read(yaml);
        assertThat(schedule).isEqualTo(Schedule.of(Double.parseDouble(yaml)));
        assertThat(written(schedule)).isEqualTo(text);
        assertThat(read(text)).isEqualTo(schedule);
    }

    static Stream<Arguments> sections() {
        return Stream.of(
                Arguments.of(
                        "{schedule: linear, from: 2.0E-4, to: 0.0, start: -1, end: 200, unit: epochs}",
                        new Schedule.Linear(2e-4, 0, -1, 200, Unit.EPOCHS)),
                Arguments.of(
                        "{schedule: cosine, from: 0.1, to: 0.001, start: 0, end: 0, unit: images, after: return}",
                        new Schedule.Cosine(0.1, 0.001, 0, 0, Unit.IMAGES, Schedule.Cosine.After.RETURN)),
                Arguments.of(
                        "{schedule: step, value: 0.3, factor: 0.1, every: 50, unit: steps}",
                        new Schedule.Step(0.3, 0.1, 50, Unit.STEPS)),
                Arguments.of(
                        "{schedule: plateau, value: 1.0, factor: 0.2, threshold: 0.01, patience: 5}",
                        new Schedule.Plateau(1, 0.2, 0.01, 5)));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void aSectionIsReadAndWrittenBack(String yaml, Schedule schedule) {
        assertThat(read(yaml)).isEqualTo(schedule);
        assertThat(written(schedule)).isEqualTo(yaml);
    }

    @Test
    void bothStandInARecipeAndComeBackFromItsText() {
        String linear = "{schedule: linear, from: 2e-4, start: 7}";
        GanRecipe recipe = Recipes.gan(
                "dcgan", Map.of("generatorOptimizer.learningRate", linear, "generatorOptimizer.beta1", "0.25"));
        GanRecipe again = (GanRecipe) Recipes.parse(Recipes.format(recipe), "its text", Map.of());
        assertThat(again).isEqualTo(recipe);
        assertThat(again.generatorOptimizer().learningRate()).isEqualTo(new Schedule.Linear(2e-4, 0, 7, 0, Unit.STEPS));
        assertThat(Recipes.format(recipe)).contains("beta1: 0.25\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fast | expected settings with schedule, one of linear, cosine, step, plateau, but was \"fast\"",
                "true | expected settings with schedule, one of linear, cosine, step, plateau, but was true",
                "{from: 1} | expected settings with schedule, one of linear, cosine, step, plateau, but was",
                "{schedule: never} | schedule: expected one of linear, cosine, step, plateau but was \"never\"",
                "{schedule: step, value: 1, factor: 2, every: 1, unit: steps} | factor must be in (0, 1] but was 2.0",
            })
    void whatIsNoScheduleIsRefused(String yaml, String reason) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("the recipe")
                .hasMessageContaining(reason);
    }
}
