package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.saddlepoint.run.RunException;

/** Waiting for a disk. */
class WritePatienceTest {
    private final List<String> heard = new ArrayList<>();
    private final AtomicInteger tries = new AtomicInteger();

    private final WritePatience.Told told = new WritePatience.Told() {
        @Override
        public void paused(String reason) {
            heard.add("paused: " + reason);
        }

        @Override
        public void goesOn(Duration waited) {
            heard.add("goes on");
        }
    };

    private void write(int failures) {
        if (tries.getAndIncrement() < failures) {
            throw new RunException("cannot write x: No space left on device", new IOException("full"));
        }
    }

    @Test
    void triesUntilItSucceedsAndTellsOnce() {
        new WritePatience(Duration.ofMillis(1), Duration.ofDays(1), () -> false, told).run(() -> write(3));
        assertThat(tries).hasValue(4);
        assertThat(heard).containsExactly("paused: cannot write x: No space left on device", "goes on");
    }

    @Test
    void saysNothingWhereNothingFails() {
        new WritePatience(Duration.ofMillis(1), Duration.ofDays(1), () -> false, told).run(() -> write(0));
        assertThat(tries).hasValue(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void aStopEndsItWithTheFailure() {
        WritePatience patience =
                new WritePatience(Duration.ofMillis(1), Duration.ofDays(1), () -> tries.get() >= 2, told);
        assertThatThrownBy(() -> patience.run(() -> write(99)))
                .isInstanceOf(RunException.class)
                .hasMessage("cannot write x: No space left on device");
        assertThat(tries).hasValue(2);
        assertThat(heard).hasSize(1);
    }

    @Test
    void theLimitEndsItWithTheFailure() {
        WritePatience patience = new WritePatience(Duration.ofMillis(1), Duration.ofMillis(30), () -> false, told);
        assertThatThrownBy(() -> patience.run(() -> write(1_000_000))).isInstanceOf(RunException.class);
        assertThat(tries).as("however long the first one takes").hasValueGreaterThan(1);
    }

    @Test
    void whatTheFileSystemDidNotCauseIsNotTriedAgain() {
        WritePatience patience = new WritePatience(Duration.ofMillis(1), Duration.ofDays(1), () -> false, told);
        assertThatThrownBy(() -> patience.run(() -> {
                    tries.getAndIncrement();
                    throw new RunException("metrics.jsonl is damaged at line 3");
                }))
                .isInstanceOf(RunException.class);
        assertThat(tries).hasValue(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerWithPatienceHearsTheStepAgain() {
        WritePatience patience = new WritePatience(Duration.ofMillis(1), Duration.ofDays(1), () -> false, told);
        TrainingListener patient = patience.around(new TrainingListener() {
            @Override
            public void onStep(TrainingState state, StepReport report) {
                write(1);
            }

            @Override
            public void onFailure(TrainingState state, RuntimeException failure) {
                heard.add("failure");
            }
        });
        try (TrainingState state = new TrainingState(0)) {
            patient.onStep(state, new StepReport(java.util.Map.of()));
            patient.onFailure(state, new IllegalStateException());
        }
        assertThat(tries).hasValue(2);
        assertThat(heard).containsExactly("paused: cannot write x: No space left on device", "goes on", "failure");
    }
}
