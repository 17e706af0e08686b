package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class FiniteDifferencesTest {
    private static final Function<List<Tensor>, Tensor> CUBE_TIMES =
            in -> in.get(0).pow(3).mul(in.get(1)).sum();

    @Test
    void rightDerivativesPassAndTheReportHoldsTheLargest() {
        try (TensorScope scope = TensorScope.open()) {
            List<Tensor> inputs = List.of(vector(1, -2), vector(3, 0.5));
            FiniteDifferences.Report first = FiniteDifferences.check("x³y", CUBE_TIMES, inputs);
            assertThat(first.error()).isLessThan(1e-8);
            assertThat(first.largest()).isCloseTo(9, within(1e-6)); // 3x²y = 9, 6; x³ = 1, −8

            FiniteDifferences.Report second = FiniteDifferences.checkSecondOrder("x³y", CUBE_TIMES, inputs);
            assertThat(second.error()).isLessThan(1e-8);
            assertThat(second.largest()).isGreaterThan(9);
        }
    }

    @Test
    void aGradientThatIsTooSmallOrTooLargeFailsWithTheNumbers() {
        for (double factor : new double[] {1 - 1e-5, 1 + 1e-5, 0, -1}) {
            try (TensorScope scope = TensorScope.open()) {
                // The value of x² with factor times its gradient.
                Function<List<Tensor>, Tensor> wrong = in -> {
                    Tensor square = in.get(0).square();
                    return square.mul(factor)
                            .add(square.detach().mul(1 - factor))
                            .sum();
                };
                assertThatThrownBy(() -> FiniteDifferences.check("wrong", wrong, List.of(vector(1, 2))))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("wrong: the gradient with respect to element")
                        .hasMessageContaining("central differences say");
            }
        }
    }

    @Test
    void aSecondDerivativeThatIsMissingFails() {
        try (TensorScope scope = TensorScope.open()) {
            // The first gradient of x · stop(x)² is x², whose slope 2x automatic differentiation cannot see.
            Function<List<Tensor>, Tensor> severed =
                    in -> in.get(0).mul(in.get(0).detach().square()).sum();
            assertThatThrownBy(() -> FiniteDifferences.checkSecondOrder("severed", severed, List.of(vector(1, 2))))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("severed: the second-order gradient");
        }
    }

    @Test
    void linearFunctionsHaveSecondDerivativesOfZero() {
        try (TensorScope scope = TensorScope.open()) {
            FiniteDifferences.Report report = FiniteDifferences.checkSecondOrder(
                    "3x + y", in -> in.get(0).mul(3).add(in.get(1)).sum(), List.of(vector(1, 2), vector(3, 4)));
            assertThat(report.largest()).isLessThan(1e-9);
        }
    }

    @Test
    void errorsThatWouldCancelInASumAreSeen() {
        try (TensorScope scope = TensorScope.open()) {
            // Reversed gradients of a linear map: the sums agree, the elements do not.
            Function<List<Tensor>, Tensor> reversed = in -> {
                Tensor x = in.get(0);
                return x.flip(0).add(x.sub(x.flip(0)).detach());
            };
            assertThatThrownBy(() -> FiniteDifferences.check("reversed", reversed, List.of(vector(1, 2, 3))))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void notANumberFails() {
        try (TensorScope scope = TensorScope.open()) {
            assertThatThrownBy(
                            () -> FiniteDifferences.check("log", in -> in.get(0).log(), List.of(vector(-1))))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void floatsAreRefused() {
        try (TensorScope scope = TensorScope.open()) {
            assertThatThrownBy(() -> FiniteDifferences.check("f", in -> in.get(0), List.of(Tensors.ones(2))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("f: expected inputs of type FLOAT64 but was given FLOAT32");
        }
    }

    private static Tensor vector(double... values) {
        return Tensors.of(values, values.length);
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }
}
