package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saddlepoint.onnx.Operators.Operator;
import org.saddlepoint.tensor.DType;

/** Other shapes and parts of tensors, and tensors joined from others. */
final class ShapeOperators {
    private ShapeOperators() {}

    static void addTo(Map<String, Operator> table) {
        for (String reshaping : List.of("reshape", "flatten", "squeeze", "unsqueeze")) {
            table.put(reshaping, call -> reshape(call, call.operand(0)));
        }
        table.put(
                "expand",
                call -> call.node("Expand", call.operand(0), call.out().sizes(call.resultSizes())));
        table.put("permute", call -> transpose(call, call.settings().integers("axes")));
        table.put("transpose", ShapeOperators::swap);
        table.put("narrow", ShapeOperators::narrow);
        table.put("flip", ShapeOperators::flip);
        table.put(
                "select",
                call -> gather(call, "Gather", call.scalar(call.settings().number("index"), DType.INT64)));
        table.put("indexSelect", call -> gather(call, "Gather", call.operand(1)));
        table.put("gather", call -> gather(call, "GatherElements", call.operand(1)));
        table.put(
                "embedding",
                call -> call.node(
                        "Gather",
                        List.of(call.operand(0), call.operand(1)),
                        Attributes.none().with("axis", 0)));
        table.put(
                "cat",
                call -> call.node(
                        "Concat",
                        call.operandsAsResult(),
                        Attributes.none().with("axis", call.settings().integer("axis"))));
        table.put("stack", ShapeOperators::stack);
        table.put("zerosLike", call -> filled(call, 0));
        table.put("onesLike", call -> filled(call, 1));
    }

    /**
     * The result's shape: 0 where a size that callers choose stays on its axis, −1 for one that moves, and computed sizes where
     * several do.
     */
    static String reshape(Call call, String input) {
        List<Dimension> from = call.sizes(0);
        List<Dimension> to = call.resultSizes();
        long[] sizes = new long[to.size()];
        int moved = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            Dimension size = to.get(axis);
            if (size.isConstant()) {
                sizes[axis] = size.constant();
            } else if (axis < from.size() && from.get(axis).equals(size)) {
                sizes[axis] = 0;
            } else {
                sizes[axis] = -1;
                moved++;
            }
        }
        return call.node(
                "Reshape", input, moved > 1 ? call.out().sizes(to) : call.out().integers(sizes));
    }

    private static String transpose(Call call, long[] axes) {
        long[] counted = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            counted[i] = call.axis(axes[i], axes.length);
        }
        return call.node(
                "Transpose", List.of(call.operand(0)), Attributes.none().with("perm", counted));
    }

    private static String swap(Call call) {
        int rank = call.rank(0);
        long[] axes = new long[rank];
        for (int i = 0; i < rank; i++) {
            axes[i] = i;
        }
        int a = (int) call.axis(call.settings().integer("a"), rank);
        int b = (int) call.axis(call.settings().integer("b"), rank);
        axes[a] = b;
        axes[b] = a;
        return transpose(call, axes);
    }

    /** Ends are counted from the end of the axis where the length is one that callers choose. */
    private static String narrow(Call call) {
        int axis = (int) call.axis(call.settings().integer("axis"), call.rank(0));
        long start = call.settings().integer("start");
        Dimension whole = call.sizes(0).get(axis);
        Dimension part = call.resultSizes().get(axis);
        long end;
        if (part.isConstant()) {
            end = start + part.constant();
        } else if (part.terms().equals(whole.terms())) {
            long left = whole.constant() - part.constant() - start;
            end = left == 0 ? Long.MAX_VALUE : -left;
        } else {
            throw call.refused("it keeps " + part + " of " + whole + " along axis " + axis);
        }
        return slice(call, call.out().integers(start), call.out().integers(end), new long[] {axis}, 1);
    }

    private static String flip(Call call) {
        long[] axes = call.settings().integers("axes");
        long[] starts = new long[axes.length];
        long[] ends = new long[axes.length];
        java.util.Arrays.fill(starts, -1);
        java.util.Arrays.fill(ends, Long.MIN_VALUE);
        return slice(call, call.out().integers(starts), call.out().integers(ends), axes, -1);
    }

    private static String slice(Call call, String starts, String ends, long[] axes, long step) {
        long[] steps = new long[axes.length];
        java.util.Arrays.fill(steps, step);
        return call.node(
                "Slice",
                List.of(
                        call.operand(0),
                        starts,
                        ends,
                        call.out().integers(axes),
                        call.out().integers(steps)),
                Attributes.none());
    }

    private static String gather(Call call, String type, String indices) {
        return call.node(
                type,
                List.of(call.operand(0), indices),
                Attributes.none().with("axis", call.settings().integer("axis")));
    }

    private static String stack(Call call) {
        long axis = call.axis(
                call.settings().integer("axis"), call.step().result().shape().rank());
        List<String> parts = new ArrayList<>();
        call.operandsAsResult()
                .forEach(part ->
                        parts.add(call.node("Unsqueeze", part, call.out().integers(axis))));
        return call.node("Concat", parts, Attributes.none().with("axis", axis));
    }

    private static String filled(Call call, double value) {
        DType dtype = call.step().result().dtype();
        String one = call.scalar(value, dtype);
        return call.node("Expand", one, call.out().sizes(call.resultSizes()));
    }
}
