package org.saddlepoint.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model with weights of 8 bits, in the form in which the format says so: {@code QuantizeLinear} and {@code DequantizeLinear} around
 * what is to be computed in whole numbers, which runtimes put together. Convolutions are; their weights keep to 7 bits, since some
 * processors add pairs of products in 16. ONNX Runtime has no such kernel for transposed convolutions, and products are few: of these
 * the weights alone have 8 bits.
 */
final class QuantizedModel {
    private static final int LEVELS_OF_CONVOLUTIONS = 64;
    private static final int LEVELS = 127;

    /** Biases are whole numbers of 32 bits; half of that is left for the sum. */
    private static final double LARGEST_BIAS = 1 << 30;

    private static final int WEIGHTS = 1;
    private static final int BIAS = 2;

    /** Which axis of the weights are the output channels, by types of nodes. */
    private static final Map<String, Integer> AXES = Map.of("Conv", 0, "ConvTranspose", 1, "Gemm", 0, "MatMul", 1);

    private final GraphProto graph;
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final Map<String, List<NodeProto>> users = new HashMap<>();
    private final Map<NodeProto, String> ends = new LinkedHashMap<>();
    private final Map<String, Range> ranges;

    private final GraphProto.Builder out;
    private final Set<String> stored = new HashSet<>();
    private final Map<String, String> rounded = new HashMap<>();
    private final Map<String, String> roundedForConvolutions = new HashMap<>();

    private QuantizedModel(ModelProto model, Computation computation) {
        this.graph = model.getGraph();
        this.out = graph.toBuilder().clearNode().clearInitializer();
        graph.getInitializerList().forEach(constant -> constants.put(constant.getName(), constant));
        for (NodeProto node : graph.getNodeList()) {
            node.getInputList().forEach(input -> users.computeIfAbsent(input, unknown -> new ArrayList<>())
                    .add(node));
        }
        Set<String> seen = new LinkedHashSet<>();
        graph.getNodeList().stream().filter(this::computesInWholeNumbers).forEach(node -> {
            ends.put(node, end(node));
            seen.add(node.getInput(0));
            seen.add(end(node));
        });
        this.ranges = seen.isEmpty() ? Map.of() : Calibration.ranges(model, computation, seen);
    }

    /**
     * Of a model in float32.
     *
     * @param computation that it was made of
     * @throws ExportException if it has no weights that can be stored so
     */
    static ModelProto of(ModelProto model, Computation computation) {
        return model.toBuilder()
                .setGraph(new QuantizedModel(model, computation).write())
                .build();
    }

    private boolean computesInWholeNumbers(NodeProto node) {
        return node.getOpType().equals("Conv")
                && hasWeights(node)
                && (node.getInputCount() == BIAS || constants.containsKey(node.getInput(BIAS)));
    }

    private boolean hasWeights(NodeProto node) {
        int axis = AXES.getOrDefault(node.getOpType(), Integer.MAX_VALUE);
        return axis < Integer.MAX_VALUE
                && constants.containsKey(node.getInput(WEIGHTS))
                && axis < constant(node, WEIGHTS).getDimsCount();
    }

    /** Where a convolution's result is rounded: behind a ReLU if nothing else uses it, which costs nothing then. */
    private String end(NodeProto convolution) {
        List<NodeProto> next = users.getOrDefault(convolution.getOutput(0), List.of());
        return next.size() == 1 && next.get(0).getOpType().equals("Relu")
                ? next.get(0).getOutput(0)
                : convolution.getOutput(0);
    }

    private GraphProto write() {
        if (graph.getNodeList().stream().noneMatch(this::hasWeights)) {
            throw new ExportException("the network has no convolution and no product with weights of its own, so that"
                    + " nothing of it can be stored in 8 bits; export with --precision float32");
        }
        for (NodeProto node : graph.getNodeList()) {
            List<String> inputs = new ArrayList<>();
            node.getInputList().forEach(input -> inputs.add(rounded.getOrDefault(input, input)));
            if (ends.containsKey(node)) {
                lowerConvolution(node, inputs);
            } else if (hasWeights(node)) {
                TensorProto weights = constant(node, WEIGHTS);
                int axis = AXES.getOrDefault(node.getOpType(), 0);
                float[] least = new float[Math.toIntExact(weights.getDims(axis))];
                inputs.set(WEIGHTS, weights(node, QuantizedTensor.of(weights, axis, LEVELS, least)));
            }
            out.addNode(node.toBuilder().clearInput().addAllInput(inputs));
            String made = node.getOutput(0);
            if (ends.containsValue(made)) {
                rounded.put(made, round(made));
            }
        }
        Set<String> used = new HashSet<>();
        out.getNodeList().forEach(node -> used.addAll(node.getInputList()));
        graph.getInitializerList().stream()
                .filter(constant -> used.contains(constant.getName()))
                .forEach(out::addInitializer);
        return out.build();
    }

    /** A channel of small weights and a large bias gets a scale at which the bias still is a whole number. */
    private void lowerConvolution(NodeProto node, List<String> inputs) {
        float scale = range(node.getInput(0)).scale();
        boolean biased = node.getInputCount() > BIAS;
        float[] bias = biased ? QuantizedTensor.floats(constant(node, BIAS)) : new float[0];
        float[] least = new float[Math.toIntExact(constant(node, WEIGHTS).getDims(0))];
        for (int channel = 0; channel < bias.length; channel++) {
            least[channel] = (float) (Math.abs(bias[channel]) / LARGEST_BIAS / scale);
        }
        QuantizedTensor weights = QuantizedTensor.of(constant(node, WEIGHTS), 0, LEVELS_OF_CONVOLUTIONS, least);
        inputs.set(0, roundedForConvolution(node.getInput(0)));
        inputs.set(WEIGHTS, weights(node, weights));
        if (biased) {
            inputs.set(BIAS, bias(node, bias, weights, scale));
        }
    }

    /** What others use as it is, a convolution sees rounded. */
    private String roundedForConvolution(String tensor) {
        String known = rounded.get(tensor);
        return known != null ? known : roundedForConvolutions.computeIfAbsent(tensor, this::round);
    }

    /** A tensor, rounded to 8 bits and back. */
    private String round(String tensor) {
        Range range = range(tensor);
        String scale = floats(tensor + "/scale", new long[0], range.scale());
        String zero =
                store(tensor + "/zero", TensorProto.DataType.UINT8, new long[0], new byte[] {(byte) range.zero()});
        String levels = node("QuantizeLinear", tensor + "/levels", List.of(tensor, scale, zero), Attributes.none());
        return node("DequantizeLinear", tensor + "/rounded", List.of(levels, scale, zero), Attributes.none());
    }

    private Range range(String tensor) {
        Range range = ranges.get(tensor);
        if (range == null) {
            throw new IllegalStateException("the range of " + tensor + " was not looked at");
        }
        return range;
    }

    private String weights(NodeProto node, QuantizedTensor weights) {
        String name = node.getName() + "/weight";
        long[] channels = {weights.scales().length};
        String numbers = store(name + "/levels", TensorProto.DataType.INT8, weights.shape(), weights.numbers());
        String scale = floats(name + "/scale", channels, weights.scales());
        String zero = store(name + "/zero", TensorProto.DataType.INT8, channels, new byte[weights.scales().length]);
        return node(
                "DequantizeLinear",
                name,
                List.of(numbers, scale, zero),
                Attributes.none().with("axis", weights.axis()));
    }

    /** In units of the products that it is added to. */
    private String bias(NodeProto node, float[] bias, QuantizedTensor weights, float scale) {
        String name = node.getName() + "/bias";
        float[] scales = new float[bias.length];
        ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * bias.length).order(ByteOrder.nativeOrder());
        for (int channel = 0; channel < bias.length; channel++) {
            scales[channel] = scale * weights.scales()[channel];
            numbers.putInt((int) Math.rint(bias[channel] / (double) scales[channel]));
        }
        long[] channels = {bias.length};
        return node(
                "DequantizeLinear",
                name,
                List.of(
                        store(name + "/levels", TensorProto.DataType.INT32, channels, numbers.array()),
                        floats(name + "/scale", channels, scales)),
                Attributes.none().with("axis", 0));
    }

    private TensorProto constant(NodeProto node, int input) {
        TensorProto constant = constants.get(node.getInput(input));
        if (constant == null) {
            throw new IllegalStateException(node.getInput(input) + " is no constant");
        }
        return constant;
    }

    private String node(String type, String output, List<String> inputs, Attributes attributes) {
        out.addNode(Nodes.of(type, output, inputs, attributes));
        return output;
    }

    private String floats(String name, long[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        return store(name, TensorProto.DataType.FLOAT, shape, bytes.array());
    }

    private String store(String name, TensorProto.DataType type, long[] shape, byte[] bytes) {
        if (stored.add(name)) {
            TensorProto.Builder tensor = TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(type.getNumber())
                    .setRawData(ByteString.copyFrom(bytes));
            for (long size : shape) {
                tensor.addDims(size);
            }
            out.addInitializer(tensor);
        }
        return name;
    }
}
