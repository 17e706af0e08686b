package org.saddlepoint.onnx;

import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.Tensor;

/**
 * What becomes a model: a function of tensors.
 *
 * @param ports its inputs
 * @param free sizes that callers choose
 * @param output what its result is called
 * @param drawsAreInputs whether random numbers that it draws become inputs; otherwise they are constants of the model
 * @param function the result, in the current scope, of tensors by the names of the inputs
 */
record Computation(List<Port> ports, List<Free> free, String output, boolean drawsAreInputs, Function function) {
    /** What is computed. */
    @FunctionalInterface
    interface Function {
        Tensor apply(Map<String, Tensor> inputs);
    }

    Computation {
        ports = List.copyOf(ports);
        free = List.copyOf(free);
    }
}
