package org.saddlepoint.onnx;

import java.util.List;
import java.util.Map;
import org.saddlepoint.onnx.Operators.Operator;
import org.saddlepoint.tensor.DType;

/** Normalizations; those of batches have the statistics of training as constants. */
final class NormalizationOperators {
    private NormalizationOperators() {}

    static void addTo(Map<String, Operator> table) {
        table.put("batchNorm", NormalizationOperators::batch);
        table.put("instanceNorm", NormalizationOperators::instance);
        table.put("groupNorm", NormalizationOperators::group);
        table.put("layerNorm", NormalizationOperators::layer);
    }

    private static String batch(Call call) {
        if (call.settings().flag("training")) {
            return batchOfOne(call);
        }
        long channels = call.channels(0);
        return call.node(
                "BatchNormalization",
                List.of(
                        call.operand(0),
                        call.option("weight", channels, 1),
                        call.option("bias", channels, 0),
                        call.option("mean", channels, 0),
                        call.option("variance", channels, 1)),
                epsilon(call));
    }

    /** The statistics of a batch of one image are those of the image. */
    private static String batchOfOne(Call call) {
        if (!call.sizes(0).get(0).equals(Dimension.of(1))) {
            throw call.refused("in training mode the result for a sample depends on the other samples of its batch");
        }
        return instance(call);
    }

    private static String instance(Call call) {
        long channels = call.channels(0);
        return call.node(
                "InstanceNormalization",
                List.of(call.operand(0), call.option("weight", channels, 1), call.option("bias", channels, 0)),
                epsilon(call));
    }

    /** Groups as the channels of an instance normalization; ONNX has a node of its own only from opset 21 on. */
    private static String group(Call call) {
        long groups = call.settings().integer("groups");
        String merged = call.node("Reshape", call.operand(0), call.out().integers(0, groups, -1));
        String normalized = call.node(
                "InstanceNormalization",
                List.of(
                        merged,
                        call.out().numbers(DType.FLOAT32, new long[] {groups}, repeated(groups, 1)),
                        call.out().numbers(DType.FLOAT32, new long[] {groups}, repeated(groups, 0))),
                epsilon(call));
        String result = ShapeOperators.reshape(call, normalized);
        long[] perChannel = new long[call.rank(0) - 1];
        java.util.Arrays.fill(perChannel, 1);
        perChannel[0] = call.channels(0);
        if (call.step().option("weight").isPresent()) {
            result = call.node("Mul", result, shaped(call, "weight", perChannel));
        }
        return call.step().option("bias").isPresent()
                ? call.node("Add", result, shaped(call, "bias", perChannel))
                : result;
    }

    private static String shaped(Call call, String option, long[] shape) {
        return call.node("Reshape", call.option(option), call.out().integers(shape));
    }

    private static String layer(Call call) {
        long[] sizes = call.settings().integers("sizes");
        long count = 1;
        for (long size : sizes) {
            count *= size;
        }
        String weight = call.step().option("weight").isPresent()
                ? call.option("weight")
                : call.out().numbers(DType.FLOAT32, sizes, repeated(count, 1));
        List<String> inputs = call.step().option("bias").isPresent()
                ? List.of(call.operand(0), weight, call.option("bias"))
                : List.of(call.operand(0), weight);
        return call.node("LayerNormalization", inputs, epsilon(call).with("axis", (long) -sizes.length));
    }

    private static Attributes epsilon(Call call) {
        return Attributes.none().with("epsilon", call.settings().number("epsilon"));
    }

    private static double[] repeated(long count, double value) {
        double[] values = new double[Math.toIntExact(count)];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
