package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** What every constraint must do that adds a penalty to the loss of D: its weight, its schedule, and lazy updates. */
@ExtendWith({LeakCheck.class, OneThread.class})
class PenaltyLawsTest {
    private static final int BATCH = 4;

    @Test
    void aPenaltyOfWeight0AddsNothing() {
        List<Constraint> penalties = List.of(
                new GradientPenalty(new PenaltyPoints.Between(), 0, 1, false, 1),
                new OrthogonalRegularization(0, false),
                new ConsistencyRegularization(0, true, 0.2));
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator discriminator = Constraints.all().get(0).discriminator(random)) {
            Tensor real = random.normal(BATCH, 2);
            byte[] drawn = random.state();
            for (Constraint penalty : penalties) {
                assertThat(penalty.penalty(Critics.update(discriminator, real, real, random, 0)))
                        .as(penalty.toString())
                        .isEmpty();
            }
            assertThat(random.state()).isEqualTo(drawn);
        }
    }

    /** Penalties with this weight, for points and for images. */
    private static List<Constraint> weighted(Schedule weight, boolean images) {
        List<Constraint> penalties = new ArrayList<>(List.of(
                new GradientPenalty(new PenaltyPoints.Between(), weight, 1, false, 1),
                new OrthogonalRegularization(weight, false)));
        if (images) {
            penalties.add(new ConsistencyRegularization(weight, true, 0.3));
        }
        return penalties;
    }

    static List<Constraints.Case> onPointsAndOnImages() {
        return List.of(
                Constraints.all().get(0),
                Constraints.all().stream()
                        .filter(each -> each.family().sample().rank() == 3)
                        .findFirst()
                        .orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("onPointsAndOnImages")
    void theWeightOfAPenaltyIsThatOfItsScheduleAtTheMoment(Constraints.Case each) {
        Schedule falling = new Schedule.Linear(0.8, 0, 0, 4, Unit.STEPS);
        boolean images = each.family().sample().rank() == 3;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator discriminator = each.discriminator(random)) {
            Tensor real = random.normal(each.batch(BATCH));
            Tensor fake = random.normal(each.batch(BATCH));
            byte[] drawn = random.state();
            List<Constraint> unweighted = weighted(Schedule.of(1), images);
            for (int i = 0; i < unweighted.size(); i++) {
                Constraint changing = weighted(falling, images).get(i);
                random.restore(drawn);
                double whole = unweighted
                        .get(i)
                        .penalty(Critics.update(discriminator, real, fake, random, 0))
                        .orElseThrow()
                        .item();
                assertThat(whole).as(changing.toString()).isGreaterThan(1e-3);
                for (int step = 0; step < 4; step++) {
                    Progress progress = Progress.of(step, step, Horizon.UNKNOWN);
                    random.restore(drawn);
                    double part = changing.penalty(Critics.update(discriminator, real, fake, random, progress, 7))
                            .orElseThrow()
                            .item();
                    double weight = 0.8 - 0.2 * step;
                    assertThat(part).as(changing.toString()).isCloseTo(weight * whole, within(1e-5 * whole));
                }
                random.restore(drawn);
                Progress end = Progress.of(4, 4, Horizon.UNKNOWN);
                assertThat(changing.penalty(Critics.update(discriminator, real, fake, random, end, 7)))
                        .as(changing.toString())
                        .isEmpty();
                assertThat(random.state()).isEqualTo(drawn);
            }
        }
    }

    @Test
    void aLazyPenaltyComesAtEachKthUpdateAndCountsKTimes() {
        PenaltyPoints points = new PenaltyPoints.Between();
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator discriminator = Constraints.all().get(0).discriminator(random)) {
            Tensor real = random.normal(BATCH, 2);
            Tensor fake = random.normal(BATCH, 2);
            byte[] drawn = random.state();
            List<Long> at = new ArrayList<>();
            for (long index = 0; index < 8; index++) {
                random.restore(drawn);
                Optional<Tensor> lazy = new GradientPenalty(points, 0.7, 1, false, 3)
                        .penalty(Critics.update(discriminator, real, fake, random, index));
                if (lazy.isEmpty()) {
                    continue;
                }
                at.add(index);
                random.restore(drawn);
                double always = new GradientPenalty(points, 0.7, 1, false, 1)
                        .penalty(Critics.update(discriminator, real, fake, random, index))
                        .orElseThrow()
                        .item();
                assertThat(always).isPositive();
                assertThat(lazy.get().item()).isCloseTo(3 * always, within(1e-5 * always));
            }
            assertThat(at).containsExactly(0L, 3L, 6L);
        }
    }
}
