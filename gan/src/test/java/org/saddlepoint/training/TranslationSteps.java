package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.ConsistencyRegularization;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.Constraints;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.Reconstruction;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.PatchGanConfig;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.models.UNetConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.Objectives;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.Optimizers;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/** Steps of one way of learning to translate, for {@link TrainingSteps}. */
record TranslationSteps(
        String name, TranslationMethod method, TranslatorConfig translator, AverageConfig average, int side) {
    private static final InitialWeights WEIGHTS = new InitialWeights.XavierNormal(1);
    private static final int SMALL = 8;

    static List<TranslationSteps> all() {
        TranslatorConfig residual = new ResNetTranslatorConfig(1, 1, Normalization.INSTANCE, true, false, WEIGHTS);
        TranslatorConfig batches = new ResNetTranslatorConfig(0, 1, Normalization.BATCH, true, false, WEIGHTS);
        return List.of(
                new TranslationSteps("paired", new TranslationMethod.Paired(10), residual, AverageConfig.NONE, 8),
                new TranslationSteps(
                        "paired U-Net",
                        new TranslationMethod.Paired(100),
                        new UNetConfig(5, 1, Normalization.BATCH, true, false, WEIGHTS),
                        new AverageConfig(
                                Schedule.of(0.9), Schedule.of(0), 1, false, 0, AverageConfig.Buffers.AVERAGED),
                        32),
                new TranslationSteps(
                        "cycle", new TranslationMethod.Cycle(10, 5, 0.5, false), batches, AverageConfig.of(0.9), 8),
                new TranslationSteps(
                        "cycle, one translator",
                        new TranslationMethod.Cycle(10, 10, 0, true),
                        residual,
                        AverageConfig.of(0.9),
                        8));
    }

    List<TrainingSteps.Case> cases() {
        List<TrainingSteps.Case> cases = new ArrayList<>();
        Objective squares = LeastSquaresObjective.BINARY;
        OptimizerConfig plateau =
                TrainingSteps.adam(TrainingSteps.schedules(0.01).get(0));
        for (Normalization each : Normalization.values()) {
            cases.add(with(each.toString(), List.of(), each, squares, plateau, 2));
        }
        if (side > SMALL || method.equals(new TranslationMethod.Cycle(10, 10, 0, true))) {
            return cases; // what trains them is the same, and the others go through the rest
        }
        for (OptimizerConfig each : Optimizers.all()) {
            cases.add(with(each.toString(), List.of(), Normalization.INSTANCE, squares, each, 2));
        }
        for (Schedule each : TrainingSteps.schedules(0.01)) {
            cases.add(with(each.toString(), List.of(), Normalization.INSTANCE, squares, TrainingSteps.adam(each), 0)
                    .alternating(cases.size()));
        }
        for (Objectives.Case each : Objectives.all()) {
            cases.add(with(each.toString(), List.of(), Normalization.INSTANCE, each.objective(), plateau, 3)
                    .alternating(cases.size()));
        }
        for (List<Constraint> each : ofPatches()) {
            cases.add(with(each.toString(), each, Normalization.NONE, squares, plateau, 2)
                    .alternating(cases.size() + (method.bothWays() ? 1 : 0)));
        }
        return cases;
    }

    /** One of each kind of the listed ones that a map of logits can have; the settings are another test's. */
    private static Collection<List<Constraint>> ofPatches() {
        Map<List<Class<?>>, List<Constraint>> kinds = new LinkedHashMap<>();
        for (Constraints.Case each : Constraints.all()) {
            if (each.constraints().stream()
                    .noneMatch(one -> one instanceof GradientNormalization
                            || one instanceof ConsistencyRegularization
                            || one instanceof Reconstruction)) { // needs maps to decode
                List<Class<?>> kind = new ArrayList<>();
                each.constraints().forEach(one -> kind.add(one.getClass()));
                kinds.put(kind, each.constraints());
            }
        }
        return kinds.values();
    }

    private TrainingSteps.Case with(
            String detail,
            List<Constraint> constraints,
            Normalization normalization,
            Objective objective,
            OptimizerConfig optimizer,
            int pool) {
        ImageShape image = new ImageShape(1, side, side);
        PatchGanConfig patches = new PatchGanConfig(1, 2, normalization, WEIGHTS);
        TrainingSteps.Maker maker = (random, precision) -> {
            TranslationPlayers translators = TranslationPlayers.build(
                    new TranslationPlayers.Networks(translator, method, 1, 1), optimizer, average, Device.CPU, random);
            Game game = Game.of(objective)
                    .with(new LossWeights(1, 0.5))
                    .with(TrainingSteps.named(constraints))
                    .withPool(pool)
                    .with(precision);
            List<Player<Discriminator>> discriminators = new ArrayList<>();
            for (String kind : method.bothWays() ? List.of("_a", "_b") : List.of("")) {
                Discriminator one = discriminator(patches, method.bothWays() ? 1 : 2, constraints, random);
                discriminators.add(new Player<>("discriminator" + kind, one, optimizer));
            }
            return method.step(translators, discriminators, game, 2);
        };
        return new TrainingSteps.Case(name + ", " + detail, new PairShape(image, image), maker);
    }

    private Discriminator discriminator(
            PatchGanConfig patches, int channels, List<Constraint> constraints, RandomGenerator random) {
        return Constraint.applyAll(
                constraints, patches.create(channels, random), Shape.of(channels, side, side), random);
    }
}
