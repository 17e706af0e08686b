package org.saddlepoint.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** What cannot be written says so, by the name of the operation, and never becomes a wrong model. */
@ExtendWith({LeakCheck.class, OneThread.class})
class RefusalsTest {
    private static final int SIZE = 3;

    private static void assertRefused(Computation.Function function, String... words) {
        assertThatThrownBy(() -> export(function))
                .isInstanceOf(ExportException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
    }

    private static CheckedModel export(Computation.Function function) {
        Port port = new Port(
                "x",
                DType.FLOAT32,
                List.of(Dimension.chosen("batch"), Dimension.of(SIZE)),
                (random, shape) -> random.normal(shape));
        Computation computation = new Computation(List.of(port), List.of(Free.BATCH), "y", false, function);
        return CheckedModel.of(computation, OnnxOptions.DEFAULT, Map.of());
    }

    private static Tensor x(Map<String, Tensor> inputs) {
        return inputs.values().iterator().next();
    }

    @Test
    void anOperationWithoutCounterpart() {
        assertRefused(in -> Linalg.singularValues(x(in)), "the operation singularValues", "no counterpart");
        assertRefused(in -> Functional.crossEntropy(x(in), Tensors.of(new long[] {0, 1}, 2)), "crossEntropy");
    }

    @Test
    void aComputationThatDependsOnTheBatch() {
        assertRefused(in -> x(in).size(0) > 2 ? x(in).exp() : x(in).tanh(), "tanh(x)", "exp(x)", "{batch=3}");
        assertRefused(in -> x(in).add(Tensors.ones(x(in).size(0), SIZE)), "a constant is", "[2, 3]", "[3, 3]");
        assertRefused(in -> x(in).mul(1.0 / x(in).size(0)), "step 1 is mul(x) {value=0.5}", "0.333");
    }

    @Test
    void randomNumbersThatAreDrawnAnew() {
        try (RandomGenerator random = new RandomGenerator(0)) {
            assertRefused(in -> x(in).add(random.normal(1, SIZE)), "a constant is", "with other numbers");
        }
    }

    @Test
    void whatIsNoGraph() {
        assertRefused(in -> x(in).mul(x(in).sum().item()), "cannot depend on numbers that it reads", "item", "sum_0");
        assertRefused(
                in -> {
                    Tensor y = x(in).exp();
                    y.scaleInPlace(2);
                    return y;
                },
                "in place",
                "scaleInPlace");
        assertRefused(in -> Autograd.grad(x(in), List.of(x(in))).get(0), "differentiate", "grad");
    }

    /** A model that would compute something else is not written. */
    @Test
    void aDifferenceOfNumbers() {
        boolean[] recorded = new boolean[1];
        Computation.Function changing = in -> {
            Tensor y = x(in).mul(recorded[0] ? 1.001 : 1);
            recorded[0] =
                    x(in).size(0) == Free.points(List.of(Free.BATCH)).get(2).get("batch");
            return y;
        };
        assertRefused(
                changing, "ONNX Runtime computes something else", "the largest may be 1e-04", "nothing was written");
    }

    @Test
    void whatIsTheSameForAllSizesIsWritten() {
        CheckedModel model = export(in -> {
            Tensor x = x(in);
            Tensor repeated = Tensors.of(new float[] {1, 2, 3}, 1, SIZE).expand(x.size(0), SIZE);
            return Tensors.cat(List.of(x.narrow(1, 1, 2), repeated.mul(x.mean(true, 1))), 1)
                    .reshape(x.size(0), 1, 5)
                    .transpose(1, 2)
                    .select(2, 0);
        });
        assertThat(model.difference().largest()).isLessThan(1e-6);
        assertThat(model.difference().samples()).isEqualTo(64 + 1 + 7);
    }
}
