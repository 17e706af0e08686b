package org.saddlepoint.nn;

import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;

/** What training needs of a network, whatever it computes: its weights, its saved state and its mode. */
public interface Network extends AutoCloseable {
    /** All weights by full name, in the order of registration. */
    Map<String, Parameter> parameters();

    /** All modules below this one by full name, outer before inner. */
    Map<String, Module> modules();

    /** Everything that is saved, weights and buffers, by PyTorch's names; the live tensors, not copies. */
    Map<String, Tensor> stateDict();

    /**
     * Overwrites weights and buffers with these values.
     *
     * @throws IllegalArgumentException if a name is missing or unknown or a shape differs; nothing was changed then
     */
    void loadStateDict(Map<String, Tensor> values);

    /** Sets training or use, for layers that differ between the two, such as batch normalization. */
    void train(boolean on);

    /** Moves weights and buffers to a device. */
    void to(Device device);

    /** Converts weights and floating-point buffers to a type. */
    void to(DType dtype);

    /** The tensors of {@link #parameters}, in the same order: what gradients are taken with respect to. */
    default List<Tensor> weights() {
        return parameters().values().stream().map(Parameter::tensor).toList();
    }

    /** How many numbers are trained. */
    default long parameterCount() {
        return weights().stream().mapToLong(weight -> weight.shape().elements()).sum();
    }

    /** Frees the weights and buffers. */
    @Override
    void close();
}
