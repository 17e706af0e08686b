package org.saddlepoint.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** Each operation that can be written, alone, on a batch of images [N, 4, 6, 8]: ONNX Runtime computes the same. */
@ExtendWith({LeakCheck.class, OneThread.class})
class OperatorsTest {
    private static final int CHANNELS = 4;

    private static final Map<String, UnaryOperator<Tensor>> OPERATIONS = operations();

    private static Map<String, UnaryOperator<Tensor>> operations() {
        Map<String, UnaryOperator<Tensor>> all = new LinkedHashMap<>();
        all.put("add", x -> x.add(0.3).add(x.neg()).add(drawn(CHANNELS, 1, 1)));
        all.put("sub", x -> x.sub(0.3).sub(x.tanh()));
        all.put("mul", x -> x.mul(1.7).mul(x));
        all.put("div", x -> x.div(3).div(x.square().add(1)));
        all.put("maximum", x -> x.maximum(x.neg().mul(0.3)));
        all.put("minimum", x -> x.minimum(drawn(8)));
        all.put("matmul", x -> x.matmul(drawn(8, 5)).matmul(drawn(5)));
        all.put("neg", Tensor::neg);
        all.put("abs", Tensor::abs);
        all.put("exp", Tensor::exp);
        all.put("log", x -> x.abs().add(1).log());
        all.put("sqrt", x -> x.abs().add(0.1).sqrt());
        all.put("sign", Tensor::sign);
        all.put("tanh", Tensor::tanh);
        all.put("sigmoid", Tensor::sigmoid);
        all.put("relu", Tensor::relu);
        all.put("softplus", x -> x.mul(40).softplus());
        all.put("square", Tensor::square);
        all.put("pow", x -> x.abs().add(0.1).pow(-0.5).add(x.pow(3)).add(x.abs().pow(0.5)));
        all.put("silu", Functional::silu);
        all.put("leakyRelu", x -> x.leakyRelu(0.2));
        all.put("logSoftmax", x -> Functional.logSoftmax(x, 1));
        all.put("clamp", x -> x.clamp(-0.5, 0.7).add(x.clamp(0, Double.POSITIVE_INFINITY)));
        all.put("where", x -> Tensors.where(x.gt(0), x, x.square()));
        all.put("gt", x -> x.gt(0.2).to(DType.FLOAT32));
        all.put("ge", x -> x.ge(0.2).to(DType.FLOAT32));
        all.put("lt", x -> x.lt(0.2).to(DType.FLOAT32));
        all.put("le", x -> x.le(0.2).to(DType.FLOAT32));
        all.put("eq", x -> x.sign().eq(1).to(DType.FLOAT32).add(x.eq(x).to(DType.FLOAT32)));
        all.put("to", x -> x.mul(3).to(DType.INT64).to(DType.FLOAT32));
        all.put("detach", Tensor::detach);
        all.put("copy", Tensor::copy);
        all.put("contiguous", Tensor::contiguous);
        all.put("channelsLast", Tensor::channelsLast);
        all.put("reshape", x -> x.reshape(-1, 2, 2, 48).reshape(x.size(0), CHANNELS, 48));
        all.put("flatten", x -> x.flatten(2));
        all.put("squeeze", x -> x.narrow(2, 3, 1).squeeze(2));
        all.put("unsqueeze", x -> x.unsqueeze(0).unsqueeze(-1));
        all.put("expand", x -> x.narrow(1, 0, 1).expand(x.size(0), 3, 6, 8));
        all.put("permute", x -> x.permute(0, 2, 3, 1));
        all.put("transpose", x -> x.transpose(-1, 1));
        all.put("narrow", x -> x.narrow(-1, 2, 5).narrow(0, 0, x.size(0)));
        all.put("flip", x -> x.flip(1, 3));
        all.put("select", x -> x.select(1, 2));
        all.put("indexSelect", x -> x.indexSelect(1, Tensors.of(new long[] {3, 0, 3}, 3)));
        all.put("gather", x -> x.gather(3, x.argmax(3).unsqueeze(3)));
        all.put("embedding", x -> Functional.embedding(drawn(8, 5), x.argmax(3)));
        all.put("cat", x -> Tensors.cat(List.of(x, x.neg(), drawn(1, 1, 6, 8).expand(x.size(0), 1, 6, 8)), 1));
        all.put("stack", x -> Tensors.stack(List.of(x, x.exp()), 1));
        all.put("zerosLike", x -> Tensors.zerosLike(x).add(x));
        all.put("onesLike", x -> Tensors.onesLike(x).add(x));
        all.put("sum", x -> x.sum(true, 1)
                .add(x.sum(false, 2, 3).sum(true, 1).reshape(-1, 1, 1, 1))
                .div(50));
        all.put("mean", x -> x.mean(false, 2, 3).sub(x.mean(true, 1, 2, 3).flatten(1)));
        all.put("max", x -> x.max(true, 1).add(x.max(false, 1, 2, 3).reshape(-1, 1, 1, 1)));
        all.put("min", x -> x.sub(x.abs().add(1).log().min().mul(0)));
        all.put("norm", x -> x.norm(1, 2));
        all.put("logSumExp", x -> x.logSumExp(1));
        all.put("var", x -> x.var(true, true, 2, 3).add(x.var(false, true, 1)));
        all.put("argmax", x -> x.argmax(1).to(DType.FLOAT32));
        all.put(
                "linear",
                x -> Functional.linear(
                        Functional.linear(x.flatten(1), drawn(8, 192), null).reshape(-1, 2, 4), drawn(3, 4), drawn(3)));
        all.put(
                "conv2d",
                x -> Functional.conv2d(
                        Functional.conv2d(x, drawn(6, 2, 3, 3), drawn(6), new Functional.Convolution(1, 2, 2, 2)),
                        drawn(2, 6, 4, 4),
                        null,
                        2,
                        1));
        all.put(
                "convTranspose2d",
                x -> Functional.convTranspose2d(
                        Functional.convTranspose2d(x, drawn(CHANNELS, 3, 3, 3), drawn(3), 2, 1, 1),
                        drawn(3, 2, 4, 4),
                        null,
                        2,
                        1,
                        0));
        all.put("avgPool2d", x -> Functional.avgPool2d(x, 3, 2, 1, true).add(Functional.avgPool2d(x, 3, 2, 1, false)));
        all.put("maxPool2d", x -> Functional.maxPool2d(x, 3, 2, 1));
        all.put("upsampleNearest", x -> Functional.upsampleNearest(Functional.upsampleNearest(x, 12, 16), 18, 20));
        all.put(
                "upsampleBilinear",
                x -> Functional.upsampleBilinear(Functional.upsampleBilinear(x, 12, 16, false), 17, 19, true));
        all.put("reflectionPad2d", x -> Functional.reflectionPad2d(x, 3));
        all.put("zeroPad2d", x -> Functional.zeroPad2d(x, 2));
        all.put("gridSample", x -> Functional.gridSample(x, x.narrow(1, 0, 2).permute(0, 2, 3, 1)));
        all.put(
                "batchNorm",
                x -> Functional.batchNorm(
                        x,
                        drawn(CHANNELS),
                        null,
                        new Functional.RunningStatistics(
                                drawn(CHANNELS), drawn(CHANNELS).square().add(0.2), 0.1),
                        false,
                        1e-5));
        all.put("instanceNorm", x -> Functional.instanceNorm(x, null, drawn(CHANNELS), 1e-5));
        all.put("groupNorm", x -> Functional.groupNorm(x, 2, drawn(CHANNELS), drawn(CHANNELS), 1e-5));
        all.put(
                "layerNorm",
                x -> Functional.layerNorm(
                        Functional.layerNorm(x, new long[] {6, 8}, drawn(6, 8), null, 1e-5),
                        new long[] {8},
                        null,
                        drawn(8),
                        1e-3));
        return all;
    }

    /** The same numbers for the same shape. */
    private static Tensor drawn(long... shape) {
        try (RandomGenerator random = new RandomGenerator(5)) {
            return random.normal(shape);
        }
    }

    static Set<String> names() {
        return OPERATIONS.keySet();
    }

    @Test
    void allThatCanBeWrittenAreListed() {
        assertThat(new TreeSet<>(names())).isEqualTo(new TreeSet<>(Operators.names()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void itIsComputedTheSame(String name) {
        UnaryOperator<Tensor> operation = OPERATIONS.getOrDefault(name, UnaryOperator.identity());
        List<Dimension> axes = new ArrayList<>(List.of(Dimension.chosen("batch")));
        for (long size : new long[] {CHANNELS, 6, 8}) {
            axes.add(Dimension.of(size));
        }
        Port port = new Port("x", DType.FLOAT32, axes, (random, shape) -> random.normal(shape));
        Computation computation = new Computation(
                List.of(port),
                List.of(Free.BATCH),
                "y",
                false,
                in -> operation.apply(in.values().iterator().next()));
        assertThat(CheckedModel.of(computation, OnnxOptions.DEFAULT, Map.of())
                        .difference()
                        .largest())
                .isLessThan(1e-5);
    }
}
