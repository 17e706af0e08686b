package org.saddlepoint.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.GraphRecorder;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.RecordedValue;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * What goes into a model and what comes out of the computation that it was made of, both in the scope in which it was computed.
 *
 * @param inputs by their names; random numbers that the computation drew are among them where they are inputs of the model
 * @param output of the computation
 */
record Example(Map<String, Tensor> inputs, Tensor output) {
    /**
     * Draws inputs of these sizes and computes the output.
     *
     * @param sizes those that callers choose
     */
    static Example of(Computation computation, Map<String, Long> sizes, RandomGenerator random) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        computation.ports().forEach(port -> inputs.put(port.name(), port.example(random, sizes)));
        return of(computation, inputs);
    }

    /** Computes the output of these inputs, one for each port of the computation. */
    static Example of(Computation computation, Map<String, Tensor> inputs) {
        if (!computation.drawsAreInputs()) {
            return new Example(inputs, computation.function().apply(inputs));
        }
        List<RecordedValue> draws;
        Tensor output;
        try (GraphRecorder recorder = GraphRecorder.open(true)) {
            output = computation.function().apply(inputs);
            draws = recorder.draws();
        }
        Map<String, Tensor> all = new LinkedHashMap<>(inputs);
        draws.forEach(draw -> all.put(
                draw.name(),
                Tensors.ofBytes(draw.dtype(), draw.bytes(), draw.shape().toArray())));
        return new Example(all, output);
    }
}
