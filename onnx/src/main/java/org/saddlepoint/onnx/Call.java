package org.saddlepoint.onnx;

import java.util.List;
import java.util.stream.IntStream;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RecordedStep;
import org.saddlepoint.tensor.RecordedValue;
import org.saddlepoint.tensor.Settings;

/**
 * A recorded operation on its way into an ONNX graph.
 *
 * @param step the operation
 * @param graph the computation, which knows sizes
 * @param out where nodes go
 */
record Call(RecordedStep step, TracedGraph graph, GraphWriter out) {
    Settings settings() {
        return step.settings();
    }

    int operands() {
        return step.operands().size();
    }

    RecordedValue value(int operand) {
        return step.operands().get(operand);
    }

    /** The name of an operand. */
    String operand(int place) {
        return out.name(value(place));
    }

    /** The name of an operand in a type. */
    String operand(int place, DType dtype) {
        return value(place).dtype() == dtype ? operand(place) : out.castInside(operand(place), dtype);
    }

    /** The names of all operands, in the type of the result: ONNX's operations do not convert. */
    List<String> operandsAsResult() {
        return IntStream.range(0, operands())
                .mapToObj(place -> operand(place, step.result().dtype()))
                .toList();
    }

    /** A tensor that may be absent, or a vector of one number in its place. */
    String option(String name, long size, double standard) {
        return step.option(name)
                .map(out::name)
                .orElseGet(() -> out.numbers(DType.FLOAT32, new long[] {size}, filled(size, standard)));
    }

    /** A tensor that may be absent, then "". */
    String option(String name) {
        return step.option(name).map(out::name).orElse("");
    }

    private static double[] filled(long size, double value) {
        double[] values = new double[Math.toIntExact(size)];
        java.util.Arrays.fill(values, value);
        return values;
    }

    /** A scalar constant of the type of an operand. */
    String scalar(double value, DType dtype) {
        return out.numbers(dtype, new long[0], value);
    }

    int rank(int operand) {
        return value(operand).shape().rank();
    }

    /** An axis that may count from the last, counted from the first. */
    long axis(long given, int rank) {
        return given < 0 ? given + rank : given;
    }

    /** The channels of an operand, of images or rows. */
    long channels(int operand) {
        return value(operand).shape().size(1);
    }

    /** Sizes of an operand. */
    List<Dimension> sizes(int operand) {
        return graph.dimensions(value(operand));
    }

    /** Sizes of the result. */
    List<Dimension> resultSizes() {
        return graph.dimensions(step.result());
    }

    /** A node on one input. */
    String node(String type, String input) {
        return out.node(type, List.of(input));
    }

    String node(String type, List<String> inputs, Attributes attributes) {
        return out.node(type, inputs, attributes);
    }

    String node(String type, String one, String other) {
        return out.node(type, List.of(one, other));
    }

    /** Says that this call cannot be written, though others of its operation can. */
    ExportException refused(String reason) {
        return new ExportException("the operation " + step.operation() + " " + settings() + " on " + step.operands()
                + " has no counterpart in ONNX: " + reason);
    }
}
