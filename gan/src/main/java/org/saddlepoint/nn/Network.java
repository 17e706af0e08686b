package org.saddlepoint.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;

/**
 * A network as training sees it, whatever it computes: its weights, its saved state and its mode. All of it is in the
 * tree of modules below {@link #module}; a network of one's own provides that tree and the computation.
 */
public interface Network extends AutoCloseable {
    /** The root of the network's modules, which own its weights and buffers. */
    NeuralModule module();

    /** All weights by full name, in the order of registration. */
    default Map<String, Parameter> parameters() {
        return module().parameters();
    }

    /** All modules below the root by full name, outer before inner. */
    default Map<String, NeuralModule> modules() {
        return module().modules();
    }

    /** The {@link #modules} of one kind, such as the layers with a weight. */
    default <T> Map<String, T> modules(Class<T> kind) {
        Map<String, T> found = new LinkedHashMap<>();
        modules().forEach((name, module) -> {
            if (kind.isInstance(module)) {
                found.put(name, kind.cast(module));
            }
        });
        return found;
    }

    /** Everything that is saved, weights and buffers, by PyTorch's names; the live tensors, not copies. */
    default Map<String, Tensor> stateDict() {
        return module().stateDict();
    }

    /**
     * Overwrites weights and buffers with these values.
     *
     * @throws IllegalArgumentException if a name is missing or unknown or a shape differs; nothing was changed then
     */
    default void loadStateDict(Map<String, Tensor> values) {
        module().loadStateDict(values);
    }

    /** Sets training or use, for layers that differ between the two, such as batch normalization. */
    default void train(boolean on) {
        module().train(on);
    }

    /** Moves weights and buffers to a device. */
    default void to(Device device) {
        module().to(device);
    }

    /** Converts weights and floating-point buffers to a type. */
    default void to(DType dtype) {
        module().to(dtype);
    }

    /** The tensors of {@link #parameters}, in the same order: what gradients are taken with respect to. */
    default List<Tensor> weights() {
        return parameters().values().stream().map(Parameter::tensor).toList();
    }

    /** How many numbers are trained. */
    default long parameterCount() {
        return weights().stream().mapToLong(weight -> weight.shape().elements()).sum();
    }

    /**
     * How far the output for an example depends on the other examples of its batch: the strongest coupling of the layers.
     */
    default Coupling coupling() {
        return modules().values().stream().map(NeuralModule::ownCoupling).reduce(module().ownCoupling(), Coupling::or);
    }

    /** Frees the weights and buffers. */
    @Override
    default void close() {
        module().close();
    }
}
