package org.saddlepoint.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.tensor.distributed.Ranks;

/**
 * Numbers that must be kept from one update to the next and saved with a checkpoint, by name: an adaptive probability, the
 * running mean of path lengths. Whatever computes them is itself stateless.
 */
public final class Memory implements AutoCloseable {
    private final Map<String, Retained> numbers = new LinkedHashMap<>();
    private Ranks ranks = Ranks.ALONE;

    /** From now on several processes keep the same numbers, each from its own part of a batch. */
    void join(Ranks others) {
        ranks = others;
    }

    /**
     * The mean over the whole batch of what was measured on this process's part of it. Numbers that are kept are made of such
     * means, so that all processes keep the same.
     */
    public double meanOverBatch(double own) {
        return ranks.mean("what is kept between updates", own);
    }

    /** How many examples the whole batch has where this process's part of it has so many. */
    public double examplesOfBatch(long own) {
        return ranks.ofAll(Math.toIntExact(own));
    }

    /** The number of this name, or this initial value if none was set. */
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

    /** Replaces all numbers by saved ones. */
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
