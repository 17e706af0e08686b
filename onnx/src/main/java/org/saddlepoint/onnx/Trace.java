package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.GraphRecorder;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.RecordedStep;
import org.saddlepoint.tensor.RecordedValue;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.TensorScope;

/**
 * A computation as it was recorded at some sizes.
 *
 * @param inputs those of the computation, then random numbers that were drawn
 * @param steps those that the output depends on
 * @param output the result
 */
record Trace(List<RecordedValue> inputs, List<RecordedStep> steps, RecordedValue output) {
    /** Computes once, of examples, and records it. */
    static Trace of(Computation computation, Map<String, Long> sizes) {
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad();
                RandomGenerator random = new RandomGenerator(0)) {
            Map<String, Tensor> examples = new LinkedHashMap<>();
            computation.ports().forEach(port -> examples.put(port.name(), port.example(random, sizes)));
            try (GraphRecorder recorder = GraphRecorder.open(computation.drawsAreInputs())) {
                List<RecordedValue> inputs = new ArrayList<>();
                examples.forEach((name, tensor) -> inputs.add(recorder.input(name, tensor)));
                RecordedValue output = recorder.value(computation.function().apply(examples));
                inputs.addAll(recorder.draws());
                return new Trace(inputs, needed(recorder.steps(), output), output);
            }
        } catch (TensorException e) {
            throw new ExportException(
                    e.getMessage() + "; leave that out of the network, or export it as safetensors", e);
        }
    }

    private static List<RecordedStep> needed(List<RecordedStep> steps, RecordedValue output) {
        Set<RecordedValue> wanted = new HashSet<>(Set.of(output));
        List<RecordedStep> needed = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            RecordedStep step = steps.get(i);
            if (wanted.contains(step.result())) {
                wanted.addAll(step.operands());
                wanted.addAll(step.options().values());
                needed.add(step);
            }
        }
        Collections.reverse(needed);
        return needed;
    }

    /** All values that are used, the same ones in the same order for computations of the same steps. */
    List<RecordedValue> values() {
        List<RecordedValue> values = new ArrayList<>(inputs);
        for (RecordedStep step : steps) {
            values.addAll(step.operands());
            step.settings().names().forEach(name -> step.option(name).ifPresent(values::add));
            values.add(step.result());
        }
        values.add(output);
        return values;
    }
}
