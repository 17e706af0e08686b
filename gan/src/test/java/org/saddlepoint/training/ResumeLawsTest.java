package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.data.LoaderPosition;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.Bytes;
import org.saddlepoint.testing.MainClasses;
import org.saddlepoint.testing.OneThread;

/**
 * N + M steps equal N steps, a checkpoint on disk, and M steps of another process that knows nothing else: for each of the
 * {@link TrainingSteps}, under each arithmetic, byte for byte.
 */
@ExtendWith({LeakCheck.class, OneThread.class})
class ResumeLawsTest {
    private static final CheckpointOrigin ORIGIN = new CheckpointOrigin("test", "name: test");
    private static final int BEFORE = 3; // steps: lazy penalties, pools and epochs are in the middle of something
    private static final int IN_ALL = 5;
    private static final int EXAMPLES = 11; // no multiple of a batch

    static List<TrainingSteps.Case> all() {
        return TrainingSteps.all();
    }

    @Test
    void everyKindOfStepAndScheduleIsListed() {
        Set<Class<?>> kinds = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (TrainingSteps.Case each : all()) {
            if (!names.add(each.name().replaceFirst(",.*", ""))) {
                continue; // such a step was made already
            }
            try (TrainingState state = new TrainingState(0);
                    TrainingStep step = each.maker().make(state.random().networks(), Precision.FLOAT32)) {
                kinds.add(step.getClass());
            }
        }
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(MainClasses.implementationsOf(TrainingStep.class));
        assertThat(TrainingSteps.schedules(1).stream()
                        .<Class<?>>map(Object::getClass)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(MainClasses.implementationsOf(Schedule.class));
    }

    /** A training, as a process would set it up. */
    private static final class Process implements AutoCloseable {
        private final TrainingState state;
        private final TrainingStep step;
        private final BatchLoader loader;
        private final List<String> metrics = new ArrayList<>();

        Process(TrainingSteps.Case each, Precision precision, long seed) {
            state = new TrainingState(seed);
            step = each.maker().make(state.random().networks(), precision);
            state.horizon(new Horizon(20, step.examplesPerStep(), 3)); // epochs end within batches
            loader = new BatchLoader(
                    new Static(each.shape(), EXAMPLES), new LoaderConfig(step.examplesPerStep(), 5, 1, 2));
        }

        void runUntil(long steps) {
            TrainingListener listener = new TrainingListener() {
                @Override
                public void onStep(TrainingState state, StepReport report) {
                    metrics.add(state.step() + " " + report.values());
                }
            };
            new Trainer(step, loader, state, List.of(listener)).runUntil(steps);
        }

        /** All that it holds. */
        Moment moment() {
            return new Moment(
                    Snapshot.of(step),
                    Snapshot.texts(state.random().states()).toString(),
                    loader.position(),
                    state.step(),
                    state.imagesSeen(),
                    loader.next().values());
        }

        @Override
        public void close() {
            loader.close();
            step.close();
            state.close();
        }
    }

    /** All that a training holds, and the batch that comes next. */
    private record Moment(
            Map<String, byte[]> parts,
            String random,
            LoaderPosition position,
            long step,
            long images,
            float[] nextBatch) {
        void requireEquals(Moment expected) {
            assertThat(parts.keySet()).isEqualTo(expected.parts.keySet());
            List<String> others = parts.keySet().stream()
                    .filter(part -> !Arrays.equals(parts.get(part), expected.parts.get(part)))
                    .toList();
            assertThat(others).as("tensors that differ").isEmpty();
            assertThat(random).isEqualTo(expected.random);
            assertThat(position).isEqualTo(expected.position);
            assertThat(step).isEqualTo(expected.step);
            assertThat(images).isEqualTo(expected.images);
            assertThat(nextBatch).isEqualTo(expected.nextBatch);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void goingOnFromDiskEqualsNeverStopping(TrainingSteps.Case each, @TempDir Path folder) {
        for (Precision precision : each.precisions()) {
            Moment straight;
            List<String> metrics;
            RunFolder run = RunFolder.create(folder.resolve(precision.toString()));
            StepPath checkpoint;
            try (Process process = new Process(each, precision, 7)) {
                process.runUntil(BEFORE);
                Map<String, byte[]> before = Snapshot.of(process.step);
                checkpoint = new Checkpoints(run, ORIGIN, process.step, process.loader, process.state).save();
                Bytes.requireSame(Snapshot.of(process.step), before); // saving changes nothing
                process.runUntil(IN_ALL);
                straight = process.moment();
                metrics = process.metrics;
            }

            try (Process process = new Process(each, precision, 99)) {
                process.runUntil(1); // so that nothing is right by itself
                assertThat(process.metrics.get(0)).isNotEqualTo(metrics.get(0));
                process.metrics.clear();
                SavedCheckpoint.open(checkpoint.path()).restore(process.step, process.loader, process.state);
                process.runUntil(IN_ALL);
                process.moment().requireEquals(straight);
                assertThat(process.metrics).isEqualTo(metrics.subList(BEFORE, IN_ALL));
            }
            assertThat(metrics).hasSize(IN_ALL);
        }
    }
}
