package org.saddlepoint.onnx;

import java.util.List;
import java.util.Map;
import org.saddlepoint.onnx.Operators.Operator;
import org.saddlepoint.tensor.DType;

/** Sums, means and the like, over all elements or some axes. */
final class ReductionOperators {
    private ReductionOperators() {}

    static void addTo(Map<String, Operator> table) {
        table.put("sum", ReductionOperators::sum);
        table.put("mean", call -> reduce(call, "ReduceMean", call.operand(0)));
        table.put("max", call -> reduce(call, "ReduceMax", call.operand(0)));
        table.put("min", call -> reduce(call, "ReduceMin", call.operand(0)));
        table.put("norm", call -> reduce(call, "ReduceL2", call.operand(0)));
        table.put("logSumExp", call -> reduce(call, "ReduceLogSumExp", call.operand(0)));
        table.put("var", ReductionOperators::variance);
        table.put(
                "argmax",
                call -> call.node(
                        "ArgMax",
                        List.of(call.operand(0)),
                        Attributes.none()
                                .with("axis", call.settings().integer("axis"))
                                .with("keepdims", 0)));
    }

    /** Axes are an input of sums and an attribute of all others, up to opset 17. */
    private static String sum(Call call) {
        String input = call.operand(0, call.step().result().dtype());
        List<String> inputs = call.settings().has("axes")
                ? List.of(input, call.out().integers(call.settings().integers("axes")))
                : List.of(input);
        return call.node("ReduceSum", inputs, Attributes.none().with("keepdims", keep(call)));
    }

    private static String reduce(Call call, String type, String input) {
        Attributes attributes = Attributes.none().with("keepdims", keep(call));
        if (call.settings().has("axes")) {
            attributes.with("axes", call.settings().integers("axes"));
        }
        return call.node(type, List.of(input), attributes);
    }

    private static long keep(Call call) {
        return call.settings().has("keep") && call.settings().flag("keep") ? 1 : 0;
    }

    /** E[(x − E x)²], times N / (N − 1) where it is unbiased. */
    private static String variance(Call call) {
        long[] axes = call.settings().integers("axes");
        double correction = 1;
        if (call.settings().flag("unbiased")) {
            double count = 1;
            for (long axis : axes) {
                Dimension size = call.sizes(0).get((int) call.axis(axis, call.rank(0)));
                if (!size.isConstant()) {
                    throw call.refused(
                            "an unbiased variance over " + size + " values has a divisor that is not constant");
                }
                count *= size.constant();
            }
            correction = count / (count - 1);
        }
        String mean = call.node(
                "ReduceMean",
                List.of(call.operand(0)),
                Attributes.none().with("keepdims", 1).with("axes", axes));
        String distance = call.node("Sub", call.operand(0), mean);
        String biased = reduce(call, "ReduceMean", call.node("Mul", distance, distance));
        DType dtype = call.step().result().dtype();
        return correction == 1 ? biased : call.node("Mul", biased, call.scalar(correction, dtype));
    }
}
