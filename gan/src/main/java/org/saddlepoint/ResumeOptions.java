package org.saddlepoint;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.saddlepoint.input.Require;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.tensor.Device;

/**
 * How a run goes on. All that is not here is as it was begun.
 *
 * @param steps steps in all, those done before included; if empty, the recipe's
 * @param overrides settings of the recipe to change from here on, such as {@code generatorOptimizer.learningRate}
 * @param device where it computes
 * @param onDivergence what happens when it diverges; if empty, as it was begun
 * @param threads cores to compute on, of the whole process; if empty, as the engine is set
 * @param dataSource where the data is now, which the run then remembers; if empty, where it was
 * @param patience how long a write that fails is tried again before the run gives up
 */
public record ResumeOptions(
        OptionalLong steps,
        Map<String, String> overrides,
        Device device,
        Optional<OnDivergence> onDivergence,
        OptionalInt threads,
        Optional<DataRequest> dataSource,
        Duration patience) {
    /** To the recipe's end, on the CPU, with nothing changed. */
    public static final ResumeOptions DEFAULT = new ResumeOptions(
            OptionalLong.empty(),
            Map.of(),
            Device.CPU,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            RunOptions.DEFAULT.patience());

    /** @throws IllegalArgumentException if threads are below 1, or the patience is negative */
    public ResumeOptions {
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides)); // their order counts
        threads.ifPresent(value -> Require.atLeast(1, "threads", value));
        Require.that(!patience.isNegative(), "patience", ">= 0", patience);
    }

    /** The same until so many steps are done in all. */
    public ResumeOptions steps(long value) {
        return new ResumeOptions(
                OptionalLong.of(value), overrides, device, onDivergence, threads, dataSource, patience);
    }

    /** The same with one more changed setting. */
    public ResumeOptions override(String setting, String value) {
        Map<String, String> all = new LinkedHashMap<>(overrides);
        all.put(setting, value);
        return overrides(all);
    }

    /** The same with these changed settings. */
    public ResumeOptions overrides(Map<String, String> values) {
        return new ResumeOptions(steps, values, device, onDivergence, threads, dataSource, patience);
    }

    /** The same on another device. */
    public ResumeOptions device(Device value) {
        return new ResumeOptions(steps, overrides, value, onDivergence, threads, dataSource, patience);
    }

    /** The same with another choice for when it diverges. */
    public ResumeOptions onDivergence(OnDivergence value) {
        return new ResumeOptions(steps, overrides, device, Optional.of(value), threads, dataSource, patience);
    }

    /** The same on so many cores. */
    public ResumeOptions threads(int value) {
        return new ResumeOptions(steps, overrides, device, onDivergence, OptionalInt.of(value), dataSource, patience);
    }

    /** The same on the same data in another place. */
    public ResumeOptions dataSource(DataRequest value) {
        return new ResumeOptions(steps, overrides, device, onDivergence, threads, Optional.of(value), patience);
    }

    /** The same with other patience. */
    public ResumeOptions patience(Duration value) {
        return new ResumeOptions(steps, overrides, device, onDivergence, threads, dataSource, value);
    }
}
