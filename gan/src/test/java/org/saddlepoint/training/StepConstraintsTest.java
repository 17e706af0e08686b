package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.DiscriminatorUpdate;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.RelativisticPairedObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.views.InstanceNoise;

/** Where a step asks constraints, and what it shows them. */
@ExtendWith({LeakCheck.class, OneThread.class})
class StepConstraintsTest {
    private static final TestPlayers.Families MLP = TestPlayers.Families.mlp(16, 0.3);
    private static final InstanceNoise NONE = new InstanceNoise(Schedule.of(0));
    private static final Latent LATENT = new Latent(4, Latent.Distribution.NORMAL);
    private static final RmsPropConfig RMS_PROP = RmsPropConfig.of(0.01);

    /** Runs steps with these constraints. */
    private static List<StepReport> run(
            Map<String, Constraint> constraints, Objective objective, InstanceNoise noise, UpdatePlan plan, int steps) {
        Game game = TestPlayers.game(objective, constraints).withViews(Map.of("noise", noise));
        List<StepReport> reports = new ArrayList<>();
        try (TrainingState state = new TrainingState(5)) {
            AdversarialPlayers players = TestPlayers.of(
                    MLP,
                    LATENT,
                    Shape.of(2),
                    List.copyOf(constraints.values()),
                    TestPlayers.learning(RMS_PROP),
                    state.random().networks());
            try (AdversarialStep step = TestPlayers.step(players, LATENT, game, plan)) {
                reports.addAll(run(players, step, state, steps));
            }
        }
        return reports;
    }

    private static List<StepReport> run(
            AdversarialPlayers players, AdversarialStep step, TrainingState state, int steps) {
        List<StepReport> reports = new ArrayList<>();
        players.generator().network().weights().forEach(weight -> weight.scaleInPlace(1e-6)); // G gives 0
        int examples = step.examplesPerStep();
        for (int i = 0; i < steps; i++) {
            Batch zeros = new Batch(new float[2 * examples], new int[examples], examples, new PointShape(2));
            reports.add(step.run(zeros, state));
            state.advance(examples);
        }
        return reports;
    }

    private static Map<String, Constraint> named(Object... namesAndConstraints) {
        Map<String, Constraint> named = new LinkedHashMap<>();
        for (int i = 0; i < namesAndConstraints.length; i += 2) {
            named.put((String) namesAndConstraints[i], (Constraint) namesAndConstraints[i + 1]);
        }
        return named;
    }

    @Test
    void afterEachCriticUpdateAllWeightsAreClipped() {
        double bound = 0.05;
        List<Double> largest = new ArrayList<>();
        Constraint watch = new Constraint() {
            @Override
            public void project(Discriminator discriminator) {
                largest.add(discriminator.weights().stream()
                        .mapToDouble(weight -> weight.abs().max().item())
                        .max()
                        .orElseThrow());
            }
        };
        UpdatePlan plan = UpdatePlan.of(8, 3);
        run(named("unclipped", watch), new WassersteinObjective(), NONE, plan, 4);
        assertThat(largest).hasSize(12).allMatch(value -> value > 0.1);
        largest.clear();
        run(named("clipping", new WeightClipping(bound), "watch", watch), new WassersteinObjective(), NONE, plan, 4);
        assertThat(largest).hasSize(12).allMatch(value -> value <= (float) bound);
        assertThat(largest).contains((double) (float) bound); // some are at the bound
    }

    /** What the discriminator is shown: the deviation of the coordinates of real and fake samples, as they come. */
    private static final class Watch implements Constraint {
        private final List<Double> inForward = new ArrayList<>();
        private final List<Double> forGenerator = new ArrayList<>();
        private final List<Double> real = new ArrayList<>();
        private final List<Double> fake = new ArrayList<>();
        private final List<Long> indices = new ArrayList<>();

        @Override
        public Discriminator apply(Discriminator discriminator, Shape sample, RandomGenerator random) {
            return (Discriminator) Proxy.newProxyInstance(
                    Watch.class.getClassLoader(), new Class<?>[] {Discriminator.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("forward")
                                || method.getName().equals("discriminate")) {
                            inForward.add(deviation((Tensor) arguments[0]));
                        } else if (method.getName().equals("discriminateForGenerator")) {
                            forGenerator.add(deviation((Tensor) arguments[0]));
                        }
                        try {
                            return method.invoke(discriminator, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Optional<Tensor> penalty(DiscriminatorUpdate update) {
            real.add(deviation(update.real()));
            fake.add(deviation(update.fake()));
            indices.add(update.index());
            assertThat(update.fake().requiresGrad()).isFalse();
            return Optional.empty();
        }

        private static double deviation(Tensor samples) {
            try (TensorScope scope = TensorScope.open()) {
                return Math.sqrt(samples.detach().square().mean().item());
            }
        }
    }

    @Test
    void theDiscriminatorSeesNoiseOnAllSamplesUntilItHasFaded() {
        Watch watch = new Watch();
        // 2000 samples of two numbers: a relative standard deviation of about 1.1 % each.
        run(
                named("watch", watch),
                new RelativisticPairedObjective(),
                InstanceNoise.fading(0.5, 4),
                UpdatePlan.of(2000, 2),
                6);
        double[] sigma = {0.5, 0.375, 0.25, 0.125, 0, 0};
        assertThat(watch.real).hasSize(12);
        assertThat(watch.indices).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(watch.forGenerator).hasSize(6);
        assertThat(watch.inForward).hasSize(18); // two updates of D and the real logits of G's loss, a step
        for (int step = 0; step < 6; step++) {
            // G moves from 0 as it learns, by 0.1 a step at most in this run.
            double exact = sigma[step];
            for (int update = 2 * step; update < 2 * step + 2; update++) {
                assertThat(watch.real.get(update)).isCloseTo(exact, within(0.05 * exact));
            }
            if (step == 0) {
                assertThat(watch.fake.get(0)).isCloseTo(exact, within(0.05 * exact));
                assertThat(watch.forGenerator.get(0)).isCloseTo(exact, within(0.05 * exact));
            }
            assertThat(watch.inForward.get(3 * step + 2)).isCloseTo(exact, within(0.05 * exact));
        }
        assertThat(watch.real.subList(8, 12)).containsOnly(0.0); // none after its steps
    }

    @Test
    void penaltiesAreReportedByNameAndLazyOnesAtTheirUpdates() {
        GradientPenalty lazy = new GradientPenalty(new PenaltyPoints.Real(), 1, 0, false, 4);
        List<StepReport> reports = run(
                named("always", GradientPenalty.r1(1), "lazy", lazy, "none", GradientPenalty.r2(0)),
                new WassersteinObjective(),
                NONE,
                UpdatePlan.of(8, 2),
                4);
        for (int step = 0; step < 4; step++) { // updates 2 step and 2 step + 1
            Map<String, Double> values = reports.get(step).values();
            assertThat(values.get("penalty.always")).isPositive();
            assertThat(values.containsKey("penalty.lazy")).isEqualTo(step % 2 == 0);
            assertThat(values).doesNotContainKey("penalty.none");
        }
        // At update 0 both look at the same D: γ/2 = ½ against λ · 4; the first is a mean of two updates.
        StepReport first = run(
                        named("always", GradientPenalty.r1(1), "lazy", lazy),
                        new WassersteinObjective(),
                        NONE,
                        UpdatePlan.of(8, 1),
                        1)
                .get(0);
        assertThat(first.values().get("penalty.lazy"))
                .isCloseTo(8 * first.values().get("penalty.always"), within(1e-5));
    }

    @Test
    void aPairThatCannotBeIsRefusedAndLeavesNothingBehind() {
        try (RandomGenerator random = new RandomGenerator(5)) {
            TensorScope.Statistics before = TensorScope.statistics();
            assertThatThrownBy(() -> TestPlayers.of(
                            new TestPlayers.Families(
                                    new DcganGeneratorConfig(2), new DcganDiscriminatorConfig(2, Normalization.BATCH)),
                            LATENT,
                            Shape.of(1, 16, 16),
                            List.of(new WeightClipping(1), GradientPenalty.r1(1)),
                            TestPlayers.learning(RMS_PROP),
                            random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("layers.3 (BatchNorm)");
            assertThat(TensorScope.statistics()).isEqualTo(before);
        }
    }

    @Test
    void penaltiesOnRealAndOnGeneratedSamplesShareThePassOfTheLoss() {
        assertThat(sharesPass(GradientPenalty.r1(1), GradientPenalty.r2(1))).containsExactly(true, true);
        assertThat(sharesPass(GradientPenalty.r1(1), GradientPenalty.wganGp(1))).containsExactly(false, false);
        GradientPenalty seldom = new GradientPenalty(new PenaltyPoints.Fake(), 1, 0, false, 2);
        assertThat(sharesPass(GradientPenalty.r1(1), seldom)).containsExactly(true, false);
        GradientPenalty alone = new GradientPenalty(new PenaltyPoints.Fake(), Schedule.of(1), 0, false, 1, true);
        assertThat(sharesPass(GradientPenalty.r1(1), alone)).containsExactly(false, false);
    }

    private static List<Boolean> sharesPass(Constraint first, Constraint second) {
        List<Boolean> shared = new ArrayList<>();
        Constraint watch = new Constraint() {
            @Override
            public Optional<Tensor> penalty(DiscriminatorUpdate update) {
                shared.add(update.shown().isPresent());
                return Optional.empty();
            }
        };
        run(
                named("first", first, "second", second, "watch", watch),
                new WassersteinObjective(),
                NONE,
                UpdatePlan.of(8, 1),
                2);
        return shared;
    }
}
