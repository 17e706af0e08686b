package org.saddlepoint.tensor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operation of a recorded computation.
 *
 * @param operation its name, that of the method of {@link Tensor}, {@link Tensors} or {@link Functional}
 * @param settings numbers, axes and switches
 * @param operands the tensors that it always has
 * @param options the tensors that it may have, by the names of settings
 * @param result what it made
 * @see GraphRecorder
 */
public record RecordedStep(
        String operation,
        Settings settings,
        List<RecordedValue> operands,
        Map<String, RecordedValue> options,
        RecordedValue result) {
    public RecordedStep {
        operands = List.copyOf(operands);
        options = Map.copyOf(options);
    }

    /** A tensor that may be absent. */
    public Optional<RecordedValue> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
