package org.saddlepoint.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Numbers that must be kept from one update to the next and saved with a checkpoint, by name: an adaptive probability, the
 * running mean of path lengths. What computes them has no state of its own.
 */
public final class Memory implements AutoCloseable {
    private final Map<String, Retained> numbers = new LinkedHashMap<>();

    /** The number of this name, or what it begins with where none was set. */
    public double get(String name, double beginning) {
        Retained number = numbers.get(name);
        return number == null ? beginning : number.tensor().item();
    }

    /** Keeps a number under a name. */
    public void set(String name, double value) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor scalar = Tensors.full(value, DType.FLOAT64);
            Retained number = numbers.get(name);
            if (number == null) {
                numbers.put(name, Retained.copyOf(scalar));
            } else {
                number.tensor().assign(scalar);
            }
        }
    }

    /** What is saved: the live tensors, float64 scalars. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        numbers.forEach((name, number) -> state.put(name, number.tensor()));
        return state;
    }

    /** Goes on with saved numbers, and no others. */
    public void load(Map<String, Tensor> state) {
        close();
        state.forEach((name, number) -> numbers.put(name, Retained.copyOf(number)));
    }

    /** Forgets all numbers. */
    @Override
    public void close() {
        numbers.values().forEach(Retained::close);
        numbers.clear();
    }
}
