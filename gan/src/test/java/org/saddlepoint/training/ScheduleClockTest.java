package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** What schedules that wait for a plateau see of the loss. */
@ExtendWith(LeakCheck.class)
class ScheduleClockTest {
    /** Halves a rate of 1 where the loss has not fallen by a tenth for more than one epoch. */
    private static final Schedule.Plateau PLATEAU = new Schedule.Plateau(1, 0.5, 0.1, 1);

    private static final double[] EPOCHS = {10, 9.5, 8.9, 8.5, 8.2, 8.1, 8.05, 7, 6.9, 6.8, 6.7};
    private static final int STEPS = 2 * EPOCHS.length; // of 4 images each, from 8 examples

    /** The mean of an epoch's two losses is its number; the first alone says nothing. */
    private static double loss(int step) {
        return EPOCHS[step / 2] + (step % 2 == 0 ? 5 : -5);
    }

    private static TrainingState state(int step) {
        TrainingState state = new TrainingState(0);
        state.horizon(new Horizon(0, 4, 8));
        state.restore(step, 4L * step);
        return state;
    }

    /** The rates of steps, as asked before the loss is known or after it. */
    private static List<Double> run(ScheduleClock clock, int first, int end, boolean late) {
        List<Double> rates = new ArrayList<>();
        try (TrainingState state = state(first)) {
            for (int step = first; step < end; step++) {
                Progress progress = clock.at(state);
                double rate = late ? 0 : PLATEAU.at(progress);
                clock.observe(state, loss(step));
                rates.add(late ? PLATEAU.at(progress) : rate);
                state.advance(4);
            }
        }
        return rates;
    }

    @Test
    void theRateFallsWhereTheLossOfEpochsDoesNot() {
        try (ScheduleClock clock = new ScheduleClock()) {
            List<Double> rates = run(clock, 0, STEPS, false);
            List<Double> ofEpochs = new ArrayList<>();
            for (int step = 0; step < STEPS; step += 2) {
                assertThat(rates.get(step)).isEqualTo(rates.get(step + 1)); // only between epochs
                ofEpochs.add(rates.get(step));
            }
            // 10 is the best; 9.5 is no fall, 8.9 is; 8.5 and 8.2 are none, nor 8.1 and 8.05; 7 is, 6.9 and 6.8 are
            // none
            assertThat(ofEpochs).containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125);
        }
    }

    @Test
    void goingOnEqualsNeverStopping() {
        for (boolean late : new boolean[] {false, true}) {
            for (int stop = 1; stop < STEPS; stop++) {
                try (ScheduleClock straight = new ScheduleClock();
                        ScheduleClock first = new ScheduleClock();
                        ScheduleClock second = new ScheduleClock()) {
                    List<Double> expected = run(straight, 0, STEPS, late);
                    List<Double> actual = run(first, 0, stop, late);
                    second.load(new SavedParts(parts(first)));
                    assertThat(values(parts(second))).isEqualTo(values(parts(first))); // at once
                    actual.addAll(run(second, stop, STEPS, late));
                    assertThat(actual)
                            .as("stopped at " + stop + ", late " + late)
                            .isEqualTo(expected);
                    assertThat(values(parts(second))).isEqualTo(values(parts(straight)));
                }
            }
        }
    }

    @Test
    void eachScheduleHasItsOwnCount() {
        Schedule.Plateau patient = new Schedule.Plateau(1, 0.5, 0.1, 100);
        try (ScheduleClock clock = new ScheduleClock();
                TrainingState state = state(STEPS)) {
            patient.at(clock.at(state));
            run(clock, 0, STEPS, false);
            assertThat(patient.at(clock.at(state))).isEqualTo(1);
            assertThat(PLATEAU.at(clock.at(state))).isLessThan(1);
            assertThat(parts(clock).get("schedule")).hasSize(2);
        }
    }

    @Test
    void nothingIsSavedWhereNoScheduleWaits() {
        try (ScheduleClock clock = new ScheduleClock();
                TrainingState state = state(0)) {
            Schedule.of(1).at(clock.at(state));
            clock.observe(state, 3);
            assertThat(parts(clock)).isEmpty();
        }
    }

    @Test
    void theStateOfRunsOfFormat1IsThatOfTheirOneSchedule() {
        try (ScheduleClock clock = new ScheduleClock();
                TrainingState state = state(0);
                TensorScope scope = TensorScope.open()) {
            Tensor numbers = Tensors.of(new double[] {3, 1, 2, 0, 0}, 5);
            clock.load(new SavedParts(Map.of("schedule", Map.of("plateau", numbers))));
            assertThat(PLATEAU.at(clock.at(state))).isEqualTo(0.25); // two plateaus so far
            for (Map<String, Tensor> wrong : List.of(
                    Map.of("plateau", Tensors.of(new double[] {3, 1}, 2)),
                    Map.of("stranger", numbers),
                    Map.of("plateau 0.5 0.1 many 1.0", numbers))) {
                assertThatThrownBy(() -> clock.load(new SavedParts(Map.of("schedule", wrong))))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static Map<String, Map<String, Tensor>> parts(ScheduleClock clock) {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        clock.addTo(parts);
        return parts;
    }

    private static Map<String, List<Double>> values(Map<String, Map<String, Tensor>> parts) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        parts.forEach((part, tensors) -> tensors.forEach((name, tensor) -> {
            List<Double> numbers = new ArrayList<>();
            for (double number : tensor.toDoubleArray()) {
                numbers.add(number);
            }
            values.put(part + " " + name, numbers);
        }));
        return values;
    }
}
