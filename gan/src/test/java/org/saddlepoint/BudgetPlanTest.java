package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.BudgetPlan.Speed;

/** How many steps fit into a time, by a clock that the test turns. */
class BudgetPlanTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(77 * SECOND);
    private final Budget budget = new Budget(Duration.ofMinutes(2), 77 * SECOND, now::get, Set.of(), false);

    @Test
    void whatIsLeftIsTheTimeWithoutStartAndEnd() {
        assertThat(budget.seconds()).isEqualTo(120);
        assertThat(budget.end()).as("2 % of two minutes").isCloseTo(2.4, within(1e-9));
        assertThat(budget.left()).isCloseTo(117.6, within(1e-9));
        now.addAndGet(7 * SECOND);
        assertThat(budget.elapsed()).isEqualTo(7);
        assertThat(budget.left()).isCloseTo(110.6, within(1e-9));
        Budget small = new Budget(Duration.ofSeconds(6), 0, now::get, Set.of(), false);
        assertThat(small.end()).as("never less than half a second").isEqualTo(0.5);
    }

    @Test
    void withoutEvaluationsTheTimeIsForSteps() {
        BudgetPlan plan = BudgetPlan.of(budget, 100, new Speed(0.05, 0), 0);
        assertThat(plan.steps()).as("96 % of 100 s, by 0.05 s").isEqualTo(1920);
        assertThat(plan.evaluateEvery()).isZero();
        now.addAndGet(4 * SECOND);
        assertThat(plan.describe(budget))
                .isEqualTo("2 minutes: 1,920 steps of 0.0500 s, as measured, after a start of 4.0 s");
    }

    @ParameterizedTest
    @CsvSource({"100, 0.05, 5, 500", "100, 0.05, 5, 1", "100, 0.05, 5, 100000", "60, 0.3, 9.5, 7", "30, 1e-3, 1, 4000"})
    void evaluationsAreWithinTheTime(double left, double step, double evaluation, int every) {
        BudgetPlan plan = BudgetPlan.of(budget, left, new Speed(step, evaluation), every);
        long evaluations = (plan.steps() + every - 1) / every;
        assertThat(plan.evaluateEvery()).isEqualTo(every);
        assertThat(plan.steps() * step + evaluations * evaluation).isLessThanOrEqualTo(left);
        assertThat(plan.steps()).isPositive();
        // One step more would take an evaluation more than there is time for, or the steps' own share of the time.
        long more = plan.steps() + 1;
        assertThat(more * step / 0.96 + (more + every - 1) / every * evaluation).isGreaterThan(left - 1e-9);
    }

    @Test
    void whereNobodySaysHowOftenAQuarterOfTheTimeEvaluates() {
        BudgetPlan roomy = BudgetPlan.of(budget, 100, new Speed(0.05, 5), 0);
        assertThat(roomy.steps()).isEqualTo(Math.round(Math.floor(80 * 0.96 / 0.05)));
        assertThat(roomy.evaluateEvery()).as("four times").isEqualTo(384);
        BudgetPlan tight = BudgetPlan.of(budget, 100, new Speed(0.05, 11), 0);
        assertThat((tight.steps() + tight.evaluateEvery() - 1) / tight.evaluateEvery())
                .as("22 of 100 s")
                .isEqualTo(2);
        BudgetPlan once = BudgetPlan.of(budget, 100, new Speed(0.05, 60), 0);
        assertThat((long) once.evaluateEvery()).isEqualTo(once.steps());
    }

    @Test
    void aTimeForFewerThanTenStepsIsRefused() {
        assertThat(BudgetPlan.of(budget, 105, new Speed(10, 0), 0).steps()).isEqualTo(10);
        assertThatThrownBy(() -> BudgetPlan.of(budget, 90, new Speed(10, 0), 0))
                .isInstanceOf(RequestException.class)
                .hasMessage(
                        "2 minutes are too short: 30.0 s went by before the first step, and a step takes 10.0 s here,"
                                + " so that fewer than 10 steps fit; give at least 2.46 minutes");
    }

    @Test
    void aTimeForNoEvaluationIsRefused() {
        assertThatThrownBy(() -> BudgetPlan.of(budget, 20, new Speed(0.1, 25), 500))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("one evaluation takes 25.0 s")
                .hasMessageContaining("one evaluation does not fit")
                .hasMessageContaining("give at least")
                .hasMessageNotContaining("\n");
    }

    @Test
    void theTimeMustBePositive() {
        assertThatThrownBy(() -> Budget.of(Duration.ZERO)).hasMessageContaining("the time of a budget must be > 0");
        assertThatThrownBy(() -> Budget.of(Duration.ofSeconds(-1))).hasMessageContaining("> 0");
    }
}
