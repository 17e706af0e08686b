package org.saddlepoint.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/** Nodes of graphs, each with one output, whose name is the node's too. */
final class Nodes {
    private Nodes() {}

    /**
     * One node.
     *
     * @param type of the operation, as the format names it
     * @param output name of its output
     * @param inputs names of its inputs
     */
    static NodeProto of(String type, String output, List<String> inputs, Attributes attributes) {
        return NodeProto.newBuilder()
                .setName(output)
                .setOpType(type)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(attributes.all())
                .build();
    }
}
