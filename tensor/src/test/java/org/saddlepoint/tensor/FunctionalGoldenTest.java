package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs, gradients and running statistics against what PyTorch computed. */
@ExtendWith(LeakCheck.class)
class FunctionalGoldenTest {
    private static final JsonNode CASES = Golden.read("functional.json").get("cases");

    static Stream<Arguments> cases() {
        return Golden.stream(CASES)
                .map(it -> Arguments.of(
                        it.get("op").textValue() + ": " + it.get("name").textValue(), it));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithPyTorchInDoublePrecision(String name, JsonNode it) {
        compare(name, it, DType.FLOAT64, 1e-11, 1e-12);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithPyTorchInSinglePrecision(String name, JsonNode it) {
        // Sums of terms that cancel, and logits of 1000, lose the rest of the 24 bits.
        compare(name, it, DType.FLOAT32, 5e-6, 1e-6);
    }

    @Test
    void everyOperationOfFunctionalHasGoldenValuesButDropout() {
        List<String> golden = Golden.stream(CASES)
                .map(it -> it.get("op").textValue())
                .distinct()
                .toList();
        for (java.lang.reflect.Method method : Functional.class.getDeclaredMethods()) {
            if (java.lang.reflect.Modifier.isPublic(method.getModifiers())
                    && !method.getName().equals("dropout")) {
                assertThat(golden).contains(method.getName());
            }
        }
    }

    @Test
    void aWrongValueFails() {
        try (TensorScope scope = TensorScope.open()) {
            JsonNode expected = CASES.get(0).get("output");
            Tensor right = Golden.tensor(expected, DType.FLOAT64);
            Golden.requireClose("right", right, expected, 1e-11, 1e-12);
            for (Tensor wrong : List.of(right.add(1e-8), right.sub(1e-8), right.mul(Double.NaN), right.flatten(0))) {
                assertThatThrownBy(() -> Golden.requireClose("wrong", wrong, expected, 1e-11, 1e-12))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageStartingWith("wrong: ");
            }
        }
    }

    private static void compare(String name, JsonNode it, DType dtype, double relative, double absolute) {
        try (TensorScope scope = TensorScope.open();
                OneThread alone = new OneThread()) {
            Map<String, Tensor> inputs = new LinkedHashMap<>();
            it.get("inputs").properties().forEach(entry -> {
                Tensor value = Golden.tensor(entry.getValue(), dtype);
                inputs.put(entry.getKey(), it.get("gradients").has(entry.getKey()) ? value.withGrad(true) : value);
            });
            Tensor output = Operation.valueOf(it.get("op").textValue()).apply(new Call(inputs, it.get("args")));
            assertThat(output.dtype()).isEqualTo(dtype);
            Golden.requireClose(name + ": output", output, it.get("output"), relative, absolute);

            List<String> names = new ArrayList<>();
            it.get("gradients").fieldNames().forEachRemaining(names::add);
            assertThat(names).isNotEmpty();
            List<Tensor> gradients = Autograd.grad(
                    List.of(output),
                    names.stream().map(inputs::get).toList(),
                    List.of(outputGradient(output.shape()).to(dtype)),
                    false);
            for (int i = 0; i < names.size(); i++) {
                Golden.requireClose(
                        name + ": gradient of " + names.get(i),
                        gradients.get(i),
                        it.get("gradients").get(names.get(i)),
                        relative,
                        absolute);
            }
            it.get("after")
                    .properties()
                    .forEach(entry -> Golden.requireClose(
                            name + ": " + entry.getKey() + " afterwards",
                            inputs.get(entry.getKey()),
                            entry.getValue(),
                            relative,
                            absolute));
        }
    }

    private static Tensor outputGradient(Shape shape) {
        double[] weights = new double[Math.toIntExact(shape.elements())];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.sin(i + 1);
        }
        return Tensors.of(weights, shape.toArray());
    }

    /** Inputs and settings of one case, by PyTorch's names. */
    private record Call(Map<String, Tensor> inputs, JsonNode args) {
        Tensor input() {
            return inputs.get("input");
        }

        @Nullable Tensor optional(String name) {
            return inputs.get(name);
        }

        int number(String name) {
            return args.required(name).intValue();
        }

        double real(String name) {
            return args.required(name).doubleValue();
        }

        boolean flag(String name) {
            return args.required(name).booleanValue();
        }

        long[] axes(String name) {
            return Golden.longs(args.required(name));
        }
    }

    /** The engine's operation of the same name as the case's. */
    @SuppressWarnings("unused") // found by name
    private enum Operation {
        linear(c -> Functional.linear(c.input(), c.inputs().get("weight"), c.optional("bias"))),
        conv2d(c -> Functional.conv2d(
                c.input(),
                c.inputs().get("weight"),
                c.optional("bias"),
                new Functional.Convolution(
                        c.number("stride"), c.number("padding"), c.number("dilation"), c.number("groups")))),
        convTranspose2d(c -> Functional.convTranspose2d(
                c.input(),
                c.inputs().get("weight"),
                c.optional("bias"),
                c.number("stride"),
                c.number("padding"),
                c.number("output_padding"))),
        batchNorm(c -> Functional.batchNorm(
                c.input(),
                c.optional("weight"),
                c.optional("bias"),
                c.inputs().get("running_mean") == null
                        ? null
                        : new Functional.RunningStatistics(
                                c.inputs().get("running_mean"), c.inputs().get("running_var"), c.real("momentum")),
                c.flag("training"),
                c.real("eps"))),
        instanceNorm(c -> Functional.instanceNorm(c.input(), c.optional("weight"), c.optional("bias"), c.real("eps"))),
        layerNorm(c -> Functional.layerNorm(
                c.input(), c.axes("sizes"), c.optional("weight"), c.optional("bias"), c.real("eps"))),
        groupNorm(c -> Functional.groupNorm(
                c.input(), c.number("groups"), c.optional("weight"), c.optional("bias"), c.real("eps"))),
        upsampleNearest(c -> Functional.upsampleNearest(c.input(), c.number("height"), c.number("width"))),
        upsampleBilinear(c ->
                Functional.upsampleBilinear(c.input(), c.number("height"), c.number("width"), c.flag("align_corners"))),
        avgPool2d(c -> Functional.avgPool2d(
                c.input(),
                c.number("kernel_size"),
                c.number("stride"),
                c.number("padding"),
                c.flag("count_include_pad"))),
        maxPool2d(
                c -> Functional.maxPool2d(c.input(), c.number("kernel_size"), c.number("stride"), c.number("padding"))),
        reflectionPad2d(c -> Functional.reflectionPad2d(c.input(), c.number("border"))),
        zeroPad2d(c -> Functional.zeroPad2d(c.input(), c.number("border"))),
        gridSample(c -> Functional.gridSample(c.input(), c.inputs().get("points"))),
        embedding(c -> Functional.embedding(c.inputs().get("weight"), c.inputs().get("indices"))),
        softplus(c -> c.input().softplus()),
        sigmoid(c -> c.input().sigmoid()),
        tanh(c -> c.input().tanh()),
        silu(c -> Functional.silu(c.input())),
        leakyRelu(c -> c.input().leakyRelu(c.real("slope"))),
        logSoftmax(c -> Functional.logSoftmax(c.input(), c.number("axis"))),
        crossEntropy(c -> Functional.crossEntropy(c.input(), c.inputs().get("labels"))),
        norm(c -> c.input().norm(c.axes("axes"))),
        logSumExp(c -> c.input().logSumExp(c.axes("axes"))),
        var(c -> c.input().var(c.flag("unbiased"), c.flag("keep"), c.axes("axes")));

        private final java.util.function.Function<Call, Tensor> function;

        Operation(java.util.function.Function<Call, Tensor> function) {
            this.function = function;
        }

        Tensor apply(Call call) {
            return function.apply(call);
        }
    }
}
