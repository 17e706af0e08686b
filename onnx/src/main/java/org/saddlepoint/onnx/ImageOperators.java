package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saddlepoint.onnx.Operators.Operator;

/** Linear layers, convolutions, and what enlarges, reduces or frames images. */
final class ImageOperators {
    private static final int IMAGE_AXES = 4;

    private ImageOperators() {}

    static void addTo(Map<String, Operator> table) {
        table.put("linear", ImageOperators::linear);
        table.put(
                "conv2d",
                call -> call.node(
                        "Conv",
                        weighted(call),
                        window(call, kernel(call))
                                .with("dilations", call.settings().integers("dilations"))
                                .with("group", call.settings().integer("groups"))));
        table.put(
                "convTranspose2d",
                call -> call.node(
                        "ConvTranspose",
                        weighted(call),
                        window(call, kernel(call))
                                .with("dilations", call.settings().integers("dilations"))
                                .with("group", call.settings().integer("groups"))
                                .with("output_padding", call.settings().integers("outputPadding"))));
        table.put(
                "avgPool2d",
                call -> call.node(
                        "AveragePool",
                        List.of(call.operand(0)),
                        window(call, call.settings().integers("kernel"))
                                .with("count_include_pad", call.settings().flag("countPadding") ? 1 : 0)));
        table.put(
                "maxPool2d",
                call -> call.node(
                        "MaxPool",
                        List.of(call.operand(0)),
                        window(call, call.settings().integers("kernel"))));
        table.put(
                "upsampleNearest",
                call -> resize(
                        call,
                        Attributes.none()
                                .with("mode", "nearest")
                                .with("coordinate_transformation_mode", "asymmetric")
                                .with("nearest_mode", "floor")));
        table.put(
                "upsampleBilinear",
                call -> resize(
                        call,
                        Attributes.none()
                                .with("mode", "linear")
                                .with(
                                        "coordinate_transformation_mode",
                                        call.settings().flag("alignCorners") ? "align_corners" : "half_pixel")));
        table.put("reflectionPad2d", call -> pad(call, "reflect"));
        table.put("zeroPad2d", call -> pad(call, "constant"));
        table.put(
                "gridSample",
                call -> call.node(
                        "GridSample",
                        List.of(call.operand(0), call.operand(1)),
                        Attributes.none()
                                .with("mode", "bilinear")
                                .with("padding_mode", "zeros")
                                .with("align_corners", 0)));
    }

    private static String linear(Call call) {
        if (call.rank(0) == 2) {
            return call.node("Gemm", weighted(call), Attributes.none().with("transB", 1));
        }
        String turned = call.node(
                "Transpose", List.of(call.operand(1)), Attributes.none().with("perm", new long[] {1, 0}));
        String product = call.node("MatMul", call.operand(0), turned);
        return call.step().option("bias").isEmpty() ? product : call.node("Add", product, call.option("bias"));
    }

    /** Input, weight and, if there is one, bias. */
    private static List<String> weighted(Call call) {
        List<String> inputs = new ArrayList<>(List.of(call.operand(0), call.operand(1)));
        if (call.step().option("bias").isPresent()) {
            inputs.add(call.option("bias"));
        }
        return inputs;
    }

    private static long[] kernel(Call call) {
        return new long[] {call.value(1).shape().size(2), call.value(1).shape().size(3)};
    }

    /** Begins of all axes come before ends. */
    private static Attributes window(Call call, long[] kernel) {
        long[] padding = call.settings().integers("padding");
        return Attributes.none()
                .with("kernel_shape", kernel)
                .with("strides", call.settings().integers("strides"))
                .with("pads", new long[] {padding[0], padding[1], padding[0], padding[1]});
    }

    /** By factors where these are whole, since not all runtimes know sizes that are computed. */
    private static String resize(Call call, Attributes attributes) {
        List<Dimension> from = call.sizes(0);
        List<Dimension> to = call.resultSizes();
        double[] factors = new double[IMAGE_AXES];
        for (int axis = 0; axis < IMAGE_AXES; axis++) {
            factors[axis] = factor(call, axis);
        }
        boolean whole = true;
        for (int axis = 0; axis < IMAGE_AXES; axis++) {
            whole &= factors[axis] == Math.rint(factors[axis])
                    && times(from.get(axis), (long) factors[axis]).equals(to.get(axis));
        }
        return whole
                ? call.node("Resize", List.of(call.operand(0), "", call.out().plain(factors)), attributes)
                : call.node(
                        "Resize", List.of(call.operand(0), "", "", call.out().sizes(to)), attributes);
    }

    private static double factor(Call call, int axis) {
        return (double) call.step().result().shape().size(axis)
                / call.value(0).shape().size(axis);
    }

    private static Dimension times(Dimension size, long factor) {
        Map<String, Dimension.Share> terms = new java.util.LinkedHashMap<>();
        size.terms()
                .forEach((name, share) ->
                        terms.put(name, Dimension.Share.of(share.numerator() * factor, share.denominator())));
        return new Dimension(size.constant() * factor, terms);
    }

    private static String pad(Call call, String mode) {
        long border = call.settings().integer("border");
        List<String> inputs = new ArrayList<>(
                List.of(call.operand(0), call.out().integers(0, 0, border, border, 0, 0, border, border)));
        if (mode.equals("constant")) {
            inputs.add(call.scalar(0, call.value(0).dtype()));
        }
        return call.node("Pad", inputs, Attributes.none().with("mode", mode));
    }
}
