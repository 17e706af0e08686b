package org.saddlepoint.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.saddlepoint.schedule.Schedule.Cosine;
import org.saddlepoint.schedule.Schedule.Cosine.After;
import org.saddlepoint.schedule.Schedule.Linear;
import org.saddlepoint.schedule.Schedule.Plateau;
import org.saddlepoint.schedule.Schedule.Step;

/** Numbers that change, against the formulas of PyTorch's schedulers and of this library's earlier releases. */
class ScheduleTest {
    /** 100 steps of 8 images each, from 40 examples: an epoch is 5 steps, and there are 20. */
    private static final Horizon HORIZON = new Horizon(100, 8, 40);

    private static Progress at(long step) {
        return Progress.of(step, step * HORIZON.imagesPerStep(), HORIZON);
    }

    /** So many of this unit are so many steps. */
    private static long units(Unit unit, long steps) {
        return switch (unit) {
            case STEPS -> steps;
            case IMAGES -> 8 * steps;
            case EPOCHS -> steps / 5;
        };
    }

    @Test
    void aConstantIsAlwaysTheSame() {
        for (long step : new long[] {0, 50, 100, 1000}) {
            assertThat(Schedule.of(0.3).at(at(step))).isEqualTo(0.3);
        }
        assertThat(Schedule.of(0.3).at(Progress.START)).isEqualTo(0.3);
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void aLineGoesFromItsStartToItsEndInEachUnit(Unit unit) {
        Linear line = new Linear(2, 1, units(unit, 20), units(unit, 60), unit);
        assertThat(line.at(at(0))).isEqualTo(2);
        assertThat(line.at(at(20))).isEqualTo(2);
        assertThat(line.at(at(30))).isEqualTo(1.75);
        assertThat(line.at(at(40))).isEqualTo(1.5);
        assertThat(line.at(at(60))).isEqualTo(1);
        assertThat(line.at(at(99))).isEqualTo(1);
        double within = line.at(at(24)); // within an epoch nothing changes
        assertThat(within).isCloseTo(unit == Unit.EPOCHS ? 2 : 1.9, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void anEndOf0IsTheTrainingsEnd(Unit unit) {
        Linear line = new Linear(1, 0, units(unit, 20), 0, unit);
        assertThat(line.at(at(20))).isEqualTo(1);
        assertThat(line.at(at(60))).isEqualTo(0.5);
        assertThat(line.at(at(95))).isCloseTo(1 / 16.0, within(1e-15));
        assertThat(line.at(at(100))).isZero();
        Cosine wave = new Cosine(1, 0, 0, 0, unit, After.HOLD);
        assertThat(wave.at(at(50))).isCloseTo(0.5, within(1e-15));
        assertThat(wave.at(at(100))).isZero();
    }

    @Test
    void anEndThatNobodyKnowsIsRefused() {
        for (Schedule schedule :
                List.of(new Linear(1, 0, 0, 0, Unit.STEPS), new Cosine(1, 0, 0, 0, Unit.STEPS, After.HOLD))) {
            assertThat(schedule.at(Progress.START)).isEqualTo(1); // what optimizers are made with
            assertThatThrownBy(() -> schedule.at(Progress.of(3, 3, Horizon.UNKNOWN)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a schedule that ends with the training (end 0) was asked at step 3 of a training that"
                            + " nobody said the length of; set the horizon of its state, or give the schedule an end");
        }
        assertThat(new Linear(1, 0, 0, 6, Unit.STEPS).at(Progress.of(3, 3, Horizon.UNKNOWN)))
                .isEqualTo(0.5);
    }

    /** Bit for bit, since older runs go on under this schedule. */
    @Property(tries = 300)
    void aLineIsThatOfRunsOfFormat1(
            @ForAll @IntRange(min = 1, max = 1_000_000) int millionths,
            @ForAll @IntRange(max = 1000) int from,
            @ForAll @IntRange(max = 2000) int step,
            @ForAll @IntRange(min = 1, max = 1500) int total) {
        double rate = millionths * 1e-6;
        double factor = Math.max(0, 1 - (double) Math.max(0, step - from) / Math.max(1, total - from));
        Progress progress = Progress.of(step, step, new Horizon(total, 1, 1));
        assertThat(new Linear(rate, 0, from, 0, Unit.STEPS).at(progress)).isEqualTo(factor * rate);
    }

    /** The decay of pix2pix and CycleGAN: 1 − max(0, epoch + 1 − c) / (d + 1). */
    @Property(tries = 300)
    void aLineIsThatOfTranslationsOfFormat1(
            @ForAll @IntRange(min = 1, max = 1_000_000) int millionths,
            @ForAll @IntRange(max = 100) int constant,
            @ForAll @IntRange(min = 1, max = 100) int decay,
            @ForAll @IntRange(max = 300) int epoch) {
        double rate = millionths * 1e-6;
        double factor = Math.max(0, 1 - (double) Math.max(0, epoch + 1 - constant) / (decay + 1));
        Progress progress = Progress.of(7L * epoch + 3, 21L * epoch + 9, new Horizon(0, 3, 21));
        Linear line = new Linear(rate, 0, constant - 1, constant + decay, Unit.EPOCHS);
        assertThat(line.at(progress)).isEqualTo(factor * rate);
    }

    /** CosineAnnealingLR(eta_min=0.001, T_max=10) from 0.1. */
    @ParameterizedTest
    @EnumSource(Unit.class)
    void aWaveIsThatOfPytorch(Unit unit) {
        for (After after : After.values()) {
            Cosine wave = new Cosine(0.1, 0.001, 0, units(unit, 50), unit, after);
            assertThat(wave.at(at(0))).isEqualTo(0.1);
            assertThat(wave.at(at(10))).isCloseTo(0.0905463412215599, within(1e-15));
            assertThat(wave.at(at(25))).isCloseTo(0.0505, within(1e-15));
            assertThat(wave.at(at(50))).isEqualTo(0.001);
            assertThat(wave.at(at(75))).isCloseTo(after == After.HOLD ? 0.001 : 0.0505, within(1e-15));
            assertThat(wave.at(at(100))).isEqualTo(after == After.HOLD ? 0.001 : 0.1);
        }
        Cosine later = new Cosine(0.1, 0.001, units(unit, 10), units(unit, 60), unit, After.HOLD);
        assertThat(later.at(at(10))).isEqualTo(0.1);
        assertThat(later.at(at(20))).isCloseTo(0.0905463412215599, within(1e-15));
    }

    /** StepLR(step_size=3, gamma=0.1), in epochs of 5 steps. */
    @Test
    void stepsAreThoseOfPytorch() {
        Step epochs = new Step(2, 0.1, 3, Unit.EPOCHS);
        assertThat(epochs.at(at(0))).isEqualTo(2);
        assertThat(epochs.at(at(14))).isEqualTo(2);
        assertThat(epochs.at(at(15))).isEqualTo(0.2);
        assertThat(epochs.at(at(29))).isEqualTo(0.2);
        assertThat(epochs.at(at(30))).isCloseTo(0.02, within(1e-17));
        assertThat(new Step(2, 0.1, 3, Unit.STEPS).at(at(5))).isEqualTo(0.2);
        assertThat(new Step(2, 0.1, 24, Unit.IMAGES).at(at(2))).isEqualTo(2);
        assertThat(new Step(2, 0.1, 24, Unit.IMAGES).at(at(3))).isEqualTo(0.2);
    }

    @Test
    void aPlateauIsAPowerOfItsFactor() {
        Plateau plateau = new Plateau(3, 0.2, 0.01, 5);
        Plateau another = new Plateau(3, 0.2, 0.01, 4);
        Progress progress = new Progress(9, 9, HORIZON, asked -> asked.equals(plateau) ? 2 : 0);
        assertThat(plateau.at(progress)).isCloseTo(0.12, within(1e-15));
        assertThat(another.at(progress)).isEqualTo(3); // each asks for its own
    }

    @Property(tries = 200)
    void noNumberLiesBeyondLeastAndMost(
            @ForAll @DoubleRange(min = -2, max = 2) double from,
            @ForAll @DoubleRange(min = -2, max = 2) double to,
            @ForAll @IntRange(max = 200) int step) {
        Progress progress = new Progress(step, 8L * step, HORIZON, plateau -> step / 20);
        for (Schedule schedule : List.of(
                Schedule.of(from),
                new Linear(from, to, 3, 70, Unit.STEPS),
                new Cosine(from, to, -1, 9, Unit.EPOCHS, After.RETURN),
                new Step(from, 0.5, 9, Unit.IMAGES),
                new Plateau(from, 0.5, 0.1, 1))) {
            assertThat(schedule.at(progress)).isBetween(schedule.least() - 1e-15, schedule.most() + 1e-15);
        }
    }

    private static void refused(ThrowingCallable make, String message) {
        assertThatThrownBy(make).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void aScheduleThatEndsBeforeItBeginsIsRefused() {
        String end = "end must be 0 for the training's end, or after the start, which is 5, since a schedule cannot end"
                + " before it begins, but was ";
        refused(() -> new Linear(1, 0, 5, 3, Unit.STEPS), end + 3);
        refused(() -> new Linear(1, 0, 5, 5, Unit.STEPS), end + 5);
        refused(() -> new Cosine(1, 0, 5, -1, Unit.EPOCHS, After.HOLD), end + -1);
        refused(() -> new Linear(1, 0, -2, 5, Unit.STEPS), "start must be >= -1 but was -2");
        assertThat(new Linear(1, 0, -1, 1, Unit.STEPS).at(Progress.START)).isEqualTo(0.5);
    }

    @Test
    void settingsThatAreNoneAreRefusedByName() {
        refused(() -> new Linear(Double.NaN, 0, 0, 1, Unit.STEPS), "from must be finite but was NaN");
        refused(() -> new Linear(0, Double.POSITIVE_INFINITY, 0, 1, Unit.STEPS), "to must be finite but was Infinity");
        refused(
                () -> new Cosine(Double.NEGATIVE_INFINITY, 0, 0, 1, Unit.STEPS, After.HOLD),
                "from must be finite but was -Infinity");
        refused(() -> new Cosine(0, Double.NaN, 0, 1, Unit.STEPS, After.HOLD), "to must be finite but was NaN");
        refused(() -> new Step(Double.NaN, 0.5, 1, Unit.STEPS), "value must be finite but was NaN");
        refused(() -> new Step(1, 0, 1, Unit.STEPS), "factor must be in (0, 1] but was 0.0");
        refused(() -> new Step(1, 1.5, 1, Unit.STEPS), "factor must be in (0, 1] but was 1.5");
        refused(() -> new Step(1, 0.5, 0, Unit.STEPS), "every must be >= 1 but was 0");
        refused(() -> new Plateau(Double.NaN, 0.5, 0, 0), "value must be finite but was NaN");
        refused(() -> new Plateau(1, Double.NaN, 0, 0), "factor must be in (0, 1] but was NaN");
        refused(() -> new Plateau(1, 0.5, 1, 0), "threshold must be in [0, 1) but was 1.0");
        refused(() -> new Plateau(1, 0.5, 0, -1), "patience must be >= 0 but was -1");
        refused(() -> new Horizon(-1, 1, 1), "steps must be >= 0 but was -1");
        refused(() -> new Horizon(1, 0, 1), "imagesPerStep must be >= 1 but was 0");
        refused(() -> new Horizon(1, 1, 0), "examples must be >= 1 but was 0");
    }

    @Test
    void numbersThatASettingCannotTakeAreRefusedUnderItsName() {
        Linear falling = new Linear(1, -0.5, 0, 9, Unit.STEPS);
        refused(() -> falling.requireNotNegative("weight"), "weight must be >= 0 and finite but was -0.5");
        refused(
                () -> Schedule.of(Double.NaN).requireNotNegative("weight"),
                "weight must be >= 0 and finite but was NaN");
        refused(
                () -> new Step(-1, 0.5, 1, Unit.STEPS).requireNotNegative("w"),
                "w must be >= 0 and finite but was -1.0");
        Linear rising = new Linear(0, 1, 0, 9, Unit.STEPS);
        refused(() -> rising.requireBelow(0, 1, "decay"), "decay must be in [0, 1) but was 1.0");
        assertThat(rising.requireNotNegative("weight")).isSameAs(rising);
        assertThat(Schedule.of(0.9).requireBelow(0, 1, "decay")).isEqualTo(Schedule.of(0.9));
    }
}
