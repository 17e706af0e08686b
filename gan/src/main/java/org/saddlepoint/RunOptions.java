package org.saddlepoint;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.saddlepoint.input.Require;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.Processes;

/**
 * How a run is begun, beside its recipe and data.
 *
 * @param seed where all randomness starts
 * @param device where it computes
 * @param precision of the networks' arithmetic; if empty, whichever is faster as measured when the run begins
 * @param evaluation what it measures while it trains, if anything
 * @param diagnosis how it is diagnosed, and what is done about what is found
 * @param onDivergence what happens when a loss, a gradient or a weight becomes infinite or NaN
 * @param threads cores to compute on, of the whole process; if empty, as the engine is set
 * @param dataSource what {@code resume} and {@code evaluate} open the data by, such as {@code digits}; if empty, the data's
 *     name
 * @param patience how long a write that fails, on a full disk for example, is tried again before the run gives up
 * @param budget the time it may take, which then sets how long it trains; if empty, as long as the recipe says
 * @param processes that train together, if there are several
 * @param tensorBoard whether it also writes what TensorBoard reads, into a folder in its own
 */
public record RunOptions(
        long seed,
        Device device,
        Optional<Precision> precision,
        Optional<EvaluationPlan> evaluation,
        DiagnosisPlan diagnosis,
        OnDivergence onDivergence,
        OptionalInt threads,
        Optional<DataRequest> dataSource,
        Duration patience,
        Optional<Budget> budget,
        Optional<Processes> processes,
        boolean tensorBoard) {
    /** Seed 0 on the CPU in float32, without evaluations; stops when it diverges; waits an hour for a full disk. */
    public static final RunOptions DEFAULT = new RunOptions(
            0,
            Device.CPU,
            Optional.of(Precision.FLOAT32),
            Optional.empty(),
            DiagnosisPlan.DEFAULT,
            OnDivergence.STOP,
            OptionalInt.empty(),
            Optional.empty(),
            Duration.ofHours(1),
            Optional.empty(),
            Optional.empty(),
            false);

    /** @throws IllegalArgumentException if threads are below 1, or the patience is negative */
    public RunOptions {
        threads.ifPresent(value -> Require.atLeast(1, "threads", value));
        Require.that(!patience.isNegative(), "patience", ">= 0", patience);
    }

    /** The same with another seed. */
    public RunOptions seed(long value) {
        return with(next -> next.seed = value);
    }

    /** The same on another device. */
    public RunOptions device(Device value) {
        return with(next -> next.device = value);
    }

    /** The same in another precision. */
    public RunOptions precision(Precision value) {
        return precision(Optional.of(value));
    }

    /** The same in another precision, or, if empty, in that which is faster for the run's networks on this machine. */
    public RunOptions precision(Optional<Precision> value) {
        return with(next -> next.precision = value);
    }

    /** The same with evaluations. */
    public RunOptions evaluation(EvaluationPlan value) {
        return evaluation(Optional.of(value));
    }

    /** The same with evaluations, or without. */
    public RunOptions evaluation(Optional<EvaluationPlan> value) {
        return with(next -> next.evaluation = value);
    }

    /** The same with another choice for what the diagnosis finds. */
    public RunOptions onFailure(OnFailure value) {
        return diagnosis(new DiagnosisPlan(value, diagnosis.every()));
    }

    /** The same, diagnosed by another plan. */
    public RunOptions diagnosis(DiagnosisPlan value) {
        return with(next -> next.diagnosis = value);
    }

    /** The same with another choice for when it diverges. */
    public RunOptions onDivergence(OnDivergence value) {
        return with(next -> next.onDivergence = value);
    }

    /** The same on so many cores. */
    public RunOptions threads(int value) {
        return with(next -> next.threads = OptionalInt.of(value));
    }

    /** The same on data that is opened again by this. */
    public RunOptions dataSource(DataRequest value) {
        return with(next -> next.dataSource = Optional.of(value));
    }

    /** The same with other patience. */
    public RunOptions patience(Duration value) {
        return with(next -> next.patience = value);
    }

    /** The same within a budget. */
    public RunOptions budget(Budget value) {
        return budget(Optional.of(value));
    }

    /** The same within a budget, or without one. */
    public RunOptions budget(Optional<Budget> value) {
        return with(next -> next.budget = value);
    }

    /** The same as one of several processes. */
    public RunOptions processes(Optional<Processes> value) {
        return with(next -> next.processes = value);
    }

    /** The same with files for TensorBoard, or without. */
    public RunOptions tensorBoard(boolean value) {
        return with(next -> next.tensorBoard = value);
    }

    private RunOptions with(Consumer<Next> change) {
        Next next = new Next(this);
        change.accept(next);
        return next.options();
    }

    /** The precision; float32 while it is still to be measured. */
    public Precision arithmetic() {
        return precision.orElse(Precision.FLOAT32);
    }

    /** The options that are made of others by a change. */
    private static final class Next {
        private long seed;
        private Device device;
        private Optional<Precision> precision;
        private Optional<EvaluationPlan> evaluation;
        private DiagnosisPlan diagnosis;
        private OnDivergence onDivergence;
        private OptionalInt threads;
        private Optional<DataRequest> dataSource;
        private Duration patience;
        private Optional<Budget> budget;
        private Optional<Processes> processes;
        private boolean tensorBoard;

        Next(RunOptions from) {
            seed = from.seed;
            device = from.device;
            precision = from.precision;
            evaluation = from.evaluation;
            diagnosis = from.diagnosis;
            onDivergence = from.onDivergence;
            threads = from.threads;
            dataSource = from.dataSource;
            patience = from.patience;
            budget = from.budget;
            processes = from.processes;
            tensorBoard = from.tensorBoard;
        }

        RunOptions options() {
            return new RunOptions(
                    seed,
                    device,
                    precision,
                    evaluation,
                    diagnosis,
                    onDivergence,
                    threads,
                    dataSource,
                    patience,
                    budget,
                    processes,
                    tensorBoard);
        }
    }
}
