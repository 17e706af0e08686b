package org.saddlepoint.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RecordedStep;
import org.saddlepoint.tensor.RecordedValue;

/** A computation as an ONNX model: opset 17 and version 8 of the format, which runtimes since 2022 read. */
final class OnnxModel {
    private static final int FORMAT = 8;
    private static final int OPERATORS = 17;

    /** Messages of Protocol Buffers end here, in bytes. */
    private static final long LARGEST = Integer.MAX_VALUE;

    private OnnxModel() {}

    /**
     * The bytes of the file.
     *
     * @param metadata texts by their names, that readers may show
     * @throws ExportException if the computation cannot be written; says what of it
     */
    static byte[] of(Computation computation, Precision precision, Map<String, String> metadata) {
        TracedGraph traced = TracedGraph.of(computation);
        GraphProto.Builder graph = GraphProto.newBuilder().setName("saddlepoint");
        GraphWriter writer = new GraphWriter(graph, precision);
        for (RecordedValue input : traced.inputs()) {
            addInput(input, traced, computation, graph, writer);
        }
        for (RecordedStep step : traced.steps()) {
            writer.put(step.result(), Operators.write(new Call(step, traced, writer)));
        }
        writer.output(traced.output(), computation.output());
        graph.addOutput(info(computation.output(), traced.output().dtype(), traced.dimensions(traced.output())));
        ModelProto model = model(graph, metadata);
        requireRoom(model);
        return (precision == Precision.INT8 ? QuantizedModel.of(model, computation) : model).toByteArray();
    }

    private static void addInput(
            RecordedValue input,
            TracedGraph traced,
            Computation computation,
            GraphProto.Builder graph,
            GraphWriter writer) {
        String name = input.name();
        List<Dimension> sizes = traced.dimensions(input);
        graph.addInput(info(name, input.dtype(), sizes));
        for (int axis = 0; axis < sizes.size(); axis++) {
            for (Free free : computation.free()) {
                if (sizes.get(axis).equals(Dimension.chosen(free.name()))) {
                    writer.chosenSize(free.name(), name, axis);
                }
            }
        }
        writer.input(input, name);
    }

    private static ValueInfoProto info(String name, DType dtype, List<Dimension> sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Dimension size : sizes) {
            shape.addDim(
                    size.isConstant()
                            ? TensorShapeProto.Dimension.newBuilder().setDimValue(size.constant())
                            : TensorShapeProto.Dimension.newBuilder().setDimParam(size.toString()));
        }
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder()
                .setElemType(GraphWriter.type(dtype))
                .setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static ModelProto model(GraphProto.Builder graph, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("saddlepoint")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATORS))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    private static void requireRoom(ModelProto model) {
        long weights = model.getGraph().getInitializerList().stream()
                .mapToLong(tensor -> tensor.getRawData().size())
                .sum();
        if (weights > LARGEST - (LARGEST >> 4)) {
            throw new ExportException("the weights have " + weights
                    + " bytes, but an ONNX file holds at most 2 GB; export them as safetensors");
        }
    }
}
