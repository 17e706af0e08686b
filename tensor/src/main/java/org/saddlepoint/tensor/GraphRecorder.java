package org.saddlepoint.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records what this thread computes of some inputs, as a graph: all operations pass one door, and there it listens.
 *
 * <pre>{@code
 * try (GraphRecorder recorder = GraphRecorder.open(false)) {
 *     recorder.input("latents", z);
 *     Tensor samples = generator.forward(z, Conditioning.none());
 *     List<RecordedStep> steps = recorder.steps();
 * }
 * }</pre>
 *
 * <ul>
 *   <li>What depends on no input is a constant, unless it is an expanded one: only its numbers are kept, not how they came about. So weights that are
 *       computed, as under spectral normalization, are recorded as what they are.
 *   <li>Random numbers are constants too, or inputs, as {@link #open} is told.
 *   <li>What a graph of operations cannot hold is refused, naming the operation: numbers of a computed tensor that the program
 *       reads, changes in place, differentiation.
 *   <li>Sizes of tensors are those of the recorded call; a program may do other things for other sizes.
 * </ul>
 */
public final class GraphRecorder implements AutoCloseable {
    /** Recorded of constants too: they may be repeated as often as an input has samples. */
    private static final String EXPAND = "expand";

    private static final ThreadLocal<@Nullable GraphRecorder> CURRENT = new ThreadLocal<>();

    private final boolean drawsAreInputs;
    private final IdentityHashMap<Tensor, RecordedValue> values = new IdentityHashMap<>();
    private final IdentityHashMap<Tensor, RecordedValue> constants = new IdentityHashMap<>();
    private final List<RecordedValue> draws = new ArrayList<>();
    private final List<RecordedStep> steps = new ArrayList<>();

    private GraphRecorder(boolean drawsAreInputs) {
        this.drawsAreInputs = drawsAreInputs;
    }

    /**
     * Listens to this thread until it is closed.
     *
     * @param drawsAreInputs whether random numbers that are drawn count as inputs; otherwise they are constants
     * @throws IllegalStateException if another recorder listens to this thread
     */
    public static GraphRecorder open(boolean drawsAreInputs) {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("another recorder listens to this thread; close it first");
        }
        GraphRecorder recorder = new GraphRecorder(drawsAreInputs);
        CURRENT.set(recorder);
        return recorder;
    }

    /** From now on what is computed of this tensor is recorded. */
    public RecordedValue input(String name, Tensor tensor) {
        RecordedValue value = new RecordedValue(name, RecordedValue.Origin.INPUT, tensor, null);
        values.put(tensor, value);
        return value;
    }

    /** What was recorded of a tensor; one that depends on no input is a constant. */
    public RecordedValue value(Tensor tensor) {
        RecordedValue known = values.get(tensor);
        return known != null ? known : constants.computeIfAbsent(tensor, this::constant);
    }

    /** All operations on what depends on inputs, in the order in which they were done. */
    public List<RecordedStep> steps() {
        return List.copyOf(steps);
    }

    /** Random numbers that count as inputs, in the order in which they were drawn. */
    public List<RecordedValue> draws() {
        return List.copyOf(draws);
    }

    private RecordedValue constant(Tensor tensor) {
        return new RecordedValue(
                "constant_" + constants.size(), RecordedValue.Origin.CONSTANT, tensor, tensor.toByteArray());
    }

    private void record(String operation, Settings settings, NativeTensor[] operands, Tensor result) {
        Map<String, Tensor> options = new LinkedHashMap<>();
        settings.all().forEach((name, value) -> {
            if (value instanceof Tensor tensor) {
                options.put(name, tensor);
            }
        });
        if (!operation.equals(EXPAND)
                && !isComputed(operands)
                && options.values().stream().noneMatch(values::containsKey)) {
            return;
        }
        List<RecordedValue> given = new ArrayList<>();
        for (NativeTensor operand : operands) {
            given.add(value((Tensor) operand));
        }
        Map<String, RecordedValue> optional = new LinkedHashMap<>();
        options.forEach((name, tensor) -> optional.put(name, value(tensor)));
        RecordedValue made =
                new RecordedValue(operation + "_" + steps.size(), RecordedValue.Origin.RESULT, result, null);
        values.put(result, made);
        steps.add(new RecordedStep(operation, settings, given, optional, made));
    }

    private boolean isComputed(NativeTensor... tensors) {
        for (NativeTensor tensor : tensors) {
            if (values.containsKey(tensor)) {
                return true;
            }
        }
        return false;
    }

    /** Tells the recorder of this thread, if there is one, of an operation. */
    static void made(String operation, Settings settings, NativeTensor[] operands, Tensor result) {
        GraphRecorder recorder = CURRENT.get();
        if (recorder != null) {
            recorder.record(operation, settings, operands, result);
        }
    }

    /** Tells it that a tensor holds numbers that were just drawn. */
    static void drawn(String distribution, Tensor numbers) {
        GraphRecorder recorder = CURRENT.get();
        if (recorder != null && recorder.drawsAreInputs) {
            String name = distribution + "_noise_" + recorder.draws.size();
            RecordedValue draw = new RecordedValue(name, RecordedValue.Origin.DRAW, numbers, numbers.toByteArray());
            recorder.values.put(numbers, draw);
            recorder.draws.add(draw);
        }
    }

    /**
     * Refuses what no graph of operations can hold.
     *
     * @throws TensorException if one of the tensors depends on an input of a recording
     */
    static void refuse(String operation, String what, NativeTensor... tensors) {
        GraphRecorder recorder = CURRENT.get();
        if (recorder != null && recorder.isComputed(tensors)) {
            throw new TensorException("a computation that is recorded as a graph cannot " + what + ": " + operation);
        }
    }

    /**
     * Refuses that numbers of a computed tensor are read. Those of inputs may be: it is how they are checked.
     *
     * @throws TensorException if the tensor is computed of an input of a recording
     */
    static void refuseReading(String operation, NativeTensor tensor) {
        GraphRecorder recorder = CURRENT.get();
        RecordedValue value = recorder == null ? null : recorder.values.get(tensor);
        if (value != null && value.origin() == RecordedValue.Origin.RESULT) {
            throw new TensorException(
                    "a computation that is recorded as a graph cannot depend on numbers that it reads: " + operation
                            + " of " + value);
        }
    }

    /** Stops listening; closing twice does nothing. */
    @Override
    public void close() {
        if (CURRENT.get() == this) {
            CURRENT.remove();
        }
    }
}
