package org.saddlepoint.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Between which numbers tensors inside a model lie: ONNX Runtime runs it with the least and the largest of each as outputs. */
final class Calibration {
    /** How many latents are seen. */
    static final int LATENTS = 256;

    /** How many pictures: each has more to see. */
    static final int PICTURES = 64;

    private static final long LATENTS_AT_ONCE = 16;

    /** Of examples: others than those that models are compared on. */
    private static final long SEED = 1_000_003;

    private static final String LEAST = "/least";
    private static final String MOST = "/most";

    private Calibration() {}

    /**
     * Ranges by the names of tensors.
     *
     * @param model in float32
     * @param computation that it was made of, for examples
     * @param tensors in the model
     */
    static Map<String, Range> ranges(ModelProto model, Computation computation, Set<String> tensors) {
        Map<String, Range> ranges = new HashMap<>();
        try (RuntimeModel observed = RuntimeModel.of(observed(model, tensors).toByteArray());
                RandomGenerator random = new RandomGenerator(SEED)) {
            Map<String, Long> sizes = new HashMap<>();
            computation.free().forEach(free -> sizes.put(free.name(), free.start()));
            boolean ofLatents = computation.free().equals(List.of(Free.BATCH));
            sizes.replace(Free.BATCH.name(), ofLatents ? LATENTS_AT_ONCE : 1);
            for (long done = 0; done < (ofLatents ? LATENTS : PICTURES); done += ofLatents ? LATENTS_AT_ONCE : 1) {
                try (TensorScope scope = TensorScope.open();
                        Autograd.Recording off = Autograd.noGrad()) {
                    Map<String, Tensor> found =
                            observed.run(Example.of(computation, sizes, random).inputs());
                    for (String name : tensors) {
                        ranges.merge(
                                name, new Range(number(found, name + LEAST), number(found, name + MOST)), Range::and);
                    }
                }
            }
        }
        return ranges;
    }

    private static double number(Map<String, Tensor> outputs, String name) {
        Tensor found = outputs.get(name);
        if (found == null) {
            throw new IllegalStateException("ONNX Runtime made no " + name);
        }
        return found.item();
    }

    private static ModelProto observed(ModelProto model, Set<String> tensors) {
        GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
        Map<String, String> extremes = new LinkedHashMap<>(Map.of(LEAST, "ReduceMin", MOST, "ReduceMax"));
        for (String tensor : tensors) {
            extremes.forEach((suffix, type) -> {
                graph.addNode(Nodes.of(
                        type,
                        tensor + suffix,
                        List.of(tensor),
                        Attributes.none().with("keepdims", 0)));
                graph.addOutput(scalar(tensor + suffix));
            });
        }
        return model.toBuilder().setGraph(graph).build();
    }

    private static ValueInfoProto scalar(String name) {
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(ai.onnx.proto.OnnxMl.TensorShapeProto.getDefaultInstance());
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
