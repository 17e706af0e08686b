package org.saddlepoint;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.saddlepoint.input.Require;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.Processes;

/**
 * How a run goes on. All that is not here is as it was begun.
 *
 * @param steps steps in all, those done before included; if empty, the recipe's
 * @param overrides settings of the recipe to change from here on, such as {@code generatorOptimizer.learningRate}
 * @param device where it computes
 * @param onDivergence what happens when it diverges; if empty, as it was begun
 * @param onFailure what is done about what the diagnosis finds, from here on; if empty, as it was begun
 * @param threads cores to compute on, of the whole process; if empty, as the engine is set
 * @param dataSource where the data is now, which the run then remembers; if empty, where it was
 * @param patience how long a write that fails is tried again before the run gives up
 * @param processes that train together from here on, if there are several; how they share statistics is as it was begun
 * @param tensorBoard whether it also writes what TensorBoard reads, from here on, with all that was before. A run that does so
 *     goes on with it anyway
 */
public record ResumeOptions(
        OptionalLong steps,
        Map<String, String> overrides,
        Device device,
        Optional<OnDivergence> onDivergence,
        Optional<OnFailure> onFailure,
        OptionalInt threads,
        Optional<DataRequest> dataSource,
        Duration patience,
        Optional<Processes> processes,
        boolean tensorBoard) {
    /** To the recipe's end, on the CPU, with nothing changed. */
    public static final ResumeOptions DEFAULT = new ResumeOptions(
            OptionalLong.empty(),
            Map.of(),
            Device.CPU,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            RunOptions.DEFAULT.patience(),
            Optional.empty(),
            false);

    /** @throws IllegalArgumentException if threads are below 1, or the patience is negative */
    public ResumeOptions {
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides)); // their order counts
        threads.ifPresent(value -> Require.atLeast(1, "threads", value));
        Require.that(!patience.isNegative(), "patience", ">= 0", patience);
    }

    /** The same until so many steps are done in all. */
    public ResumeOptions steps(long value) {
        return with(next -> next.steps = OptionalLong.of(value));
    }

    /** The same with one more changed setting. */
    public ResumeOptions override(String setting, String value) {
        Map<String, String> all = new LinkedHashMap<>(overrides);
        all.put(setting, value);
        return overrides(all);
    }

    /** The same with these changed settings. */
    public ResumeOptions overrides(Map<String, String> values) {
        return with(next -> next.overrides = values);
    }

    /** The same on another device. */
    public ResumeOptions device(Device value) {
        return with(next -> next.device = value);
    }

    /** The same with another choice for when it diverges. */
    public ResumeOptions onDivergence(OnDivergence value) {
        return with(next -> next.onDivergence = Optional.of(value));
    }

    /** The same with another choice for what the diagnosis finds, from here on. */
    public ResumeOptions onFailure(OnFailure value) {
        return with(next -> next.onFailure = Optional.of(value));
    }

    /** The same on so many cores. */
    public ResumeOptions threads(int value) {
        return with(next -> next.threads = OptionalInt.of(value));
    }

    /** The same on the same data in another place. */
    public ResumeOptions dataSource(DataRequest value) {
        return with(next -> next.dataSource = Optional.of(value));
    }

    /** The same with other patience. */
    public ResumeOptions patience(Duration value) {
        return with(next -> next.patience = value);
    }

    /** The same as one of several processes. */
    public ResumeOptions processes(Optional<Processes> value) {
        return with(next -> next.processes = value);
    }

    /** The same with files for TensorBoard. */
    public ResumeOptions tensorBoard(boolean value) {
        return with(next -> next.tensorBoard = value);
    }

    private ResumeOptions with(Consumer<Next> change) {
        Next next = new Next(this);
        change.accept(next);
        return next.options();
    }

    /** The options that are made of others by a change. */
    private static final class Next {
        private OptionalLong steps;
        private Map<String, String> overrides;
        private Device device;
        private Optional<OnDivergence> onDivergence;
        private Optional<OnFailure> onFailure;
        private OptionalInt threads;
        private Optional<DataRequest> dataSource;
        private Duration patience;
        private Optional<Processes> processes;
        private boolean tensorBoard;

        Next(ResumeOptions from) {
            steps = from.steps;
            overrides = from.overrides;
            device = from.device;
            onDivergence = from.onDivergence;
            onFailure = from.onFailure;
            threads = from.threads;
            dataSource = from.dataSource;
            patience = from.patience;
            processes = from.processes;
            tensorBoard = from.tensorBoard;
        }

        ResumeOptions options() {
            return new ResumeOptions(
                    steps,
                    overrides,
                    device,
                    onDivergence,
                    onFailure,
                    threads,
                    dataSource,
                    patience,
                    processes,
                    tensorBoard);
        }
    }
}
