package org.saddlepoint.tensor;

import static org.saddlepoint.tensor.Derivatives.Kind.CURVED;
import static org.saddlepoint.tensor.Derivatives.Kind.LINEAR;

import java.util.List;
import java.util.function.Function;
import org.saddlepoint.tensor.Derivatives.Case;
import org.saddlepoint.tensor.Derivatives.Inputs;

/** The cases of {@link Functional}. */
final class LayerDerivatives {
    private static final double EPSILON = 1e-5;

    private LayerDerivatives() {}

    static void addTo(List<Case> cases) {
        weighted(
                cases,
                "Functional.linear",
                in -> List.of(in.any(2, 3), in.any(4, 3), in.any(4)),
                x -> Functional.linear(x.get(0), x.get(1), x.get(2)));
        weighted(
                cases,
                "Functional.linear: no bias",
                in -> List.of(in.any(2, 2, 3), in.any(4, 3)),
                x -> Functional.linear(x.get(0), x.get(1), null));
        convolutions(cases);
        normalizations(cases);
        resampling(cases);
        activations(cases);
    }

    private static void convolutions(List<Case> cases) {
        weighted(
                cases,
                "Functional.conv2d: stride and padding",
                in -> List.of(in.any(2, 2, 5, 4), in.any(3, 2, 3, 3), in.any(3)),
                x -> Functional.conv2d(x.get(0), x.get(1), x.get(2), 2, 1));
        weighted(
                cases,
                "Functional.conv2d: dilation and groups",
                in -> List.of(in.any(1, 2, 5, 5), in.any(4, 1, 2, 2), in.any(4)),
                x -> Functional.conv2d(x.get(0), x.get(1), x.get(2), new Functional.Convolution(1, 1, 2, 2)));
        weighted(
                cases,
                "Functional.conv2d: no bias, channels last",
                in -> List.of(in.any(1, 2, 4, 4), in.any(2, 2, 3, 3)),
                x -> Functional.conv2d(x.get(0).channelsLast(), x.get(1).channelsLast(), null, 1, 0));
        weighted(
                cases,
                "Functional.convTranspose2d: stride and output padding",
                in -> List.of(in.any(1, 2, 3, 2), in.any(2, 3, 3, 3), in.any(3)),
                x -> Functional.convTranspose2d(x.get(0), x.get(1), x.get(2), 2, 1, 1));
        weighted(
                cases,
                "Functional.convTranspose2d: no bias",
                in -> List.of(in.any(2, 2, 2, 2), in.any(2, 1, 4, 4)),
                x -> Functional.convTranspose2d(x.get(0), x.get(1), null, 2, 1, 0));
    }

    private static void normalizations(List<Case> cases) {
        weighted(
                cases,
                "Functional.batchNorm: training",
                in -> List.of(in.any(3, 2, 2, 2), in.any(2), in.any(2)),
                x -> Functional.batchNorm(x.get(0), x.get(1), x.get(2), null, true, EPSILON));
        weighted(
                cases,
                "Functional.batchNorm: training, vectors, not affine",
                in -> List.of(in.any(5, 3)),
                x -> Functional.batchNorm(x.get(0), null, null, null, true, EPSILON));
        weighted(
                cases,
                "Functional.batchNorm: with running statistics",
                in -> List.of(in.any(3, 2, 2, 2), in.any(2), in.any(2)),
                x -> Functional.batchNorm(
                        x.get(0),
                        x.get(1),
                        x.get(2),
                        new Functional.RunningStatistics(
                                Tensors.of(new double[] {0.3, -0.2}, 2), Tensors.of(new double[] {1.5, 0.7}, 2), 0.1),
                        false,
                        EPSILON));
        weighted(
                cases,
                "Functional.instanceNorm",
                in -> List.of(in.any(2, 2, 3, 3), in.any(2), in.any(2)),
                x -> Functional.instanceNorm(x.get(0), x.get(1), x.get(2), EPSILON));
        weighted(
                cases,
                "Functional.instanceNorm: not affine",
                in -> List.of(in.any(2, 2, 2, 3)),
                x -> Functional.instanceNorm(x.get(0), null, null, EPSILON));
        weighted(
                cases,
                "Functional.layerNorm",
                in -> List.of(in.any(2, 3, 2), in.any(3, 2), in.any(3, 2)),
                x -> Functional.layerNorm(x.get(0), new long[] {3, 2}, x.get(1), x.get(2), EPSILON));
        weighted(
                cases,
                "Functional.groupNorm",
                in -> List.of(in.any(2, 4, 2, 2), in.any(4), in.any(4)),
                x -> Functional.groupNorm(x.get(0), 2, x.get(1), x.get(2), EPSILON));
    }

    private static void resampling(List<Case> cases) {
        Function<Inputs, Tensor> images = in -> in.any(1, 2, 3, 3);
        Derivatives.one(cases, LINEAR, "Functional.upsampleNearest", images, x -> Functional.upsampleNearest(x, 6, 5));
        Derivatives.one(
                cases, LINEAR, "Functional.upsampleBilinear", images, x -> Functional.upsampleBilinear(x, 6, 5, false));
        Derivatives.one(
                cases,
                LINEAR,
                "Functional.upsampleBilinear: corners",
                images,
                x -> Functional.upsampleBilinear(x, 6, 5, true));
        Derivatives.one(cases, LINEAR, "Functional.avgPool2d", images, x -> Functional.avgPool2d(x, 2, 2, 1, true));
        Derivatives.one(
                cases,
                LINEAR,
                "Functional.avgPool2d: padding not counted",
                images,
                x -> Functional.avgPool2d(x, 3, 1, 1, false));
        Derivatives.one(
                cases,
                LINEAR,
                "Functional.maxPool2d",
                in -> in.distinct(1, 2, 4, 4),
                x -> Functional.maxPool2d(x, 3, 2, 1));
        Derivatives.one(cases, LINEAR, "Functional.reflectionPad2d", images, x -> Functional.reflectionPad2d(x, 2));
        Derivatives.one(cases, LINEAR, "Functional.zeroPad2d", images, x -> Functional.zeroPad2d(x, 2));
        cases.add(new Case(
                "Functional.gridSample",
                Derivatives.Kind.ONCE,
                in -> List.of(in.any(2, 2, 4, 5), in.any(2, 3, 2, 2).mul(0.5)),
                x -> Functional.gridSample(x.get(0), x.get(1))));
        Derivatives.one(
                cases,
                LINEAR,
                "Functional.embedding",
                in -> in.any(4, 3),
                x -> Functional.embedding(x, Tensors.of(new long[] {3, 0, 3, 1}, 2, 2)));
    }

    private static void activations(List<Case> cases) {
        Derivatives.one(cases, CURVED, "Functional.silu", in -> in.any(6), Functional::silu);
        Derivatives.one(cases, CURVED, "Functional.logSoftmax", in -> in.any(2, 4), x -> Functional.logSoftmax(x, 1));
        Derivatives.one(
                cases,
                CURVED,
                "Functional.crossEntropy",
                in -> in.any(3, 4),
                x -> Functional.crossEntropy(x, Tensors.of(new long[] {2, 0, 3}, 3)));
        Derivatives.one(cases, LINEAR, "Functional.dropout", in -> in.any(4, 5), x -> {
            try (RandomGenerator random = new RandomGenerator(5)) {
                return Functional.dropout(x, 0.4, random);
            }
        });
    }

    /** A layer is curved already by the products of inputs and weights. */
    private static void weighted(
            List<Case> cases,
            String name,
            Function<Inputs, List<Tensor>> inputs,
            Function<List<Tensor>, Tensor> function) {
        cases.add(new Case(name, CURVED, inputs, function));
    }
}
