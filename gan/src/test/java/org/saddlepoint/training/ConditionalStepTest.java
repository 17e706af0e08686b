package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** What steps ask for, and that networks learn to give it. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ConditionalStepTest {
    private static final int COUNT = 3000;

    private static ConditionPlan plan(ConditionPlan.GeneratorLabels labels, double dropout) {
        return new ConditionPlan(labels, dropout);
    }

    /** Ten examples of classes 0 and 2: seven and three. */
    private static Batch batch() {
        return new Batch(
                new float[10],
                new int[] {0, 0, 2, 0, 0, 2, 0, 0, 0, 2},
                new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                10,
                new PointShape(1));
    }

    private static long[] labels(Conditioning asked) {
        return ((Conditioning.Labels) asked).classes().toLongArray();
    }

    private static long count(long[] labels, long label) {
        return Arrays.stream(labels).filter(each -> each == label).count();
    }

    @Test
    void generatedSamplesAreAskedForWhatRealOnesAreInUpdatesOfTheDiscriminator() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            byte[] before = random.state();
            BatchConditions conditions =
                    new BatchConditions(ConditionShape.Classes.of(3), ConditionPlan.DATA, Device.CPU);
            assertThat(labels(conditions.ofExamples(batch(), 4, 3, random))).containsExactly(0, 2, 0);
            BatchConditions vectors = new BatchConditions(new ConditionShape.Vector(1), ConditionPlan.DATA, Device.CPU);
            Tensor numbers = ((Conditioning.Vectors) vectors.ofExamples(batch(), 4, 3, random)).numbers();
            assertThat(numbers.toFloatArray()).containsExactly(4, 5, 6);
            assertThat(numbers.shape()).isEqualTo(Shape.of(3, 1));
            BatchConditions none = new BatchConditions(ConditionShape.none(), ConditionPlan.DATA, Device.CPU);
            assertThat(none.ofExamples(batch(), 4, 3, random)).isEqualTo(Conditioning.none());
            assertThat(none.forGenerator(batch(), 3, random)).isEqualTo(Conditioning.none());
            assertThat(random.state()).isEqualTo(before);
        }
    }

    @Test
    void theGeneratorIsAskedInProportionToTheDataOrForEachClassAsOften() {
        ConditionShape classes = ConditionShape.Classes.of(3);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            long[] data = labels(new BatchConditions(classes, plan(ConditionPlan.GeneratorLabels.DATA, 0), Device.CPU)
                    .forGenerator(batch(), COUNT, random));
            // Standard deviation of a count with p = 0.7: 25.
            assertThat(count(data, 0)).isBetween(2000L, 2200L);
            assertThat(count(data, 1)).isZero();
            assertThat(count(data, 2)).isEqualTo(COUNT - count(data, 0));
            long[] balanced =
                    labels(new BatchConditions(classes, plan(ConditionPlan.GeneratorLabels.BALANCED, 0), Device.CPU)
                            .forGenerator(batch(), COUNT, random));
            for (int label = 0; label < 3; label++) {
                assertThat(count(balanced, label)).isBetween(900L, 1100L);
            }
        }
    }

    @Test
    void labelsAreDroppedWithTheirProbabilityAndOthersLeft() {
        Batch ones = new Batch(new float[COUNT], new int[COUNT], COUNT, new PointShape(1));
        ConditionShape classes = new ConditionShape.Classes(3, true);
        for (ConditionPlan.GeneratorLabels kind : ConditionPlan.GeneratorLabels.values()) {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(1)) {
                BatchConditions conditions = new BatchConditions(classes, plan(kind, 0.25), Device.CPU);
                long[] real = labels(conditions.ofExamples(ones, 0, COUNT, random));
                assertThat(count(real, 3)).isBetween(650L, 850L); // standard deviation 24
                assertThat(count(real, 0)).isEqualTo(COUNT - count(real, 3));
                long[] generator = labels(conditions.forGenerator(ones, COUNT, random));
                assertThat(count(generator, 3)).isBetween(650L, 850L);
            }
        }
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThatThrownBy(() -> plan(ConditionPlan.GeneratorLabels.DATA, 1))
                .hasMessageContaining("labelDropout must be in [0, 1) but was 1.0");
        assertThatThrownBy(() -> new BatchConditions(
                        ConditionShape.Classes.of(3), plan(ConditionPlan.GeneratorLabels.DATA, 0.1), Device.CPU))
                .hasMessageContaining("labelDropout 0.1 needs networks with a class for no label");
        assertThatThrownBy(() -> new BatchConditions(
                        new ConditionShape.Vector(2), plan(ConditionPlan.GeneratorLabels.BALANCED, 0), Device.CPU))
                .hasMessageContaining("balanced labels need classes");
        assertThatThrownBy(() -> new BatchConditions(
                        new ConditionShape.Image(Shape.of(1, 2, 2)), ConditionPlan.DATA, Device.CPU))
                .hasMessageContaining("no images to condition on");
        assertThatThrownBy(() -> new AuxiliaryClassification(-1, 0, 0))
                .hasMessageContaining("real must be >= 0 and finite but was -1.0");
    }

    /** Small networks learn which of three places belongs to which class, in every way, game and constraint. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "concatenation | channels | non-saturating | {}",
                "embedding, size: 4 | embedding, size: 4 | non-saturating | {}",
                "multiplication | projection | hinge | {}",
                "concatenation | projection | hinge | {gn: {method: gradient-normalization, zeta: absolute,"
                        + " generatorPath: closed-form}}",
                "concatenation | auxiliary-classifier | hinge | {gn: {method: gradient-normalization, zeta: absolute,"
                        + " generatorPath: closed-form}}",
                "concatenation | auxiliary-classifier | wasserstein | {gp: {method: gradient-penalty, points: {at:"
                        + " between}, weight: 1, target: 1, oneSided: false, every: 1}}",
                "concatenation | projection | relativistic-paired | {r1: {method: gradient-penalty, points: {at:"
                        + " real}, weight: 0.1, target: 0, oneSided: false, every: 1}}"
            })
    void networksLearnToGiveWhatIsAsked(String generator, String discriminator, String objective, String constraints) {
        String conditioning = "{on: labels, generator: {way: " + generator + "}, discriminator: {way: " + discriminator
                + "}, classification: {real: 1, fake: 0, generator: 1}, generatorLabels: data, balancedBatches: false,"
                + " labelDropout: 0}";
        String adam = "{method: adam, learningRate: 2e-3, beta1: 0.5, beta2: 0.99, epsilon: 1e-8}";
        GanRecipe recipe = Recipes.gan(
                "gan-points",
                Map.ofEntries(
                        Map.entry("conditioning", conditioning),
                        Map.entry("objective", "{loss: " + objective + "}"),
                        Map.entry("constraints", constraints),
                        Map.entry("generator.hidden", "[24]"),
                        Map.entry("discriminator.hidden", "[24]"),
                        Map.entry("latent.size", "12"),
                        Map.entry("updates.batchSize", "32"),
                        Map.entry("updates.discriminatorSteps", "2"),
                        Map.entry("generatorOptimizer", adam),
                        Map.entry("discriminatorOptimizer", adam)));
        try (Corners data = new Corners(600, true);
                GanTraining training = new GanTraining(recipe, data, TrainingSetup.of(2))) {
            training.trainer(List.of()).runUntil(400);
            assertThat(share(training, recipe)).isGreaterThan(0.9);
        }
    }

    @Test
    void shuffledLabelsTeachNothing() {
        GanRecipe recipe = Recipes.gan(
                "gan-points",
                Map.of(
                        "conditioning",
                        "{on: labels, generator: {way: concatenation}, discriminator: {way: channels}, classification:"
                                + " {real: 0, fake: 0, generator: 0}, generatorLabels: data, balancedBatches: false,"
                                + " labelDropout: 0}",
                        "generator.hidden",
                        "[24]",
                        "discriminator.hidden",
                        "[24]",
                        "latent.size",
                        "3",
                        "updates.batchSize",
                        "32"));
        try (Corners data = new Corners(600, false);
                GanTraining training = new GanTraining(recipe, data, TrainingSetup.of(2))) {
            training.trainer(List.of()).runUntil(400);
            assertThat(share(training, recipe)).isBetween(0.2, 0.47);
        }
    }

    /** The share of samples that lie nearest to the place of the class they were asked for. */
    private static double share(GanTraining training, GanRecipe recipe) {
        int each = 200;
        int right = 0;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(9)) {
            for (int label = 0; label < 3; label++) {
                long[] asked = new long[each];
                Arrays.fill(asked, label);
                float[] points = training.players()
                        .sample(recipe.latent().sample(each, random), Conditioning.labels(asked))
                        .toFloatArray();
                for (int i = 0; i < each; i++) {
                    right += Corners.nearest(points[2 * i], points[2 * i + 1]) == label ? 1 : 0;
                }
            }
        }
        return right / (3.0 * each);
    }

    @Test
    void whatAStepMeasuresNamesTheLossesOfTheClassifier() {
        GanRecipe recipe = Recipes.gan(
                "acgan", Map.of("generator.width", "1", "discriminator.width", "1", "updates.batchSize", "4"));
        GanRecipe plain = Recipes.gan(
                "cdcgan", Map.of("generator.width", "1", "discriminator.width", "1", "updates.batchSize", "4"));
        for (GanRecipe each : List.of(recipe, plain)) {
            try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT);
                    GanTraining training = new GanTraining(each, digits, TrainingSetup.of(2))) {
                StepReport report = training.step().run(training.loader().next(), training.state());
                if (each.name().equals("acgan")) {
                    // Two losses of a classifier that knows nothing of ten classes.
                    assertThat(report.values().get("classLoss")).isBetween(4.0, 5.2);
                    assertThat(report.values().get("generatorClassLoss")).isBetween(2.0, 2.6);
                } else {
                    assertThat(report.values()).doesNotContainKeys("classLoss", "generatorClassLoss");
                }
            }
        }
    }
}
