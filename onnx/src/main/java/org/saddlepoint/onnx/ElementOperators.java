package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saddlepoint.onnx.Operators.Operator;
import org.saddlepoint.tensor.DType;

/** Arithmetic of elements, comparisons, and what changes no number. */
final class ElementOperators {
    private ElementOperators() {}

    static void addTo(Map<String, Operator> table) {
        table.put("add", call -> binary(call, "Add"));
        table.put("sub", call -> binary(call, "Sub"));
        table.put("mul", call -> binary(call, "Mul"));
        table.put("div", call -> binary(call, "Div"));
        table.put("maximum", call -> binary(call, "Max"));
        table.put("minimum", call -> binary(call, "Min"));
        table.put("matmul", call -> binary(call, "MatMul"));
        table.put("neg", call -> call.node("Neg", call.operand(0)));
        table.put("abs", call -> call.node("Abs", call.operand(0)));
        table.put("exp", call -> call.node("Exp", call.operand(0)));
        table.put("log", call -> call.node("Log", call.operand(0)));
        table.put("sqrt", call -> call.node("Sqrt", call.operand(0)));
        table.put("sign", call -> call.node("Sign", call.operand(0)));
        table.put("tanh", call -> call.node("Tanh", call.operand(0)));
        table.put("sigmoid", call -> call.node("Sigmoid", call.operand(0)));
        table.put("relu", call -> call.node("Relu", call.operand(0)));
        table.put("softplus", call -> call.node("Softplus", call.operand(0)));
        table.put("square", call -> call.node("Mul", call.operand(0), call.operand(0)));
        table.put("pow", ElementOperators::power);
        table.put("silu", call -> call.node("Mul", call.operand(0), call.node("Sigmoid", call.operand(0))));
        table.put(
                "leakyRelu",
                call -> call.node(
                        "LeakyRelu",
                        List.of(call.operand(0)),
                        Attributes.none().with("alpha", call.settings().number("slope"))));
        table.put(
                "logSoftmax",
                call -> call.node(
                        "LogSoftmax",
                        List.of(call.operand(0)),
                        Attributes.none().with("axis", call.settings().integer("axis"))));
        table.put("clamp", ElementOperators::clamp);
        table.put("where", call -> {
            DType type = call.step().result().dtype();
            return call.node(
                    "Where", List.of(call.operand(0), call.operand(1, type), call.operand(2, type)), Attributes.none());
        });
        table.put("gt", call -> comparison(call, "Greater"));
        table.put("ge", call -> comparison(call, "GreaterOrEqual"));
        table.put("lt", call -> comparison(call, "Less"));
        table.put("le", call -> comparison(call, "LessOrEqual"));
        table.put("eq", call -> comparison(call, "Equal"));
        table.put("to", call -> call.operand(0, call.step().result().dtype()));
        for (String same : List.of("detach", "copy", "contiguous", "channelsLast")) {
            table.put(same, call -> call.operand(0));
        }
    }

    /** Of two tensors, or of one and the setting "value". */
    private static String binary(Call call, String type) {
        List<String> operands = new ArrayList<>(call.operandsAsResult());
        if (operands.size() == 1) {
            operands.add(call.scalar(
                    call.settings().number("value"), call.step().result().dtype()));
        }
        return call.node(type, operands, Attributes.none());
    }

    private static String comparison(Call call, String type) {
        DType dtype = call.value(0).dtype();
        String other =
                call.operands() == 1 ? call.scalar(call.settings().number("value"), dtype) : call.operand(1, dtype);
        return call.node(type, call.operand(0), other);
    }

    /** Exponents that networks have are roots, which all runtimes compute to the last digit. */
    private static String power(Call call) {
        double exponent = call.settings().number("value");
        String base = call.operand(0);
        if (exponent == 0.5) {
            return call.node("Sqrt", base);
        }
        if (exponent == -0.5) {
            return call.node("Reciprocal", call.node("Sqrt", base));
        }
        return call.node("Pow", base, call.scalar(exponent, call.value(0).dtype()));
    }

    private static String clamp(Call call) {
        DType dtype = call.value(0).dtype();
        double low = call.settings().number("low");
        double high = call.settings().number("high");
        return call.node(
                "Clip",
                List.of(
                        call.operand(0),
                        Double.isInfinite(low) ? "" : call.scalar(low, dtype),
                        Double.isInfinite(high) ? "" : call.scalar(high, dtype)),
                Attributes.none());
    }
}
