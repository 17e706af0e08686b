package org.saddlepoint.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Every differentiable operation with float64 inputs away from its kinks. A name starts with class and method, and may
 * go on after a colon; {@link DerivativesTest} fails where a method is missing here.
 */
final class Derivatives {
    private Derivatives() {}

    /**
     * Whether second derivatives are all zero; checked, so that no case is curved by name only. The engine cannot differentiate
     * some a second time, and says so.
     */
    enum Kind {
        LINEAR,
        CURVED,
        ONCE
    }

    record Case(
            String name, Kind kind, Function<Inputs, List<Tensor>> inputs, Function<List<Tensor>, Tensor> function) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Seeded float64 inputs. */
    static final class Inputs {
        private final RandomGenerator random;

        Inputs(RandomGenerator random) {
            this.random = random;
        }

        /** From N(0, 1). */
        Tensor any(long... shape) {
            return random.normal(DType.FLOAT64, shape);
        }

        /** In [0.5, 2). */
        Tensor positive(long... shape) {
            return random.uniform(DType.FLOAT64, 0.5, 2, shape);
        }

        /** In ±[0.2, 1.5): no closer to zero, where relu, abs and others have their kinks. */
        Tensor offZero(long... shape) {
            Tensor sign = random.bernoulli(0.5, shape).to(DType.FLOAT64).mul(2).sub(1);
            return random.uniform(DType.FLOAT64, 0.2, 1.5, shape).mul(sign);
        }

        /** Multiples of 0.1 about zero, none twice: no ties for maxima. */
        Tensor distinct(long... shape) {
            long n = Shape.of(shape).elements();
            return random.permutation(n)
                    .to(DType.FLOAT64)
                    .sub((n - 1) / 2.0)
                    .mul(0.1)
                    .reshape(shape);
        }
    }

    /** All cases. */
    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        arithmetic(cases);
        reductions(cases);
        shapes(cases);
        joining(cases);
        LayerDerivatives.addTo(cases);
        linearAlgebra(cases);
        return Collections.unmodifiableList(cases);
    }

    private static void arithmetic(List<Case> cases) {
        two(cases, Kind.LINEAR, "Tensor.add", in -> in.any(2, 3), in -> in.any(3), Tensor::add);
        one(cases, Kind.LINEAR, "Tensor.add: number", in -> in.any(3), x -> x.add(2));
        two(cases, Kind.LINEAR, "Tensor.sub", in -> in.any(2, 3), in -> in.any(2, 1), Tensor::sub);
        one(cases, Kind.LINEAR, "Tensor.sub: number", in -> in.any(3), x -> x.sub(2));
        two(cases, Kind.CURVED, "Tensor.mul", in -> in.any(2, 3), in -> in.any(3), Tensor::mul);
        one(cases, Kind.LINEAR, "Tensor.mul: number", in -> in.any(3), x -> x.mul(-2.5));
        two(cases, Kind.CURVED, "Tensor.div", in -> in.any(2, 3), in -> in.positive(2, 1), Tensor::div);
        one(cases, Kind.LINEAR, "Tensor.div: number", in -> in.any(3), x -> x.div(-2.5));
        two(
                cases,
                Kind.LINEAR,
                "Tensor.maximum",
                in -> in.offZero(4, 3),
                in -> in.any(4, 1).mul(0),
                Tensor::maximum);
        two(
                cases,
                Kind.LINEAR,
                "Tensor.minimum",
                in -> in.offZero(4, 3),
                in -> in.any(4, 1).mul(0),
                Tensor::minimum);
        one(cases, Kind.CURVED, "Tensor.pow: cube", in -> in.any(4), x -> x.pow(3));
        one(cases, Kind.CURVED, "Tensor.pow: inverse root", in -> in.positive(4), x -> x.pow(-0.5));
        one(cases, Kind.LINEAR, "Tensor.neg", in -> in.any(4), Tensor::neg);
        one(cases, Kind.LINEAR, "Tensor.abs", in -> in.offZero(6), Tensor::abs);
        one(cases, Kind.CURVED, "Tensor.exp", in -> in.any(4), Tensor::exp);
        one(cases, Kind.CURVED, "Tensor.log", in -> in.positive(4), Tensor::log);
        one(cases, Kind.CURVED, "Tensor.sqrt", in -> in.positive(4), Tensor::sqrt);
        one(cases, Kind.CURVED, "Tensor.square", in -> in.any(4), Tensor::square);
        one(cases, Kind.CURVED, "Tensor.tanh", in -> in.any(4), Tensor::tanh);
        one(cases, Kind.CURVED, "Tensor.sigmoid", in -> in.any(4), Tensor::sigmoid);
        one(cases, Kind.LINEAR, "Tensor.relu", in -> in.offZero(8), Tensor::relu);
        one(cases, Kind.CURVED, "Tensor.softplus", in -> in.any(6).mul(5), Tensor::softplus);
        one(
                cases,
                Kind.LINEAR,
                "Tensor.softplus: far right",
                in -> in.positive(4).mul(60),
                Tensor::softplus);
        one(cases, Kind.LINEAR, "Tensor.leakyRelu", in -> in.offZero(8), x -> x.leakyRelu(0.2));
        one(cases, Kind.LINEAR, "Tensor.clamp", in -> in.offZero(12), x -> x.clamp(-0.1, 0.1)
                .add(x.clamp(-2, 2)));
    }

    private static void reductions(List<Case> cases) {
        one(cases, Kind.LINEAR, "Tensor.sum", in -> in.any(2, 3), Tensor::sum);
        one(cases, Kind.LINEAR, "Tensor.sum: axes", in -> in.any(2, 3, 2), x -> x.sum(false, 0, -1));
        one(cases, Kind.LINEAR, "Tensor.sum: kept axis", in -> in.any(2, 3), x -> x.sum(true, 1));
        one(cases, Kind.LINEAR, "Tensor.mean", in -> in.any(2, 3), Tensor::mean);
        one(cases, Kind.LINEAR, "Tensor.mean: axes", in -> in.any(2, 3, 2), x -> x.mean(false, 0, 2));
        one(cases, Kind.LINEAR, "Tensor.min", in -> in.distinct(2, 3), Tensor::min);
        one(cases, Kind.LINEAR, "Tensor.max", in -> in.distinct(2, 3), Tensor::max);
        one(cases, Kind.LINEAR, "Tensor.max: axes", in -> in.distinct(2, 3, 2), x -> x.max(true, 0, 2));
        one(cases, Kind.CURVED, "Tensor.var: unbiased", in -> in.any(3, 4), x -> x.var(true, false, 0));
        one(cases, Kind.CURVED, "Tensor.var: of two axes", in -> in.any(2, 3, 2), x -> x.var(false, true, 0, 2));
        one(cases, Kind.CURVED, "Tensor.norm", in -> in.any(3, 4), x -> x.norm(1));
        one(cases, Kind.CURVED, "Tensor.norm: of two axes", in -> in.any(2, 3, 2), x -> x.norm(1, 2));
        one(cases, Kind.CURVED, "Tensor.logSumExp", in -> in.any(3, 4), x -> x.logSumExp(1));
        one(cases, Kind.CURVED, "Tensor.logSumExp: large", in -> in.any(2, 3), x -> x.add(1000)
                .logSumExp(0, 1));
    }

    private static void shapes(List<Case> cases) {
        one(cases, Kind.LINEAR, "Tensor.to", in -> in.any(3), x -> x.to(DType.FLOAT64)
                .to(Device.CPU));
        one(cases, Kind.LINEAR, "Tensor.copy", in -> in.any(3), Tensor::copy);
        one(cases, Kind.LINEAR, "Tensor.contiguous", in -> in.any(2, 3).transpose(0, 1), Tensor::contiguous);
        one(cases, Kind.LINEAR, "Tensor.channelsLast", in -> in.any(2, 3, 2, 2), Tensor::channelsLast);
        one(cases, Kind.LINEAR, "Tensor.reshape", in -> in.any(2, 6), x -> x.reshape(3, -1));
        one(cases, Kind.LINEAR, "Tensor.flatten", in -> in.any(2, 3, 2), x -> x.flatten(1));
        one(cases, Kind.LINEAR, "Tensor.expand", in -> in.any(2, 1), x -> x.expand(3, 2, 4));
        one(cases, Kind.LINEAR, "Tensor.permute", in -> in.any(2, 3, 4), x -> x.permute(2, 0, 1));
        one(cases, Kind.LINEAR, "Tensor.transpose", in -> in.any(2, 3), x -> x.transpose(0, 1));
        one(cases, Kind.LINEAR, "Tensor.squeeze", in -> in.any(2, 1, 3), x -> x.squeeze(1));
        one(cases, Kind.LINEAR, "Tensor.unsqueeze", in -> in.any(2, 3), x -> x.unsqueeze(-1));
        one(cases, Kind.LINEAR, "Tensor.narrow", in -> in.any(2, 5), x -> x.narrow(1, 1, 3));
        one(cases, Kind.LINEAR, "Tensor.select", in -> in.any(3, 2), x -> x.select(0, 2));
        one(
                cases,
                Kind.LINEAR,
                "Tensor.indexSelect: twice the same",
                in -> in.any(3, 2),
                x -> x.indexSelect(0, Tensors.of(new long[] {2, 0, 2}, 3)));
        one(
                cases,
                Kind.LINEAR,
                "Tensor.gather",
                in -> in.any(3, 2),
                x -> x.gather(1, Tensors.of(new long[] {1, 0, 1}, 3, 1)));
        one(cases, Kind.LINEAR, "Tensor.flip", in -> in.any(3, 2), x -> x.flip(0, 1));
    }

    private static void joining(List<Case> cases) {
        two(cases, Kind.CURVED, "Tensor.matmul", in -> in.any(2, 3), in -> in.any(3, 4), Tensor::matmul);
        two(cases, Kind.CURVED, "Tensor.matmul: batched", in -> in.any(2, 2, 3), in -> in.any(3, 2), Tensor::matmul);
        two(cases, Kind.CURVED, "Tensor.matmul: vector", in -> in.any(2, 3), in -> in.any(3), Tensor::matmul);
        two(
                cases,
                Kind.LINEAR,
                "Tensors.cat",
                in -> in.any(2, 3),
                in -> in.any(2, 1),
                (a, b) -> Tensors.cat(List.of(a, b), 1));
        two(
                cases,
                Kind.LINEAR,
                "Tensors.stack",
                in -> in.any(2, 3),
                in -> in.any(2, 3),
                (a, b) -> Tensors.stack(List.of(a, b, a), 1));
        two(
                cases,
                Kind.LINEAR,
                "Tensors.where",
                in -> in.any(2, 2),
                in -> in.any(2),
                (a, b) ->
                        Tensors.where(Tensors.of(new byte[] {1, 0, 0, 1}, 2, 2).to(DType.BOOL), a, b));
    }

    private static void linearAlgebra(List<Case> cases) {
        one(cases, Kind.CURVED, "Linalg.singularValues", in -> in.any(4, 3), Linalg::singularValues);
        one(cases, Kind.CURVED, "Linalg.singularValues: batched", in -> in.any(2, 2, 3), Linalg::singularValues);
        one(cases, Kind.CURVED, "Linalg.eigenSymmetric: values", in -> in.any(3, 3), x -> Linalg.eigenSymmetric(
                        x.add(x.transpose(0, 1)))
                .values());
        one(
                cases,
                Kind.CURVED,
                "Linalg.eigenvaluesSymmetric",
                in -> in.any(3, 3),
                x -> Linalg.eigenvaluesSymmetric(x.add(x.transpose(0, 1))));
        // Vectors are known up to their sign only.
        one(cases, Kind.CURVED, "Linalg.eigenSymmetric: vectors", in -> in.any(3, 3), x -> Linalg.eigenSymmetric(
                        x.add(x.transpose(0, 1)))
                .vectors()
                .square());
        one(cases, Kind.CURVED, "Linalg.qr: q", in -> in.any(4, 3), x -> Linalg.qr(x)
                .q());
        one(cases, Kind.CURVED, "Linalg.qr: r", in -> in.any(4, 3), x -> Linalg.qr(x)
                .r());
        two(cases, Kind.CURVED, "Linalg.solve", Derivatives::wellConditioned, in -> in.any(3, 2), Linalg::solve);
        one(
                cases,
                Kind.CURVED,
                "Linalg.cholesky",
                in -> in.any(3, 3),
                x -> Linalg.cholesky(x.matmul(x.transpose(0, 1)).add(Tensors.eye(3, DType.FLOAT64))));
    }

    private static Tensor wellConditioned(Inputs in) {
        return in.any(3, 3).add(Tensors.eye(3, DType.FLOAT64).mul(4));
    }

    static void one(
            List<Case> cases,
            Kind kind,
            String name,
            Function<Inputs, Tensor> input,
            Function<Tensor, Tensor> operation) {
        cases.add(new Case(name, kind, in -> List.of(input.apply(in)), x -> operation.apply(x.get(0))));
    }

    static void two(
            List<Case> cases,
            Kind kind,
            String name,
            Function<Inputs, Tensor> a,
            Function<Inputs, Tensor> b,
            java.util.function.BinaryOperator<Tensor> operation) {
        cases.add(new Case(
                name, kind, in -> List.of(a.apply(in), b.apply(in)), x -> operation.apply(x.get(0), x.get(1))));
    }
}
