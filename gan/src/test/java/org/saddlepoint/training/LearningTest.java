package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** Short seeded trainings that must reach a stated quality, which their start has not. */
@ExtendWith({LeakCheck.class, OneThread.class})
class LearningTest {
    /** Samples nearer to a mode's centre than this belong to it; modes of ring8 are 0.77 apart. */
    private static final double REACH = 0.2;

    private static final int SAMPLES = 1000;

    /** How many samples lie near each mode. */
    private static int[] modes(GanTraining training, GanRecipe recipe) {
        double[][] centres = GaussianMixture.RING8.centres();
        int[] counts = new int[centres.length];
        float[] points = samples(training, recipe);
        for (int i = 0; i < SAMPLES; i++) {
            for (int mode = 0; mode < centres.length; mode++) {
                double distance = Math.hypot(points[2 * i] - centres[mode][0], points[2 * i + 1] - centres[mode][1]);
                counts[mode] += distance < REACH ? 1 : 0;
            }
        }
        return counts;
    }

    private static float[] samples(GanTraining training, GanRecipe recipe) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(99)) {
            return training.players()
                    .sample(recipe.latent().sample(SAMPLES, random))
                    .toFloatArray();
        }
    }

    @Test
    void aSmallGanLearnsTheRing() {
        GanRecipe recipe = Recipes.gan("gan-points", Map.of());
        try (Dataset ring = DataSources.open("ring8", new DataOptions(DataOptions.DEFAULT.imageFormat(), 8000, 0, 0));
                GanTraining training = new GanTraining(recipe, ring, TrainingSetup.of(2))) {
            assertThat(Arrays.stream(modes(training, recipe)).sum()).isLessThan(50);
            training.trainer(List.of()).runUntil(2000);
            // Seeds 1 to 3 gave 721 to 860 of 1000 samples near a mode and 52 to 127 near each single one.
            int[] modes = modes(training, recipe);
            assertThat(Arrays.stream(modes).sum()).isBetween(500, 1000);
            assertThat(Arrays.stream(modes).filter(count -> count > 30).count()).isGreaterThanOrEqualTo(6);
            assertThat(Arrays.stream(modes).max().orElseThrow()).isLessThan(300);
        }
    }

    /** Constrained discriminators on small networks cover every mode, where the 2014 game loses some. */
    @ParameterizedTest
    @CsvSource({"wgan-gp-points", "r1gan-points"})
    void constrainedGansCoverTheWholeRing(String name) {
        Map<String, String> settings = new HashMap<>();
        settings.put("generator.hidden", "[64, 64]");
        settings.put("discriminator.hidden", "[64, 64]");
        settings.put("updates.batchSize", "128");
        settings.put("updates.discriminatorSteps", "2");
        String adam = "{method: adam, learningRate: {schedule: linear, from: %s}, beta1: 0, beta2: 0.9}";
        settings.put("generatorOptimizer", adam.formatted("1e-3"));
        settings.put("discriminatorOptimizer", adam.formatted("2e-3"));
        settings.put("average", "{decay: 0.99, start: 0, warmUp: true, buffers: copied}");
        settings.put("steps", "1500");
        GanRecipe recipe = Recipes.gan(name, settings);
        try (Dataset ring = DataSources.open("ring8", new DataOptions(DataOptions.DEFAULT.imageFormat(), 8000, 0, 0));
                GanTraining training = new GanTraining(recipe, ring, TrainingSetup.of(2))) {
            assertThat(Arrays.stream(modes(training, recipe)).sum()).isLessThan(50);
            training.trainer(List.of()).runUntil(recipe.steps());

            // Measured: 578 samples near a mode and 44 to 88 near each (WGAN-GP), 784 and 77 to 118 (R1). Of seeds 1 to
            // 4,
            // WGAN-GP gave 44 or more near each mode; R1 gave 70 or more at two, 22 at one and 4 at one.
            int[] modes = modes(training, recipe);
            assertThat(Arrays.stream(modes).min().orElseThrow()).isGreaterThan(25);
            assertThat(Arrays.stream(modes).sum()).isBetween(400, 1000);
        }
    }

    /** The mean of the samples, pixel by pixel. */
    private static double[] meanImage(float[] images) {
        double[] mean = new double[784];
        int count = images.length / 784;
        for (int i = 0; i < images.length; i++) {
            mean[i % 784] += images[i] / (double) count;
        }
        return mean;
    }

    /** Root mean square over pixels. */
    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum / a.length);
    }

    /** Root mean square deviation of the samples from their mean. */
    private static double contrast(float[] images) {
        double[] mean = meanImage(images);
        double sum = 0;
        for (int i = 0; i < images.length; i++) {
            sum += Math.pow(images[i] - mean[i % 784], 2);
        }
        return Math.sqrt(sum / images.length);
    }

    @Test
    void theDefaultRecipeApproachesDigits() throws DamagedExampleException {
        GanRecipe recipe = Recipes.gan(
                "dcgan-quick",
                Map.of(
                        "generator.width",
                        "8",
                        "discriminator.width",
                        "8",
                        "average.decay",
                        "0.9",
                        "updates.batchSize",
                        "32"));
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT);
                GanTraining training = new GanTraining(recipe, digits, TrainingSetup.of(1))) {
            float[] real = new float[SAMPLES * 784];
            for (int i = 0; i < SAMPLES; i++) {
                digits.read(i, real, i * 784);
            }
            double[] mean = meanImage(real);
            float[] start = samples(training, recipe);
            assertThat(distance(meanImage(start), mean)).isBetween(0.7, 0.9);
            assertThat(contrast(start)).isLessThan(0.01);
            training.trainer(List.of()).runUntil(200);
            // Measured: 0.42, and a contrast of 0.19; digits have 0.51, and one picture again and again has 0.
            float[] trained = samples(training, recipe);
            assertThat(distance(meanImage(trained), mean)).isBetween(0.05, 0.6);
            assertThat(contrast(trained)).isBetween(0.08, 0.6);
        }
    }
}
