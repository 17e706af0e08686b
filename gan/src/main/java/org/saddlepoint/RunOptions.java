package org.saddlepoint;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.saddlepoint.input.Require;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.Precision;

/**
 * How a run is begun, beside its recipe and data.
 *
 * @param seed where all randomness starts
 * @param device where it computes
 * @param precision of the networks' arithmetic
 * @param evaluation what it measures while it trains, if anything
 * @param onDivergence what happens when a loss, a gradient or a weight becomes infinite or NaN
 * @param threads cores to compute on, of the whole process; if empty, as the engine is set
 * @param dataSource what {@code resume} and {@code evaluate} open the data by, such as {@code digits}; if empty, the data's
 *     name
 * @param patience how long a write that fails, on a full disk for example, is tried again before the run gives up
 * @param budget the time it may take, which then sets how long it trains; if empty, as long as the recipe says
 */
public record RunOptions(
        long seed,
        Device device,
        Precision precision,
        Optional<EvaluationPlan> evaluation,
        OnDivergence onDivergence,
        OptionalInt threads,
        Optional<DataRequest> dataSource,
        Duration patience,
        Optional<Budget> budget) {
    /** Seed 0 on the CPU in float32, without evaluations; stops when it diverges; waits an hour for a full disk. */
    public static final RunOptions DEFAULT = new RunOptions(
            0,
            Device.CPU,
            Precision.FLOAT32,
            Optional.empty(),
            OnDivergence.STOP,
            OptionalInt.empty(),
            Optional.empty(),
            Duration.ofHours(1),
            Optional.empty());

    /** @throws IllegalArgumentException if threads are below 1, or the patience is negative */
    public RunOptions {
        threads.ifPresent(value -> Require.atLeast(1, "threads", value));
        Require.that(!patience.isNegative(), "patience", ">= 0", patience);
    }

    /** The same with another seed. */
    public RunOptions seed(long value) {
        return new RunOptions(
                value, device, precision, evaluation, onDivergence, threads, dataSource, patience, budget);
    }

    /** The same on another device. */
    public RunOptions device(Device value) {
        return new RunOptions(seed, value, precision, evaluation, onDivergence, threads, dataSource, patience, budget);
    }

    /** The same in another precision. */
    public RunOptions precision(Precision value) {
        return new RunOptions(seed, device, value, evaluation, onDivergence, threads, dataSource, patience, budget);
    }

    /** The same with evaluations. */
    public RunOptions evaluation(EvaluationPlan value) {
        return evaluation(Optional.of(value));
    }

    /** The same with evaluations, or without. */
    public RunOptions evaluation(Optional<EvaluationPlan> value) {
        return new RunOptions(seed, device, precision, value, onDivergence, threads, dataSource, patience, budget);
    }

    /** The same with another choice for when it diverges. */
    public RunOptions onDivergence(OnDivergence value) {
        return new RunOptions(seed, device, precision, evaluation, value, threads, dataSource, patience, budget);
    }

    /** The same on so many cores. */
    public RunOptions threads(int value) {
        return new RunOptions(
                seed, device, precision, evaluation, onDivergence, OptionalInt.of(value), dataSource, patience, budget);
    }

    /** The same on data that is opened again by this. */
    public RunOptions dataSource(DataRequest value) {
        return new RunOptions(
                seed, device, precision, evaluation, onDivergence, threads, Optional.of(value), patience, budget);
    }

    /** The same with other patience. */
    public RunOptions patience(Duration value) {
        return new RunOptions(seed, device, precision, evaluation, onDivergence, threads, dataSource, value, budget);
    }

    /** The same within a budget. */
    public RunOptions budget(Budget value) {
        return budget(Optional.of(value));
    }

    /** The same within a budget, or without one. */
    public RunOptions budget(Optional<Budget> value) {
        return new RunOptions(seed, device, precision, evaluation, onDivergence, threads, dataSource, patience, value);
    }
}
