package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

/** What a run does with its styles, and what is refused. */
@ExtendWith({LeakCheck.class, OneThread.class})
class StyleSpaceTest {
    private static final Map<String, String> SMALL = Map.of(
            "generator.channelBase", "56",
            "discriminator.channelBase", "56",
            "generator.styleSize", "4",
            "latent.size", "4",
            "updates.batchSize", "8",
            "steps", "3",
            "logEvery", "1");

    @TempDir
    private static Path shared;

    private static Path styled;

    @BeforeAll
    static void train() {
        try (Dataset digits = SmallRuns.digits()) {
            styled = Run.train(
                            Recipes.load("stylegan2-small", SMALL),
                            digits,
                            shared.resolve("styled"),
                            RunOptions.DEFAULT.seed(7))
                    .path();
        }
    }

    private static float[] picture(float[] values, int index) {
        return Arrays.copyOfRange(values, 784 * index, 784 * (index + 1));
    }

    @Test
    void truncationGoesFromTheSamplesToTheMean() {
        try (TrainedGenerator generator = TrainedGenerator.open(styled)) {
            SampleOptions four = SampleOptions.of(4);
            float[] plain = generator.sample(four).toFloatArray();
            assertThat(generator.sample(four.truncation(1)).toFloatArray()).isEqualTo(plain);
            float[] mean = generator.sample(four.truncation(0)).toFloatArray();
            assertThat(picture(mean, 0)).isEqualTo(picture(mean, 3));
            assertThat(generator.sample(four.truncation(0.5)).toFloatArray())
                    .isNotEqualTo(plain)
                    .isNotEqualTo(mean);
        }
        assertThatThrownBy(() -> SampleOptions.of(1).truncation(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("truncation must be in [-1, 1] but was 2.0");
    }

    @Test
    void mixingHasTheSamplesOnItsDiagonal() {
        try (TrainedGenerator generator = TrainedGenerator.open(styled)) {
            StyleSpace space = generator.styleSpace();
            assertThat(space.layers()).isEqualTo(6); // 7, 14 and 28 pixels
            SampleOptions three = SampleOptions.of(3);
            float[] samples = generator.sample(three).toFloatArray();
            StyleSpace.Sheet sheet = space.mixing(three, 2);
            assertThat(sheet.rows()).isEqualTo(3);
            assertThat(sheet.columns()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    double apart = distance(picture(sheet.values(), 3 * i + j), picture(samples, i));
                    assertThat(apart < 1e-4).as(i + " " + j).isEqualTo(i == j);
                }
            }
            assertThatThrownBy(() -> space.mixing(three, 6))
                    .hasMessageContaining(
                            "the first fine layer must be in [1, 5], since there are 6 styles, but was 6");
        }
    }

    private static double distance(float[] a, float[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    @Test
    void walksBeginAtTheSamplesAndDirectionsAtTheMean() {
        try (TrainedGenerator generator = TrainedGenerator.open(styled)) {
            StyleSpace space = generator.styleSpace();
            SampleOptions two = SampleOptions.of(2);
            float[] samples = generator.sample(two).toFloatArray();
            StyleSpace.Sheet walk = space.walk(two, 4);
            assertThat(distance(picture(walk.values(), 0), picture(samples, 0))).isLessThan(1e-4);
            assertThat(distance(picture(walk.values(), 4), picture(samples, 1))).isLessThan(1e-4);
            assertThat(distance(picture(walk.values(), 2), picture(walk.values(), 6)))
                    .isLessThan(1e-4); // half way
            StyleSpace.Sheet directions = space.directions(two, 2, 3, 2);
            float[] values = directions.values();
            assertThat(distance(picture(values, 1), picture(values, 4))).isLessThan(1e-4); // the mean
            assertThat(distance(picture(values, 0), picture(values, 2))).isGreaterThan(1e-5);
            assertThatThrownBy(() -> space.directions(two, 5, 3, 2))
                    .hasMessageContaining("must be in [1, 4], the numbers of a style, but was 5");
        }
    }

    @Test
    void aPictureOfTheGeneratorIsFoundAgain() {
        try (TrainedGenerator generator = TrainedGenerator.open(styled)) {
            float[] target = generator.sample(SampleOptions.of(1).seed(3)).toFloatArray();
            List<Double> losses = new ArrayList<>();
            StyleSpace.Projection found = generator.styleSpace().project(target, 100, losses::add);
            assertThat(losses).hasSize(100);
            assertThat(losses.get(99)).isLessThan(losses.get(0) / 5);
            assertThat(found.style()).hasSize(4);
            assertThat(distance(found.values(), target)).isLessThan(0.5);
            assertThatThrownBy(() -> generator.styleSpace().project(new float[3], 1, loss -> {}))
                    .hasMessage("the picture must be 784 numbers, [1, 28, 28], but was 3");
        }
    }

    @Test
    void generatorsWithoutStylesAreToldSo() {
        Path plain =
                SmallRuns.digits(shared.resolve("plain"), "lsgan", Map.of()).path();
        try (TrainedGenerator generator = TrainedGenerator.open(plain)) {
            assertThatThrownBy(() -> generator.sample(SampleOptions.of(1).truncation(0.5)))
                    .isInstanceOf(RequestException.class)
                    .hasMessage(
                            "truncation: the generator of the recipe lsgan has no styles w; leave it out, or train a"
                                    + " recipe that does, such as stylegan2-small");
            assertThatThrownBy(generator::styleSpace).isInstanceOf(RequestException.class);
        }
    }

    private static void requireRefused(Map<String, String> settings, String message) {
        try (Dataset digits = SmallRuns.digits()) {
            assertThatThrownBy(() -> Run.train(
                            Recipes.load("stylegan2-small", settings),
                            digits,
                            shared.resolve("refused"),
                            RunOptions.DEFAULT))
                    .isInstanceOf(RecipeException.class)
                    .hasMessageContaining(message);
        }
        assertThat(shared.resolve("refused")).doesNotExist();
    }

    @Test
    void whatCannotTrainIsRefusedBeforeTheRunBegins() {
        requireRefused(Map.of("updates.batchSize", "10"), "a batch of 10 does not divide into groups of 4");
        requireRefused(
                Map.of("generator.channelBase", "20"), "channelBase must be at least the image's side, which is 28");
        requireRefused(
                Map.of("generator", "{family: dcgan, width: 2}"),
                "regularizers.pl needs a generator that goes through styles");
    }
}
