package org.saddlepoint.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RecordedValue;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Collects nodes and constants of an ONNX graph. Nodes are called by what they make: each has one output. */
final class GraphWriter {
    /** Nodes whose arithmetic stays float32: they square, sum, or leave the range of half precision. */
    private static final Set<String> PRECISE = Set.of(
            "Pow",
            "Sqrt",
            "Reciprocal",
            "Exp",
            "Log",
            "Softplus",
            "LogSoftmax",
            "ReduceSum",
            "ReduceMean",
            "ReduceL2",
            "ReduceLogSumExp",
            "InstanceNormalization",
            "BatchNormalization",
            "LayerNormalization");

    /** Nodes whose output is of another type than what goes in. */
    private static final Set<String> OTHER_TYPE = Set.of(
            "Cast", "Shape", "ConstantOfShape", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal", "ArgMax");

    private final GraphProto.Builder graph;
    private final Precision precision;
    private final Map<RecordedValue, String> names = new HashMap<>();
    private final Map<String, String> chosenSizes = new HashMap<>();
    private final Set<String> half = new HashSet<>();
    private final Set<String> used = new HashSet<>();

    GraphWriter(GraphProto.Builder graph, Precision precision) {
        this.graph = graph;
        this.precision = precision;
    }

    /** ONNX's number of a type. */
    static int type(DType dtype) {
        TensorProto.DataType type =
                switch (dtype) {
                    case FLOAT32 -> TensorProto.DataType.FLOAT;
                    case FLOAT64 -> TensorProto.DataType.DOUBLE;
                    case FLOAT16 -> TensorProto.DataType.FLOAT16;
                    case BFLOAT16 -> TensorProto.DataType.BFLOAT16;
                    case INT64 -> TensorProto.DataType.INT64;
                    case UINT8 -> TensorProto.DataType.UINT8;
                    case BOOL -> TensorProto.DataType.BOOL;
                };
        return type.getNumber();
    }

    /** Whether a value of this type is held in half precision. */
    private boolean halved(DType dtype) {
        return precision == Precision.FLOAT16 && dtype == DType.FLOAT32;
    }

    /** An input of the graph, as its nodes see it. */
    void input(RecordedValue value, String name) {
        used.add(name);
        names.put(value, halved(value.dtype()) ? cast(name, DType.FLOAT16) : name);
    }

    /** Where a node's output stands for a value. */
    void put(RecordedValue value, String name) {
        names.put(value, name);
    }

    /** The name of a value; constants are written when they are first asked for. */
    String name(RecordedValue value) {
        String known = names.get(value);
        if (known != null) {
            return known;
        }
        String name = constant(value.name(), value.dtype(), value.shape().toArray(), value.bytes());
        names.put(value, name);
        return name;
    }

    /** A constant of one number or some, of a type. */
    String numbers(DType dtype, long[] shape, double... values) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor tensor = Tensors.of(values, shape).to(dtype);
            return constant("number", dtype, shape, tensor.toByteArray());
        }
    }

    /** A constant vector of float32 whatever the precision, as nodes ask for that tell how to resize. */
    String plain(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.nativeOrder());
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        return stored("factors", DType.FLOAT32, new long[] {values.length}, bytes.array());
    }

    /** A constant vector of whole numbers. */
    String integers(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.nativeOrder());
        bytes.asLongBuffer().put(values);
        return constant("integers", DType.INT64, new long[] {values.length}, bytes.array());
    }

    private String constant(String wish, DType dtype, long[] shape, byte[] bytes) {
        if (!halved(dtype)) {
            return stored(wish, dtype, shape, bytes);
        }
        String name = stored(wish, DType.FLOAT16, shape, halves(bytes, shape));
        half.add(name);
        return name;
    }

    private String stored(String wish, DType dtype, long[] shape, byte[] bytes) {
        String name = unused(wish);
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type(dtype)).setRawData(ByteString.copyFrom(bytes));
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** @throws ExportException if a number is beyond the range of half precision */
    private static byte[] halves(byte[] bytes, long[] shape) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor full = Tensors.ofBytes(DType.FLOAT32, bytes, shape);
            Tensor halves = full.to(DType.FLOAT16);
            if (full.countNonFinite() != halves.countNonFinite()) {
                throw new ExportException("a weight of shape " + full.shape()
                        + " is beyond the range of half precision, ±65504; export with --precision float32");
            }
            return halves.toByteArray();
        }
    }

    /** A node with these inputs, "" for one that is left out; the name of its output. */
    String node(String type, List<String> inputs, Attributes attributes) {
        boolean lowered = inputs.stream().anyMatch(half::contains);
        if (lowered && PRECISE.contains(type)) {
            List<String> full = inputs.stream()
                    .map(input -> half.contains(input) ? cast(input, DType.FLOAT32) : input)
                    .toList();
            return cast(append(type, full, attributes), DType.FLOAT16);
        }
        String output = append(type, inputs, attributes);
        if (lowered && !OTHER_TYPE.contains(type)) {
            half.add(output);
        }
        return output;
    }

    String node(String type, List<String> inputs) {
        return node(type, inputs, Attributes.none());
    }

    private String append(String type, List<String> inputs, Attributes attributes) {
        String output = unused(type);
        graph.addNode(Nodes.of(type, output, inputs, attributes));
        return output;
    }

    /** A value in a type; what is float32 in the computation is half precision in a graph of that. */
    String cast(String input, DType dtype) {
        String output = append("Cast", List.of(input), Attributes.none().with("to", type(dtype)));
        if (dtype == DType.FLOAT16) {
            half.add(output);
        }
        return output;
    }

    /** As {@link #cast}, to the type in which this graph holds such values. */
    String castInside(String input, DType dtype) {
        return cast(input, halved(dtype) ? DType.FLOAT16 : dtype);
    }

    /** The output of the graph, under this name and in the type of the computation. */
    void output(RecordedValue value, String name) {
        String last = name(value);
        String full = half.contains(last) ? cast(last, value.dtype()) : last;
        used.add(name);
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType("Identity")
                .addInput(full)
                .addOutput(name));
    }

    /** Says that an axis of an input has a size that callers choose. */
    void chosenSize(String size, String input, int axis) {
        chosenSizes.computeIfAbsent(
                size,
                unknown -> node(
                        "Shape",
                        List.of(input),
                        Attributes.none().with("start", axis).with("end", axis + 1L)));
    }

    /** A vector of sizes, computed where callers choose some of them. */
    String sizes(List<Dimension> dimensions) {
        if (dimensions.stream().allMatch(Dimension::isConstant)) {
            return integers(dimensions.stream().mapToLong(Dimension::constant).toArray());
        }
        List<String> parts = new ArrayList<>();
        dimensions.forEach(dimension -> parts.add(size(dimension)));
        return node("Concat", parts, Attributes.none().with("axis", 0));
    }

    private String size(Dimension dimension) {
        String sum = "";
        for (Map.Entry<String, Dimension.Share> term : dimension.terms().entrySet()) {
            String chosen = chosenSizes.getOrDefault(term.getKey(), "");
            long numerator = term.getValue().numerator();
            long denominator = term.getValue().denominator();
            String more = numerator == 1 ? chosen : node("Mul", List.of(chosen, integers(numerator)));
            more = denominator == 1 ? more : node("Div", List.of(more, integers(denominator)));
            sum = sum.isEmpty() ? more : node("Add", List.of(sum, more));
        }
        if (sum.isEmpty()) {
            return integers(dimension.constant());
        }
        return dimension.constant() == 0 ? sum : node("Add", List.of(sum, integers(dimension.constant())));
    }

    private String unused(String wish) {
        String name = wish;
        for (int number = 2; !used.add(name); number++) {
            name = wish + "_" + number;
        }
        return name;
    }
}
