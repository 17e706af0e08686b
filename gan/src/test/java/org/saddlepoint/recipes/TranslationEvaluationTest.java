package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.pairs.PairHalf;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.ProgressListener;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.evaluation.SampleSource;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.TranslationMethod;
import org.saddlepoint.training.TranslationPlayers;
import org.saddlepoint.training.Translators;

/** Distances of translations, against closed forms on pictures of one colour. */
@ExtendWith(LeakCheck.class)
class TranslationEvaluationTest {
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
        TranslationMethod method =
                bothWays ? new TranslationMethod.Cycle(10, 10, 0, false) : new TranslationMethod.Paired(1);
        TranslatorConfig config =
                new ResNetTranslatorConfig(1, 2, Normalization.INSTANCE, false, false, new InitialWeights.Normal(0.1));
        TranslationPlayers.Networks networks = new TranslationPlayers.Networks(config, method, 1, 3);
        TranslationPlayers players =
                TranslationPlayers.build(networks, AdamConfig.PAPER, AverageConfig.NONE, Device.CPU, random);
        // Pictures become plain: all weights of the last layer are 0, so that the tanh of its bias is what is seen.
        players.bestParts()
                .values()
                .forEach(part -> part.forEach((name, value) -> {
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
        Translators translators = new Translators(networks, Inference.EVALUATION, Device.CPU, random);
        translators.load(players.bestParts());
        players.close();
        return translators;
    }

    private static TranslatedSource source(Translators translators, boolean paired, Direction direction) {
        boolean forth = direction == Direction.A2B;
        return new TranslatedSource(
                forth ? PairHalf.a(DATA) : PairHalf.b(DATA),
                forth ? PairHalf.b(DATA) : PairHalf.a(DATA),
                paired,
                new TranslationEvaluation.Used(translators, direction),
                3);
    }

    private static Map<String, Estimate> distances(
            Translators translators, boolean paired, Direction direction, Metric... metrics) {
        EvaluationConfig config = new EvaluationConfig(Set.of(metrics), 2, 64, Resizing.CLEAN, true, 0);
        TranslatedSource source = source(translators, paired, direction);
        return new Evaluator(config, null, StatisticsCache.none(), ProgressListener.NONE)
                .evaluate(source, source.target());
    }

    @Test
    void distancesOfPairsAndOfWhatNeedsNoLearning() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Translators translators = translators(false, random)) {
            double output = Math.tanh(0.25);
            Map<String, Estimate> found = distances(translators, true, Direction.A2B, Metrics.L1);
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
            Map<String, Estimate> forth = distances(translators, false, Direction.A2B, Metrics.CYCLE_L1);
            assertThat(forth).containsOnlyKeys("cycle-l1");
            requireMean(forth.get("cycle-l1"), 1 + output, 0.5 - output);
            Map<String, Estimate> back = distances(translators, true, Direction.B2A, Metrics.L1, Metrics.CYCLE_L1);
            assertThat(back).containsOnlyKeys("l1", "l1-identity", "l1-mean-colour", "cycle-l1");
            assertThatThrownBy(() -> distances(translators, false, Direction.A2B, Metrics.L1))
                    .isInstanceOf(EvaluationException.class)
                    .hasMessageContaining("l1 needs translations with targets");
            // colour as grey is the mean of its channels: 0 and 1/3
            requireMean(back.get("l1-identity"), 1, 0.5 - 1 / 3.0);
        }
    }

    private static void requireMean(Estimate distance, double first, double second) {
        assertThat(distance.samples()).isEqualTo(2);
        assertThat(distance.value()).isCloseTo((first + second) / 2, within(1e-6));
        // of two values the deviation is |a − b| / √2, and the error of their mean |a − b| / 2
        assertThat(distance.standardError()).isCloseTo(Math.abs(first - second) / 2, within(1e-6));
    }

    @Test
    void translationsAreSamplesOfTheTargetsShape() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Translators translators = translators(false, random)) {
            SampleSource source = source(translators, false, Direction.A2B);
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
        assertThatThrownBy(() -> recipe.train(DATA, TrainingSetup.of(1)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("pix2pix-small does not fit plain")
                .hasMessageContaining("one logit");
    }
}
