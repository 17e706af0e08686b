package org.saddlepoint.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.Ranks;

/**
 * A node of the tree of networks: owns parameters, buffers (state that is saved but not trained) and child modules, each
 * under a name. Full names join the path with dots, as in PyTorch.
 *
 * <p>Parameters and buffers belong to the module and live until it is closed.
 */
public abstract class NeuralModule implements Network {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Retained> buffers = new LinkedHashMap<>();
    private final Map<String, NeuralModule> children = new LinkedHashMap<>();
    private final Map<String, NeuralModule> attached = new LinkedHashMap<>();
    private boolean training = true;

    /** Registers a weight with a copy of these initial values. */
    protected final Parameter parameter(String name, Tensor initial) {
        Parameter parameter = new Parameter(initial);
        parameters.put(name, parameter);
        return parameter;
    }

    /** Registers state that is saved but not trained; read it again through {@link #buffer(String)}. */
    protected final void buffer(String name, Tensor initial) {
        buffers.put(name, Retained.copyOf(initial));
    }

    /** Removes a weight from the module and frees it. */
    protected final void remove(String name) {
        Parameter removed = parameters.remove(name);
        if (removed == null) {
            throw new IllegalArgumentException("there is no parameter " + name + "; there are " + parameters.keySet());
        }
        removed.close();
    }

    /** The buffer of this name. */
    protected final Tensor buffer(String name) {
        Retained buffer = buffers.get(name);
        if (buffer == null) {
            throw new IllegalArgumentException("there is no buffer " + name + "; there are " + buffers.keySet());
        }
        return buffer.tensor();
    }

    /** Registers the modules of a child and returns it. */
    protected final <N extends Network> N child(String name, N network) {
        children.put(name, network.module());
        return network;
    }

    /**
     * Adds a module that is trained, saved and closed with this one but does not take part in what it computes, such as decoders of a
     * discriminator's maps: it is none of the {@link #modules}.
     */
    public final void attach(String name, NeuralModule module) {
        attached.put(name, module);
    }

    /** The modules that were {@linkplain #attach attached} to this one, by name. */
    public final Map<String, NeuralModule> attached() {
        return Collections.unmodifiableMap(attached);
    }

    /** How far this module itself, without those below it, lets the examples of a batch depend on each other in training. */
    public Coupling ownCoupling() {
        return Coupling.NONE;
    }

    /** From now on trains as one of several processes that share each batch, for layers that compute statistics of it. */
    public void join(Ranks ranks) {}

    /** Lets this module and all below it, attached ones included, {@link #join}. */
    public final void joinAll(Ranks ranks) {
        visit("", (prefix, module) -> module.join(ranks));
    }

    @Override
    public final NeuralModule module() {
        return this;
    }

    @Override
    public final Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        visit("", (prefix, module) -> module.parameters.forEach((name, value) -> all.put(prefix + name, value)));
        return all;
    }

    /** The tensors of all buffers by full name. */
    public final Map<String, Tensor> buffers() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        visit("", (prefix, module) -> module.buffers.forEach((name, value) -> all.put(prefix + name, value.tensor())));
        return all;
    }

    @Override
    public final Map<String, NeuralModule> modules() {
        Map<String, NeuralModule> all = new LinkedHashMap<>();
        children.forEach((name, child) -> {
            all.put(name, child);
            child.modules().forEach((below, module) -> all.put(name + "." + below, module));
        });
        return all;
    }

    @Override
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        visit("", (prefix, module) -> {
            module.parameters.forEach((name, value) -> state.put(prefix + name, value.tensor()));
            module.buffers.forEach((name, value) -> state.put(prefix + name, value.tensor()));
        });
        return state;
    }

    @Override
    public final void loadStateDict(Map<String, Tensor> values) {
        Map<String, Tensor> state = stateDict();
        TreeSet<String> missing = new TreeSet<>(state.keySet());
        missing.removeAll(values.keySet());
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(state.keySet());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("the state does not fit this network: missing " + missing + ", unknown "
                    + unknown + "; build the network with the settings it was saved with");
        }
        state.forEach((name, tensor) -> {
            Tensor value = values.get(name);
            if (value == null || !tensor.shape().equals(value.shape())) {
                throw new IllegalArgumentException(name + ": expected shape " + tensor.shape() + " but was "
                        + (value == null ? "absent" : value.shape()));
            }
        });
        state.forEach((name, tensor) -> tensor.assign(values.getOrDefault(name, tensor)));
    }

    /** Whether layers that differ between training and use, such as batch normalization, are in training. */
    public final boolean isTraining() {
        return training;
    }

    @Override
    public final void train(boolean on) {
        visit("", (prefix, module) -> module.training = on);
    }

    @Override
    public final void to(Device device) {
        convert(tensor -> tensor.to(device));
    }

    @Override
    public final void to(DType dtype) {
        convert(tensor -> tensor.dtype().isFloatingPoint() ? tensor.to(dtype) : tensor);
    }

    private void convert(UnaryOperator<Tensor> conversion) {
        try (TensorScope scope = TensorScope.open()) {
            visit("", (prefix, module) -> {
                module.parameters
                        .values()
                        .forEach(parameter -> parameter.replace(conversion.apply(parameter.tensor())));
                module.buffers.replaceAll((name, buffer) -> {
                    Retained converted = Retained.copyOf(conversion.apply(buffer.tensor()));
                    buffer.close();
                    return converted;
                });
            });
        }
    }

    private interface Visitor {
        void visit(String prefix, NeuralModule module);
    }

    private void visit(String prefix, Visitor visitor) {
        visitor.visit(prefix, this);
        children.forEach((name, child) -> child.visit(prefix + name + ".", visitor));
        attached.forEach((name, module) -> module.visit(prefix + name + ".", visitor));
    }

    /** Frees the weights and buffers of this module and those below. */
    @Override
    public final void close() {
        visit("", (prefix, module) -> {
            module.parameters.values().forEach(Parameter::close);
            module.buffers.values().forEach(Retained::close);
        });
    }
}
