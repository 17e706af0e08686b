package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.Constraints;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.Shard;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.FeatureMaps;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MapDecoder;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.models.NetworkConditioning;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.Objectives;
import org.saddlepoint.objectives.RelativisticAverageObjective;
import org.saddlepoint.objectives.RelativisticPairedObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.distributed.Ranks;
import org.saddlepoint.tensor.distributed.Together;
import org.saddlepoint.testing.OneThread;

/**
 * N ranks with a batch of B / N train what one process does with a batch of B, under every objective and constraint without
 * statistics of a batch, and with synchronised statistics: to 1e-6 after 20 steps in float64.
 */
@ExtendWith({LeakCheck.class, OneThread.class})
class RanksTest {
    private static final int BATCH = 12;
    private static final int STEPS = 20;
    private static final int EXAMPLES = 31; // epochs end within batches
    private static final long SEED = 3;
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final OptimizerConfig ADAM = AdamConfig.of(0.01, 0.5, 0.99);
    private static final InitialWeights WEIGHTS = new InitialWeights.Uniform(0.9);

    /** A training that one process or several do. */
    record Case(
            String name,
            int ranks,
            Shape sample,
            Objective objective,
            List<Constraint> constraints,
            Networks networks,
            boolean statistics) {
        @Override
        public String toString() {
            return ranks + " ranks, " + name;
        }
    }

    private interface Networks {
        Generator generator(RandomGenerator random);

        default Discriminator discriminator(RandomGenerator random) {
            throw new UnsupportedOperationException();
        }
    }

    private record Both(
            java.util.function.Function<RandomGenerator, Generator> g,
            java.util.function.Function<RandomGenerator, Discriminator> d)
            implements Networks {
        @Override
        public Generator generator(RandomGenerator random) {
            return g.apply(random);
        }

        @Override
        public Discriminator discriminator(RandomGenerator random) {
            return d.apply(random);
        }
    }

    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        Shape point = Shape.of(2);
        Networks mlp = new Both(
                random -> NetworkConditioning.NONE.generator(
                        new MlpGeneratorConfig(List.of(5), WEIGHTS), LATENT, point, random),
                random -> NetworkConditioning.NONE.discriminator(
                        MlpDiscriminatorConfig.of(List.of(6), WEIGHTS), point, random));
        for (Objectives.Case each : Objectives.all()) {
            if (each.objective() instanceof RelativisticAverageObjective) {
                continue; // its losses contain means over the batch, which are each rank's own
            }
            boolean first = all.isEmpty(); // with each number of ranks; the others by turns
            for (int ranks = 2; ranks <= 4; ranks++) {
                if (first || ranks == 2 + all.size() % 3) {
                    all.add(new Case(each.toString(), ranks, point, each.objective(), List.of(), mlp, false));
                    if (!first) {
                        break;
                    }
                }
            }
        }
        Set<List<Constraint>> met = new LinkedHashSet<>();
        for (Constraints.Case each : Constraints.all()) {
            boolean ofBatch = each.constraints().stream()
                    .anyMatch(one -> one instanceof GradientPenalty penalty
                            && penalty.points() instanceof PenaltyPoints.AroundReal);
            boolean conditional = !each.family().conditioning().condition().isNone();
            if (!ofBatch && !conditional && met.add(each.constraints())) {
                Networks networks = new Both(
                        random -> each.family()
                                .conditioning()
                                .generator(
                                        each.family().generators(),
                                        LATENT,
                                        each.family().sample(),
                                        random),
                        random -> Constraint.applyAll(
                                each.constraints(),
                                each.family()
                                        .conditioning()
                                        .discriminator(
                                                each.family().discriminators(),
                                                each.family().sample(),
                                                random),
                                each.family().sample(),
                                random));
                all.add(new Case(
                        each.toString(),
                        2 + met.size() % 3,
                        each.family().sample(),
                        new NonSaturatingObjective(),
                        each.constraints(),
                        networks,
                        false));
            }
        }
        Shape image = Shape.of(1, 8, 8);
        Networks batches = new Both(
                random -> NetworkConditioning.NONE.generator(new DcganGeneratorConfig(2), LATENT, image, random),
                random -> NetworkConditioning.NONE.discriminator(
                        new DcganDiscriminatorConfig(2, Normalization.BATCH), image, random));
        for (int ranks = 2; ranks <= 4; ranks++) {
            all.add(new Case(
                    "batch normalization", ranks, image, new NonSaturatingObjective(), List.of(), batches, true));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("all")
    void severalRanksTrainWhatOneProcessDoes(Case each) {
        Map<String, double[]> expected = train(each, Ranks.ALONE);
        List<Map<String, double[]>> actual =
                Together.run(each.ranks(), group -> train(each, Ranks.of(group, BATCH, each.statistics())));
        for (Map<String, double[]> one : actual) {
            assertThat(one.keySet()).isEqualTo(expected.keySet());
            if (each.objective() instanceof RelativisticPairedObjective) {
                one.remove("D layers.2.bias"); // cancels in each difference: its gradient is rounding, which Adam
                // magnifies
            }
            one.forEach((name, values) ->
                    assertThat(distance(values, expected.get(name))).as(name).isLessThan(1e-6));
        }
    }

    /** Of ranks that do not exchange anything, this test would see that. */
    @org.junit.jupiter.api.Test
    void withoutSynchronisedStatisticsTheResultIsAnother() {
        Case batches = all().get(all().size() - 3);
        Map<String, double[]> expected = train(batches, Ranks.ALONE);
        Map<String, double[]> own = Together.run(2, group -> train(batches, Ranks.of(group, BATCH, false)))
                .get(0);
        assertThat(expected.keySet().stream()
                        .mapToDouble(name -> distance(own.get(name), expected.get(name)))
                        .max()
                        .orElse(0))
                .isGreaterThan(1e-3);
    }

    private static double distance(double[] a, double[] b) {
        double difference = 0;
        double size = 1e-12;
        for (int i = 0; i < a.length; i++) {
            difference = Math.max(difference, Math.abs(a[i] - b[i]));
            size = Math.max(size, Math.abs(b[i]));
        }
        return difference / size;
    }

    private static Map<String, double[]> train(Case each, Ranks ranks) {
        boolean alone = ranks.isAlone();
        RandomStreams random = alone ? RandomStreams.ofRanks(SEED, each.ranks()) : RandomStreams.of(SEED);
        int batch = alone ? BATCH : ranks.examples();
        try (TrainingState state = new TrainingState(random)) {
            Generator generator = each.networks().generator(random.networks());
            Discriminator discriminator = each.networks().discriminator(random.networks());
            generator.to(DType.FLOAT64);
            discriminator.to(DType.FLOAT64);
            AdversarialPlayers players = AdversarialPlayers.of(
                    new DoubleGenerator(generator),
                    new DoubleDiscriminator(discriminator),
                    AdversarialPlayers.Learning.of(ADAM, ADAM));
            Map<String, Constraint> named = new LinkedHashMap<>();
            each.constraints().forEach(one -> named.put("constraint" + named.size(), one));
            try (AdversarialStep step = new AdversarialStep(
                            players,
                            LATENT,
                            Game.of(each.objective()).with(named),
                            UpdatePlan.of(batch, 2),
                            ConditionPlan.DATA);
                    BatchLoader loader = new BatchLoader(
                            new Static(example(each.sample()), EXAMPLES),
                            new LoaderConfig(step.examplesPerStep(), 5, 1, 2)
                                    .withShard(new Shard(ranks.first(), ranks.examples(), ranks.batch())))) {
                if (!alone) {
                    state.ranks(ranks);
                    random.setApart(ranks.rank(), SEED);
                    step.join(ranks);
                }
                state.horizon(new Horizon(STEPS, ranks.ofAll(step.examplesPerStep()), EXAMPLES));
                for (int i = 0; i < STEPS; i++) {
                    StepReport report = Trainer.run(step, loader, state);
                    assertThat(report.isFinite()).isTrue();
                    state.advance(ranks.ofAll(step.examplesPerStep()));
                }
                Map<String, double[]> weights = new TreeMap<>();
                generator.stateDict().forEach((name, value) -> weights.put("G " + name, value.toDoubleArray()));
                discriminator.stateDict().forEach((name, value) -> weights.put("D " + name, value.toDoubleArray()));
                return weights;
            }
        }
    }

    private static ExampleShape example(Shape sample) {
        return sample.rank() == 1
                ? new PointShape((int) sample.size(0))
                : new ImageShape((int) sample.size(0), (int) sample.size(1), (int) sample.size(2));
    }

    private record DoubleGenerator(Generator inner) implements Generator {
        @Override
        public Tensor forward(Tensor latent, Conditioning conditioning) {
            return inner.forward(latent.to(DType.FLOAT64), conditioning);
        }

        @Override
        public NeuralModule module() {
            return inner.module();
        }
    }

    private record DoubleDiscriminator(Discriminator inner) implements Discriminator {
        @Override
        public Tensor forward(Tensor samples, Conditioning conditioning) {
            return inner.forward(samples.to(DType.FLOAT64), conditioning);
        }

        @Override
        public Tensor forwardForGenerator(Tensor samples, Conditioning conditioning) {
            return inner.forwardForGenerator(samples.to(DType.FLOAT64), conditioning);
        }

        @Override
        public Optional<FeatureMaps> featureMaps() {
            return inner.featureMaps().map(DoubleMaps::new);
        }

        @Override
        public NeuralModule module() {
            return inner.module();
        }
    }

    private record DoubleMaps(FeatureMaps inner) implements FeatureMaps {
        @Override
        public List<Tensor> maps(Tensor samples) {
            return inner.maps(samples.to(DType.FLOAT64));
        }

        @Override
        public List<MapDecoder> decoders(int side, RandomGenerator random) {
            return inner.decoders(side, random);
        }
    }
}
