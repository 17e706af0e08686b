package org.saddlepoint.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The attributes of a node of a graph, by ONNX's names. */
final class Attributes {
    private final List<AttributeProto> all = new ArrayList<>();

    static Attributes none() {
        return new Attributes();
    }

    Attributes with(String name, long value) {
        return add(
                name,
                AttributeProto.AttributeType.INT,
                AttributeProto.newBuilder().setI(value));
    }

    Attributes with(String name, double value) {
        return add(
                name,
                AttributeProto.AttributeType.FLOAT,
                AttributeProto.newBuilder().setF((float) value));
    }

    Attributes with(String name, String value) {
        return add(
                name,
                AttributeProto.AttributeType.STRING,
                AttributeProto.newBuilder().setS(com.google.protobuf.ByteString.copyFromUtf8(value)));
    }

    Attributes with(String name, long[] values) {
        return add(
                name,
                AttributeProto.AttributeType.INTS,
                AttributeProto.newBuilder()
                        .addAllInts(LongStream.of(values).boxed().toList()));
    }

    private Attributes add(String name, AttributeProto.AttributeType type, AttributeProto.Builder attribute) {
        all.add(attribute.setName(name).setType(type).build());
        return this;
    }

    List<AttributeProto> all() {
        return all;
    }
}
