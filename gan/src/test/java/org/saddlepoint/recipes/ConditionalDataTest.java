package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.Subset;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.plot.LabelledSheet;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.DataConditions;
import org.saddlepoint.training.SamplePicture;
import org.saddlepoint.training.TrainingSetup;

/** Conditional recipes and the data they need. */
@ExtendWith(LeakCheck.class)
class ConditionalDataTest {
    private static final Map<String, String> SMALL =
            Map.of("generator.width", "2", "discriminator.width", "2", "updates.batchSize", "8");

    @TempDir
    private Path folder;

    /** Points with these labels, -1 for none, and a vector of two numbers each. */
    private record Points(List<String> classNames, List<String> vectorNames, int... labels) implements Dataset {
        @Override
        public String name() {
            return "points";
        }

        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public ExampleShape shape() {
            return new PointShape(2);
        }

        @Override
        public void read(int index, float[] target, int offset) {
            Arrays.fill(target, offset, offset + 2, index);
        }

        @Override
        public OptionalInt label(int index) {
            return labels[index] < 0 ? OptionalInt.empty() : OptionalInt.of(labels[index]);
        }

        @Override
        public void readVector(int index, float[] target, int offset) {
            for (int i = 0; i < vectorNames.size(); i++) {
                target[offset + i] = 10 * index + i;
            }
        }

        @Override
        public String fingerprint() {
            return "f";
        }

        @Override
        public List<Skipped> skipped() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static Points labelled(int... labels) {
        return new Points(List.of("a", "b", "c"), List.of(), labels);
    }

    private static GanRecipe recipe(String on) {
        return Recipes.gan(
                "gan-points",
                Map.of(
                        "conditioning",
                        "{on: " + on + ", generator: {way: concatenation}, discriminator: {way: channels},"
                                + " classification: {real: 0, fake: 0, generator: 0}, generatorLabels: data,"
                                + " balancedBatches: false, labelDropout: 0}",
                        "updates.batchSize",
                        "4"));
    }

    private static void refused(GanRecipe recipe, Dataset data, String... words) {
        assertThatThrownBy(() -> new GanTraining(recipe, data, TrainingSetup.of(1)))
                .isInstanceOf(RecipeException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words))
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void dataWithoutWhatIsAskedIsRefusedBeforeTheFirstStep() {
        try (Dataset ring = DataSources.open("ring8", DataOptions.DEFAULT.withSeed(1));
                Dataset digits = DataSources.open("digits", DataOptions.DEFAULT)) {
            Points plain = new Points(List.of(), List.of(), -1, -1, -1, -1);
            refused(recipe("labels"), plain, "gan-points asks for labels, but points has none", "such as digits");
            refused(recipe("vectors"), ring, "asks for vectors, but", "has none");
            refused(recipe("labels"), labelled(0, 1, -1, 2, -1), "2 of the 5 examples of points have none");
            refused(recipe("labels"), labelled(0, 2, 2, 0), "the class b of points has no example");
            refused(recipe("labels"), labelled(0, 2, 7, 1), "example 2 has the label 7", "must be in [0, 2]");
            Subset zeros = new Subset(
                    digits,
                    "zeros",
                    IntStream.range(0, digits.size())
                            .filter(i -> digits.label(i).getAsInt() == 0));
            refused(Recipes.gan("cdcgan", SMALL), zeros, "the class 1 of zeros has no example");
            refused(Recipes.gan("gngan-conditional", Map.of()), ring, "does not fit", "square images");
        }
    }

    @Test
    void waysThatDoNotFitTheNetworkAreRefusedBeforeTheFirstStep() {
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT)) {
            refused(
                    Recipes.gan("cdcgan", Map.of("conditioning.discriminator", "{way: embedding, size: 3}")),
                    digits,
                    "cdcgan does not fit digits",
                    "a first layer that is linear");
            refused(
                    Recipes.gan("cgan", Map.of("conditioning.generator", "{way: batch-normalization}")),
                    digits,
                    "no batch normalization");
            refused(
                    Recipes.gan("acgan", Map.of("conditioning.labelDropout", "0.1")),
                    digits,
                    "set conditioning.labelDropout: 0");
            refused(
                    Recipes.gan(
                            "cdcgan",
                            Map.of(
                                    "constraints",
                                    "{gn: {method: gradient-normalization, zeta: absolute,"
                                            + " generatorPath: closed-form}}")),
                    digits,
                    "gradient normalization cannot work with the layer network.layers.3 (BatchNorm)");
        }
    }

    @Test
    void unconditionalRecipesIgnoreLabels() {
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT);
                GanTraining training =
                        new GanTraining(Recipes.gan("dcgan-quick", SMALL), digits, TrainingSetup.of(1))) {
            assertThat(training.players().condition()).isEqualTo(ConditionShape.none());
            training.trainer(List.of()).runUntil(1);
        }
    }

    @Test
    void networksAreConditionedOnVectorsOfTheData() {
        Points data = new Points(List.of(), List.of("x", "y", "z"), -1, -1, -1, -1, -1);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                GanTraining training = new GanTraining(recipe("vectors"), data, TrainingSetup.of(1))) {
            training.trainer(List.of()).runUntil(2);
            assertThat(training.players().condition()).isEqualTo(new ConditionShape.Vector(3));
            Conditioning.Vectors drawn =
                    (Conditioning.Vectors) new DataConditions(training.players().condition(), data).draw(4, random);
            float[] numbers = drawn.numbers().toFloatArray();
            for (int i = 0; i < 4; i++) {
                assertThat(numbers[3 * i] % 10).isZero();
                assertThat(numbers[3 * i + 2]).isEqualTo(numbers[3 * i] + 2);
            }
        }
    }

    @Test
    void sheetsOfAConditionalRunHaveARowAClass() throws Exception {
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT);
                GanTraining training = new GanTraining(Recipes.gan("cdcgan", SMALL), digits, TrainingSetup.of(1))) {
            Path file = folder.resolve("sheet.png");
            new SamplePicture(training.players(), Recipes.gan("cdcgan", SMALL).latent(), digits, 1).draw("sheet", file);
            BufferedImage sheet = ImageIO.read(file.toFile());
            // Eight columns and ten rows of one size, beside a margin with the classes' names.
            double cell = (sheet.getHeight() - 6) / 10.0;
            assertThat(cell)
                    .as("six grey pixels around pictures enlarged six times")
                    .isEqualTo(6 * 28 + 6);
            assertThat(sheet.getWidth() - 6 - 8 * cell).isBetween(10.0, (double) LabelledSheet.WIDEST);
        }
    }
}
