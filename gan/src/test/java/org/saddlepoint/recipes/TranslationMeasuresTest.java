package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairHalf;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.evaluation.Progress;
import org.saddlepoint.evaluation.SampleSource;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.recipes.TranslationMeasures.Distance;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.TranslationMethod;
import org.saddlepoint.training.Translators;

/** Distances of translations, against closed forms on pictures of one colour. */
@ExtendWith(LeakCheck.class)
class TranslationMeasuresTest {
    private static final int SIDE = 16;

    /** Pairs of plain pictures: A is grey of these values, B has these three. The last is damaged. */
    private record Plain(float[] a, float[][] b) implements Dataset {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public int size() {
            return a.length + 1;
        }

        @Override
        public ExampleShape shape() {
            return new PairShape(new ImageShape(1, SIDE, SIDE), new ImageShape(3, SIDE, SIDE));
        }

        @Override
        public void read(int index, float[] target, int offset) throws DamagedExampleException {
            if (index == a.length) {
                throw new DamagedExampleException(new Skipped("last", "damaged"));
            }
            int pixels = SIDE * SIDE;
            for (int i = 0; i < 4 * pixels; i++) {
                target[offset + i] = i < pixels ? a[index] : b[index][i / pixels - 1];
            }
        }

        @Override
        public OptionalInt label(int index) {
            return OptionalInt.empty();
        }

        @Override
        public List<String> classNames() {
            return List.of();
        }

        @Override
        public String fingerprint() {
            return "plain";
        }

        @Override
        public List<Skipped> skipped() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static final Plain DATA = new Plain(new float[] {-1, 0.5f}, new float[][] {{1, 0, -1}, {0.5f, 0.5f, 0}});

    private static Translators translators(boolean bothWays, RandomGenerator random) {
        Translators translators = new Translators(
                new ResNetTranslatorConfig(1, 2, Normalization.INSTANCE, false, false, new InitialWeights.Normal(0.1)),
                bothWays ? new TranslationMethod.Cycle(10, 10, 0, false) : new TranslationMethod.Paired(1),
                1,
                3,
                AverageConfig.NONE,
                Device.CPU,
                random);
        // Pictures become plain: all weights of the last layer are 0, so that the tanh of its bias is what is seen.
        translators
                .directions()
                .forEach(direction -> translators.get(direction).stateDict().forEach((name, value) -> {
                    if (name.startsWith("model.18.")) {
                        value.assign(
                                name.endsWith("bias")
                                        ? Tensors.full(
                                                0.25,
                                                value.dtype(),
                                                value.shape().toArray())
                                        : Tensors.zerosLike(value));
                    }
                }));
        return translators;
    }

    @Test
    void distancesOfPairsAndOfWhatNeedsNoLearning() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Translators translators = translators(false, random)) {
            double output = Math.tanh(0.25);
            Map<String, Distance> found = new TranslationMeasures(translators, Inference.EVALUATION, Progress.NONE)
                    .distances(PairHalf.a(DATA), PairHalf.b(DATA), true, Direction.A2B);
            double first = ((1 - output) + output + (1 + output)) / 3;
            double second = ((0.5 - output) + (0.5 - output) + output) / 3;
            requireMean(found.get("l1"), first, second);
            requireMean(found.get("l1-identity"), (2 + 1 + 0) / 3.0, (0 + 0 + 0.5) / 3);
            // mean colours 0.75, 0.25 and −0.5
            requireMean(found.get("l1-mean-colour"), (0.25 + 0.25 + 0.5) / 3, (0.25 + 0.25 + 0.5) / 3);
            assertThat(found).containsOnlyKeys("l1", "l1-identity", "l1-mean-colour");
        }
    }

    @Test
    void ofUnpairedPicturesOnlyTheWayBackCounts() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Translators translators = translators(true, random)) {
            double output = Math.tanh(0.25);
            TranslationMeasures measures = new TranslationMeasures(translators, Inference.EVALUATION, Progress.NONE);
            Map<String, Distance> forth = measures.distances(PairHalf.a(DATA), PairHalf.b(DATA), false, Direction.A2B);
            assertThat(forth).containsOnlyKeys("cycle-l1");
            requireMean(forth.get("cycle-l1"), 1 + output, 0.5 - output);
            Map<String, Distance> back = measures.distances(PairHalf.b(DATA), PairHalf.a(DATA), true, Direction.B2A);
            // colour as grey is the mean of its channels: 0 and 1/3
            requireMean(back.get("l1-identity"), 1, 0.5 - 1 / 3.0);
        }
    }

    private static void requireMean(Distance distance, double first, double second) {
        assertThat(distance.pictures()).isEqualTo(2);
        assertThat(distance.value()).isCloseTo((first + second) / 2, within(1e-6));
        // of two values the deviation is |a − b| / √2, and the error of their mean |a − b| / 2
        assertThat(distance.standardError()).isCloseTo(Math.abs(first - second) / 2, within(1e-6));
    }

    @Test
    void translationsAreSamplesOfTheTargetsShape() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Translators translators = translators(false, random)) {
            SampleSource source = new TranslationMeasures(translators, Inference.EVALUATION, Progress.NONE)
                    .source(PairHalf.a(DATA), PairHalf.b(DATA), Direction.A2B, 3);
            assertThat(source.shape()).containsExactly(3, SIDE, SIDE);
            assertThat(source.available()).isEqualTo(3);
            Tensor two = source.next(2).samples();
            assertThat(two.shape().toArray()).containsExactly(2, 3, SIDE, SIDE);
            assertThat(two.sub(Math.tanh(0.25)).abs().max().item()).isLessThan(1e-6);
        }
    }

    /** Counted by the check for leaks: networks that were built before the refusal are freed. */
    @Test
    void aConstraintThatAPatchGanCannotBeUnderIsRefusedAndLeavesNothing() {
        TranslationRecipe recipe = Recipes.load(
                        "pix2pix-small",
                        Map.of(
                                "images.load", "32",
                                "images.crop", "32",
                                "translator.downs", "5",
                                "translator.width", "1",
                                "discriminator.width", "1",
                                "constraints",
                                        "{gn: {method: gradient-normalization, zeta: absolute, generatorPath:"
                                                + " closed-form}}"))
                .asTranslation();
        assertThatThrownBy(() -> recipe.train(DATA, 1, Device.CPU, Precision.FLOAT32))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("pix2pix-small does not fit plain")
                .hasMessageContaining("one logit");
    }
}
