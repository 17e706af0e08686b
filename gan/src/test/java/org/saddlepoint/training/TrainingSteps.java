package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.Constraints;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.PathLength;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.DiscriminatorConditioning;
import org.saddlepoint.models.GeneratorConditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.models.NetworkConditioning;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.ResNet;
import org.saddlepoint.models.ResNetDiscriminatorConfig;
import org.saddlepoint.models.ResNetGeneratorConfig;
import org.saddlepoint.models.StyleGan2DiscriminatorConfig;
import org.saddlepoint.models.StyleGan2GeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.Objectives;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.Gradients;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.Optimizers;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.views.AdaptiveAugmentation;
import org.saddlepoint.views.Dequantization;
import org.saddlepoint.views.InstanceNoise;
import org.saddlepoint.views.View;

/**
 * Every kind of training step, with every constraint, objective, optimizer, network, condition and schedule: what is new
 * joins the lists that these are made from and inherits the tests.
 */
final class TrainingSteps {
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final OptimizerConfig ADAM = AdamConfig.of(0.01, 0.5, 0.99);
    private static final ConditionShape CLASSES = ConditionShape.Classes.of(2);

    private TrainingSteps() {}

    /** Makes a step; its initial weights come from the generator. */
    @FunctionalInterface
    interface Maker {
        TrainingStep make(RandomGenerator random, Precision precision);
    }

    /**
     * A step.
     *
     * @param name what it is called in reports
     * @param shape of what it trains on
     * @param precisions to try it under
     */
    record Case(String name, ExampleShape shape, Maker maker, List<Precision> precisions) {
        Case(String name, ExampleShape shape, Maker maker) {
            this(name, shape, maker, List.of(Precision.values()));
        }

        /** Under one arithmetic, which takes turns: for what is listed several times. */
        Case alternating(int index) {
            Precision[] all = Precision.values();
            return new Case(name, shape, maker, List.of(all[index % all.length]));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Networks of a family, and what they are asked for. */
    private record Family(
            TestPlayers.Families networks,
            NetworkConditioning conditioning,
            Shape sample,
            AverageConfig.Buffers buffers) {
        Family(TestPlayers.Families networks, NetworkConditioning conditioning, Shape sample) {
            this(networks, conditioning, sample, AverageConfig.Buffers.AVERAGED);
        }

        Case with(String name, List<Constraint> constraints, Objective objective, OptimizerConfig optimizer) {
            boolean classes = conditioning.condition() instanceof ConditionShape.Classes;
            boolean unlabelled = conditioning.condition() instanceof ConditionShape.Classes known && known.unlabelled();
            AverageConfig average = new AverageConfig(Schedule.of(0.9), Schedule.of(0), 1, true, 0, buffers);
            Map<String, View> views = new LinkedHashMap<>();
            views.put("dequantize", new Dequantization());
            views.put("noise", InstanceNoise.fading(0.1, 10));
            Maker maker = (random, precision) -> {
                AdversarialPlayers players = AdversarialPlayers.build(
                        new AdversarialPlayers.Networks(
                                networks.generator(), networks.discriminator(), conditioning, LATENT, constraints),
                        new AdversarialPlayers.Learning(optimizer, optimizer, average),
                        sample,
                        Device.CPU,
                        random);
                Game game = Game.of(objective)
                        .with(named(constraints))
                        .withViews(views)
                        .with(new AuxiliaryClassification(0.7, 0.4, 0.6))
                        .with(precision);
                ConditionPlan plan = new ConditionPlan(
                        classes ? ConditionPlan.GeneratorLabels.BALANCED : ConditionPlan.GeneratorLabels.DATA,
                        unlabelled ? 0.3 : 0);
                return new AdversarialStep(players, LATENT, game, UpdatePlan.of(4, 2), plan);
            };
            return new Case(name, example(sample), maker);
        }
    }

    private static ExampleShape example(Shape sample) {
        return sample.rank() == 1
                ? new PointShape((int) sample.size(0))
                : new ImageShape((int) sample.size(0), (int) sample.size(1), (int) sample.size(2));
    }

    static Map<String, Constraint> named(List<Constraint> constraints) {
        Map<String, Constraint> named = new LinkedHashMap<>();
        constraints.forEach(each -> named.put("constraint" + named.size(), each));
        return named;
    }

    /** All kinds of schedules of a rate, each of which changes within a few steps. */
    static List<Schedule> schedules(double rate) {
        return List.of(
                new Schedule.Plateau(rate, 0.5, 0.9, 0), // each epoch but the first is a plateau
                Schedule.of(rate),
                new Schedule.Linear(rate, 0, 0, 3, Unit.EPOCHS),
                new Schedule.Linear(rate, 0, 1, 0, Unit.STEPS),
                new Schedule.Step(rate, 0.5, 1, Unit.EPOCHS),
                new Schedule.Cosine(rate, 0, 0, 3, Unit.IMAGES, Schedule.Cosine.After.RETURN));
    }

    static OptimizerConfig adam(Schedule rate) {
        return new AdamConfig(rate, new Schedule.Linear(0.5, 0, 0, 5, Unit.STEPS), Schedule.of(0.99), 1e-8);
    }

    /** All of them. */
    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        underConstraints(all);
        TestPlayers.Families mlp = new TestPlayers.Families(
                new MlpGeneratorConfig(List.of(5), new InitialWeights.Uniform(0.9)),
                MlpDiscriminatorConfig.of(List.of(6), new InitialWeights.Uniform(0.9)));
        Family points = new Family(mlp, NetworkConditioning.NONE, Shape.of(2), AverageConfig.Buffers.COPIED);
        for (Objectives.Case each : Objectives.all()) {
            all.add(points.with("adversarial, " + each, List.of(), each.objective(), ADAM));
        }
        for (OptimizerConfig optimizer : Optimizers.all()) {
            all.add(points.with("adversarial, " + optimizer, List.of(), new NonSaturatingObjective(), optimizer));
        }
        OptimizerConfig gathering = new SgdConfig(Schedule.of(0.05), Schedule.of(0.5), new Gradients(0.5, 4));
        all.add(points.with("adversarial, " + gathering, List.of(), new NonSaturatingObjective(), gathering));
        for (Schedule schedule : schedules(0.01)) {
            all.add(points.with("adversarial, " + schedule, List.of(), new HingeObjective(), adam(schedule)));
        }
        for (Family family : families()) {
            all.add(family.with(
                    "adversarial, " + family.networks() + " " + family.conditioning(),
                    List.of(),
                    new NonSaturatingObjective(),
                    ADAM));
        }
        all.add(styles(NetworkConditioning.NONE));
        all.add(styles(new NetworkConditioning(
                CLASSES, new GeneratorConditioning.Mapped(), new DiscriminatorConditioning.Mapped())));
        for (TranslationSteps each : TranslationSteps.all()) {
            all.addAll(each.cases());
        }
        return all;
    }

    /** StyleGAN2 with all that it keeps and draws: mixed styles, noise, path lengths, a probability; penalties have steps of their own. */
    private static Case styles(NetworkConditioning conditioning) {
        AverageConfig average =
                new AverageConfig(Schedule.of(0), Schedule.of(10), 0, false, 0.05, AverageConfig.Buffers.COPIED);
        Constraint r1 = new GradientPenalty(new PenaltyPoints.Real(), Schedule.of(0.5), 0, false, 2, true);
        Map<String, View> views = Map.of("ada", new AdaptiveAugmentation(true, true, true, 0.4, 0, 2, 50, 1));
        Maker maker = (random, precision) -> {
            AdversarialPlayers players = AdversarialPlayers.build(
                    new AdversarialPlayers.Networks(
                            new StyleGan2GeneratorConfig(16, 3, 4, 2, 0.5),
                            new StyleGan2DiscriminatorConfig(16, 3, true, 2),
                            conditioning,
                            LATENT,
                            List.of(r1)),
                    new AdversarialPlayers.Learning(ADAM, ADAM, average),
                    Shape.of(1, 8, 8),
                    Device.CPU,
                    random);
            Game game = Game.of(new NonSaturatingObjective())
                    .with(Map.of("r1", r1))
                    .withRegularizers(Map.of("pl", new PathLength(Schedule.of(2), 2, 0.1, 2, true)))
                    .withViews(views)
                    .with(precision);
            return new AdversarialStep(players, LATENT, game, UpdatePlan.of(4, 1), ConditionPlan.DATA);
        };
        return new Case("adversarial, styles " + conditioning, example(Shape.of(1, 8, 8)), maker);
    }

    private static void underConstraints(List<Case> all) {
        List<Objectives.Case> objectives = Objectives.all();
        List<OptimizerConfig> optimizers = new ArrayList<>(Optimizers.all());
        optimizers.removeIf(each -> each instanceof SgdConfig); // some penalties are steep, and its steps are as long
        Map<List<Constraint>, Integer> met = new HashMap<>(); // each on one family after the other
        for (Constraints.Case each : Constraints.all()) {
            int turn = met.merge(each.constraints(), 1, Integer::sum);
            Family family = new Family(
                    new TestPlayers.Families(
                            each.family().generators(), each.family().discriminators()),
                    each.family().conditioning(),
                    each.family().sample());
            Objective objective = objectives.get(all.size() % objectives.size()).objective();
            OptimizerConfig optimizer = optimizers.get(all.size() % optimizers.size());
            all.add(family.with("adversarial, " + each + " " + objective, each.constraints(), objective, optimizer)
                    .alternating(turn));
        }
    }

    /** Networks of all kinds with all that they can remember or draw: statistics, dropout, labels left out. */
    private static List<Family> families() {
        TestPlayers.Families maxout = new TestPlayers.Families(
                new MlpGeneratorConfig(List.of(6), new InitialWeights.Uniform(0.9)),
                new MlpDiscriminatorConfig(List.of(4), new InitialWeights.Uniform(0.9), 3, 0.2, 0.2, 0.5));
        TestPlayers.Families dcgan = new TestPlayers.Families(
                new DcganGeneratorConfig(2), new DcganDiscriminatorConfig(2, Normalization.BATCH));
        InitialWeights start = new InitialWeights.PytorchDefault();
        ResNet.Growth doubling = ResNet.Growth.DOUBLING;
        TestPlayers.Families residual = new TestPlayers.Families(
                new ResNetGeneratorConfig(2, doubling, ResNet.Upsampling.BILINEAR, start, 1.5),
                new ResNetDiscriminatorConfig(
                        2, doubling, 1, ResNet.Widening.FIRST, ResNet.Pooling.MEAN, true, start, 1.5));
        Shape image = Shape.of(1, 8, 8);
        List<Family> all = new ArrayList<>();
        for (TestPlayers.Families each : List.of(maxout, dcgan, residual)) {
            all.add(new Family(each, NetworkConditioning.NONE, image));
            all.add(new Family(each, NetworkConditioning.NONE, image, AverageConfig.Buffers.COPIED));
        }
        ConditionShape unlabelled = new ConditionShape.Classes(2, true);
        for (ConditionShape condition : List.of(CLASSES, unlabelled, new ConditionShape.Vector(2))) {
            for (GeneratorConditioning generator : List.of(
                    new GeneratorConditioning.Concatenation(),
                    new GeneratorConditioning.Embedded(2),
                    new GeneratorConditioning.Multiplied())) {
                all.add(conditioned(residual, condition, generator, new DiscriminatorConditioning.Projection()));
            }
        }
        GeneratorConditioning normalized = new GeneratorConditioning.BatchNormalized();
        all.add(conditioned(dcgan, CLASSES, normalized, new DiscriminatorConditioning.AuxiliaryClassifier()));
        all.add(conditioned(dcgan, unlabelled, normalized, new DiscriminatorConditioning.EmbeddedChannel()));
        all.add(conditioned(residual, unlabelled, normalized, new DiscriminatorConditioning.Channels()));
        GeneratorConditioning plain = new GeneratorConditioning.Concatenation();
        all.add(conditioned(maxout, unlabelled, plain, new DiscriminatorConditioning.Embedded(2)));
        return all;
    }

    private static Family conditioned(
            TestPlayers.Families networks,
            ConditionShape condition,
            GeneratorConditioning generator,
            DiscriminatorConditioning discriminator) {
        return new Family(networks, new NetworkConditioning(condition, generator, discriminator), Shape.of(1, 8, 8));
    }
}
